// Every exporter, over bundles of every model kind and task: same bytes each time, never empty, the bundle untouched.
// The JS module is imported by this Node from a file, as a person would, and must predict what the bundle predicts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import runtime, { runtimeFor } from 'virtual:serve';
import type { Bundle } from '../../src/core/bundle/bundle.ts';
import { exporters } from '../../src/core/bundle/exporters/index.ts';
import { writeJsModule } from '../../src/core/bundle/exporters/js.ts';
import { readBundle } from '../../src/core/bundle/read-bundle.ts';
import { writeBundle } from '../../src/core/bundle/write-bundle.ts';
import { quantizeModel } from '../../src/core/compress/quantize-model.ts';
import { modelKinds } from '../../src/core/models/index.ts';
import { decodeRow, predictRows } from '../../src/core/pipeline/predict.ts';
import type { ServedModel } from '../../src/core/pipeline/serve.ts';
import { fixtureKinds, makeCodedFixture, makeFixture, makeNominalFixture } from '../unit/core/bundle/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'barnacle-export-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
async function importText(text: string): Promise<ServedModel> {
  const path = join(folder, `model-${made++}.mjs`);
  writeFileSync(path, text);
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as ServedModel;
}

const cases = Object.entries(fixtureKinds).flatMap(([kind, tasks]) => tasks.map((task): [string, Bundle] => [`${kind}, ${task}`, makeFixture(kind, task)]));
cases.push(['trees that split categories', makeNominalFixture()], ['a net with a table of levels', makeCodedFixture()]);

test('the cases hold every model kind', () => expect(modelKinds.all.map((kind) => kind.type).sort()).toEqual(Object.keys(fixtureKinds).sort()));

describe.each(cases)('%s', (_, bundle) => {
  test.each(exporters.all.map((exporter) => [exporter.type]))('%s: the same bytes each time, also after a reading', (type) => {
    const before = writeBundle(bundle);
    const bytes = exporters.get(type).write(bundle, runtime);
    expect(bytes.length).toBeGreaterThan(100);
    expect(exporters.get(type).write(readBundle(before), runtime)).toEqual(bytes);
    expect(writeBundle(bundle)).toEqual(before);
  });

  test('the JS module predicts what the bundle predicts, missing and unseen values included', async () => {
    const module = await importText(writeJsModule(bundle, await runtimeFor(bundle)));
    const rows = [...bundle.golden.rows, {}, { age: 'not a number', port: 'never seen' }, { age: 1e9, port: null, fare: '12.5' }, { port: '日本 "</script>', constructor: 'x' }];
    const { prediction } = predictRows(bundle, rows);
    const served = module.predict(rows);
    expect(served.length).toBe(rows.length);
    served.forEach((one, row) => expect({ prediction: one.prediction, probabilities: one.probabilities }).toEqual(decodeRow(prediction, row)));
    expect(module.predict(rows[0])).toEqual(served[0]);
    expect(module.columns).toEqual(bundle.contract.columns);
    expect(module.info).toMatchObject({ name: bundle.name, task: bundle.model.task, target: bundle.recipe.spec.target });
  });
});

test('breaches are told once, with the row they are of', async () => {
  const module = await importText(writeJsModule(makeFixture('trees'), runtime));
  const [fine, odd] = module.predict([{ age: 30, port: 'S' }, { age: 3000, port: 'never seen' }]);
  expect(fine.breaches).toEqual([]);
  expect(odd.breaches.map((breach) => [breach.column, breach.code, breach.row])).toEqual([['age', 'outside', 1], ['port', 'unseen', 1]]);
});

test.each(['dense', 'net'] as const)('a compressed bundle of a %s model exports too, and predicts its own golden rows', async (kind) => {
  const bundle = makeFixture(kind);
  const model = quantizeModel({ ...bundle.model }, 8);
  const { values } = predictRows({ ...bundle, model }, bundle.golden.rows).prediction;
  const packed: Bundle = { ...bundle, model, golden: { rows: bundle.golden.rows, predictions: Array.from(values, (v) => [v]) } };
  const module = await importText(writeJsModule(packed, runtime));
  expect(module.predict(bundle.golden.rows).length).toBe(bundle.golden.rows.length);
});

test('a module whose predictions differ from its golden rows refuses to load', async () => {
  const bundle = makeFixture('linear');
  const wrong = { ...bundle, golden: { ...bundle.golden, predictions: bundle.golden.predictions.map((p, i) => (i === 2 ? [p[0] + 1e-5] : p)) } };
  await expect(importText(writeJsModule(wrong, runtime))).rejects.toThrow(/golden row 2/);
});

test('names from the table are data: they cannot end a comment, a string or a script element', async () => {
  const hostile = '\u2028*/`${globalThis.pwned=1}"\n</script><script>globalThis.pwned=1//';
  const text = writeJsModule({ ...makeFixture('trees'), name: hostile }, runtime);
  expect(text.slice(runtime.length)).not.toMatch(/<\/script/i);
  expect((await importText(text)).info.name).toBe(hostile);
  expect((globalThis as { pwned?: number }).pwned).toBeUndefined();
});

test('the module is one file: no import, no eval, no clock, no network', () => {
  const text = writeJsModule(makeFixture('trees'), runtime);
  expect(text).not.toMatch(/^\s*import[\s({"']/m);
  for (const word of ['eval(', 'new Function', 'fetch(', 'XMLHttpRequest', 'process.', 'document.', 'Math.random', 'https://', 'http://', 'import(', 'require(']) expect(runtime.includes(word), word).toBe(false);
});

test('the runtimes stay small: bounds to notice growth, not goals', async () => {
  expect(runtime.length).toBeLessThan(72_000);
  for (const kind of ['trees', 'net'] as const) expect((await runtimeFor(makeFixture(kind))).length, kind).toBeLessThan(60_000);
});

test('a runtime without the kind of a model says so', async () => {
  await expect(importText(writeJsModule(makeFixture('trees'), await runtimeFor(makeFixture('net'))))).rejects.toThrow(/no trees models/);
});
