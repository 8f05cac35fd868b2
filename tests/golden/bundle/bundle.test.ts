// Bundles written by every released version must load and predict the same numbers for ever: each *.barnacle here holds
// its golden rows and their predictions. A new version adds files (GOLDEN=write makes those that are absent); a file
// that is here is never written again.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleVersion } from '../../../src/core/bundle/format.ts';
import { readBundle } from '../../../src/core/bundle/read-bundle.ts';
import { writeBundle } from '../../../src/core/bundle/write-bundle.ts';
import { quantizeModel } from '../../../src/core/compress/quantize-model.ts';
import { predictRows } from '../../../src/core/pipeline/predict.ts';
import { makeCodedFixture, makeFixture, makeNominalFixture } from '../../unit/core/bundle/fixture.ts';

const folder = import.meta.dirname;
if (process.env.GOLDEN === 'write') {
  for (const kind of ['constant', 'linear', 'dense', 'net', 'trees'] as const) {
    for (const bits of [32, 8] as const) {
      const path = join(folder, `v${bundleVersion}-${kind}-${bits}.barnacle`);
      const plain = makeFixture(kind, kind === 'dense' || kind === 'net' ? 'multiclass' : kind === 'linear' ? 'regression' : 'binary');
      const model = bits === 8 ? quantizeModel(plain.model, 8) : plain.model;
      const { values, width } = predictRows({ ...plain, model }, plain.golden.rows).prediction;
      const predictions = plain.golden.rows.map((_, row) => Array.from(values.subarray(row * width, row * width + width)));
      if (!existsSync(path)) writeFileSync(path, writeBundle({ ...plain, model, golden: { rows: plain.golden.rows, predictions } }));
    }
  }
}
if (process.env.GOLDEN === 'write') {
  const path = join(folder, `v${bundleVersion}-trees-nominal.barnacle`);
  if (!existsSync(path)) writeFileSync(path, writeBundle(makeNominalFixture()));
  const coded = join(folder, `v${bundleVersion}-net-coded.barnacle`);
  if (!existsSync(coded)) writeFileSync(coded, writeBundle(makeCodedFixture()));
}
const files = readdirSync(folder).filter((file) => file.endsWith('.barnacle')).sort();

test('every version so far has its files', () => {
  for (let version = 1; version <= bundleVersion; version++) expect(files.filter((file) => file.startsWith(`v${version}-`)).length).toBeGreaterThan(0);
});

test.each(files)('%s predicts what it predicted when it was written', (file) => {
  const bundle = readBundle(readFileSync(join(folder, file)));
  const { values, width } = predictRows(bundle, bundle.golden.rows).prediction;
  expect(bundle.golden.rows.length).toBeGreaterThan(3);
  bundle.golden.predictions.forEach((expected, row) => expected.forEach((value, k) => expect(Math.abs(values[row * width + k] - value)).toBeLessThanOrEqual(1e-12)));
});
