// A fit that was cut short and gone on with ends as the uninterrupted one: same model, same curve; through its file too.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quiet, type Progress } from '../../../../src/core/base/task.ts';
import { learners } from '../../../../src/core/learners/index.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import { referenceTrees } from '../../../../src/core/learners/trees/reference.ts';
import { readKeptFit, writeKeptFit, type KeptFit } from '../../../../src/core/pipeline/kept-fit.ts';
import type { RunSpec } from '../../../../src/core/pipeline/run-spec.ts';
import { fitHere, run, runId, type RunContext } from '../../../../src/core/pipeline/run.ts';
import { makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { registerStepLearner } from './step-learner.ts';

const x = Array.from({ length: 60 }, (_, i) => (i * 37) % 101);
const table = makeTable([numbersOf('x', x), numbersOf('y', x.map((v, i) => v + (i % 7)))]);
const spec: RunSpec = { data: 'd', recipe: { version: 1, task: 'regression', target: 'y', above: null, positive: null, drop: [], steps: [] }, split: { kind: 'random', column: null, test: 0.2, valid: 0.1 }, learner: { type: 'stepper', params: {} }, metrics: ['rmse'], seed: 1 };
const fit = fitHere({} as never, async () => ({ barnacle: '1', kernels: '1', backend: 'b', threads: 3, extra: {} }));
let clock = 0;
const context = (own: Partial<RunContext> = {}): RunContext => ({ ...quiet, now: () => (clock += 1), clock: () => 0, fit, prepared: null, resamples: 5, ...own });

beforeEach(registerStepLearner);
afterEach(() => vi.restoreAllMocks());

async function cutAt(step: number): Promise<KeptFit> {
  let kept: KeptFit | null = null;
  const cut = run(spec, table, context({ keep: (at, make) => {
    if (at < step) return;
    kept = make();
    throw new Error('cut');
  } }));
  await expect(cut).rejects.toThrow('cut');
  return kept!;
}

test('resumed from its file, a run ends with the model and the curve of the uninterrupted one', async () => {
  const straight = (await run(spec, table, context())).run;
  const file = writeKeptFit({ run: runId(spec), by: '1', kept: await cutAt(4) });
  const { kept, run: of } = readKeptFit(file);
  expect([of, kept.checkpoint.step, kept.curve.length]).toEqual([runId(spec), 4, 4]);
  const resumed = (await run(spec, table, context({ resume: kept }))).run;
  expect(resumed.modelHash).toBe(straight.modelHash);
  expect(resumed.curve).toEqual(straight.curve);
  expect([resumed.resumed, straight.resumed, resumed.id === straight.id]).toEqual([4, undefined, true]);
  expect(resumed.fitMs!).toBeGreaterThan(kept.fitMs);
});

test('what is kept of a resumed fit holds the whole curve and all the time', async () => {
  const first = await cutAt(3);
  const kept: KeptFit[] = [];
  await run(spec, table, context({ resume: first, keep: (_, make) => kept.push(make()) }));
  expect(kept.at(-1)!.curve.map((point) => point.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(kept[0]!.fitMs).toBeGreaterThan(first.fitMs);
});

test('a fit tells once, as it begins, what it runs on', async () => {
  const told: Progress[] = [];
  await run(spec, table, context({ report: (progress) => told.push(progress) }));
  expect(told.flatMap((progress) => progress.made?.threads ?? [])).toEqual([3]);
});

test('a checkpoint of another learner is not gone on with', async () => {
  const kept = await cutAt(4);
  const { run: record } = await run(spec, table, context({ resume: { ...kept, checkpoint: { ...kept.checkpoint, learner: 'other' } } }));
  expect([record.resumed, record.curve.length]).toEqual([undefined, 10]);
});

test('a damaged file is refused, whichever byte it is', async () => {
  const file = writeKeptFit({ run: 'r', by: '1', kept: await cutAt(2) });
  for (let i = 0; i < file.length; i += 7) {
    const bad = file.slice();
    bad[i] ^= 0x10;
    expect(() => readKeptFit(bad), `byte ${i}`).toThrow(expect.objectContaining({ code: expect.stringMatching(/bad-file|newer-version/) }));
  }
  expect(() => readKeptFit(file.subarray(0, 40))).toThrow(/cut short/);
});

test('a warm start takes the recipe and the model that it goes on from, and refuses another recipe', async () => {
  const { bundle } = await run(spec, table, context());
  const more = { ...spec, from: 'bundle-1', learner: { type: 'stepper', params: { steps: 1 } } };
  await expect(run(more, table, context())).rejects.toMatchObject({ code: 'not-found' });
  const warm = await run(more, table, context({ from: bundle }));
  const cold = await run({ ...more, from: undefined }, table, context());
  expect(warm.bundle.recipe).toEqual(bundle.recipe);
  expect(warm.run.modelHash).not.toBe(cold.run.modelHash);
  await expect(run({ ...more, recipe: { ...spec.recipe, drop: ['x'] } }, table, context({ from: bundle }))).rejects.toMatchObject({ code: 'bad-target' });
});

describe.each(learners.all.filter((learner) => learner.resumes).map((learner) => learner.type))('%s', (type) => {
  const own: RunSpec = { ...spec, learner: { type, params: type === 'mlp' ? { hidden: [8], epochs: 8, patience: 8 } : { trees: 8 } } };
  const real = fitHere({ trees: referenceTrees, nets: async () => referenceNets }, async () => ({ barnacle: '1', kernels: '1', backend: 'reference', threads: 1, extra: {} }));

  test.each([1, 5])('cut after step %i and gone on with from its file, it ends with the same model and curve', async (step) => {
    const straight = (await run(own, table, context({ fit: real }))).run;
    let file: Uint8Array | null = null;
    await expect(run(own, table, context({ fit: real, keep: (at, make) => {
      if (at < step) return;
      file = writeKeptFit({ run: runId(own), by: '1', kept: make() });
      throw new Error('cut');
    } }))).rejects.toThrow('cut');
    const resumed = (await run(own, table, context({ fit: real, resume: readKeptFit(file!).kept }))).run;
    const losses = (curve: typeof straight.curve) => curve.map((point) => [point.step, point.train, point.valid, point.extra]);
    expect([resumed.modelHash, losses(resumed.curve), resumed.resumed]).toEqual([straight.modelHash, losses(straight.curve), step]);
  });
});
