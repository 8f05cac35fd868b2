// The tools for every learner, on data whose law, leak or lack of either is known.
import { expect, test } from 'vitest';
import { fewRows } from '../../../../src/core/debug/few-rows.ts';
import { overfitBatch } from '../../../../src/core/debug/overfit-batch.ts';
import { runDebug } from '../../../../src/core/debug/run-debug.ts';
import { seedSweep } from '../../../../src/core/debug/seed-sweep.ts';
import { shuffledLabels } from '../../../../src/core/debug/shuffled-labels.ts';
import { context, lawMatrix, reluNet, studyNet, subjectOf } from './subject.ts';


test('shuffled labels: the score falls to chance', async () => {
  const found = await shuffledLabels.run(subjectOf('linear'), context);
  expect(found.verdict).toBe('pass');
  expect(found.figures.find((f) => f.label === 'share of chance that is as good')?.value).toBeGreaterThan(0.005);
});

test('shuffled labels: answers that reach the features are a leak', async () => {
  // a feature made from the target of each row after the shuffle, as a target encoding of its own row would be
  const leaky = (rows: number, seed: number) => {
    const plain = lawMatrix(rows, seed, 'class', true);
    return { ...plain, data: [...plain.data.slice(0, 3), plain.target?.kind === 'class' ? Float32Array.from(plain.target.codes, (code, r) => code + 0.3 * plain.data[3][r]) : plain.data[3]] };
  };
  const found = await shuffledLabels.run(subjectOf('linear', {}, { shuffled: async (seed) => ({ train: leaky(400, seed), valid: null, test: leaky(300, seed + 9) }) }), context);
  expect(found.verdict).toBe('fail');
  expect(found.headline).toMatch(/^Leak: it predicts shuffled labels/);
});

test('shuffled labels say nothing of a learner that never looks at them', async () => {
  expect((await shuffledLabels.run(subjectOf('isolation-forest'), context)).verdict).toBe('skipped');
});

test('seed sweep: a learner without chance has no spread, one on noise gains nothing', async () => {
  const still = await seedSweep.run(subjectOf('linear'), context);
  expect(still).toMatchObject({ verdict: 'pass', curve: { kind: 'seeds', baseline: 0.5 } });
  expect(still.headline).toContain('The seed changes nothing');
  const noise = await seedSweep.run(subjectOf('linear', {}, { train: lawMatrix(200, 5, 'value', true), valid: null, test: lawMatrix(200, 6, 'value', true), metric: 'rmse' }), context);
  expect(noise.verdict).toBe('fail');
});

test('seed sweep: the spread of a forest is that of its fits', async () => {
  const found = await seedSweep.run(subjectOf('forest', { trees: 5 }), context);
  if (found.curve?.kind !== 'seeds') throw new Error('no curve');
  const scores = found.curve.points.map((p) => p.score);
  expect(new Set(scores).size).toBeGreaterThan(1);
  expect(found.figures.find((f) => f.label === 'lowest')?.value).toBe(Math.min(...scores));
  const mean = scores.reduce((a, b) => a + b, 0) / 5;
  expect(found.figures.find((f) => f.label === 'standard deviation')?.value).toBeCloseTo(Math.sqrt(scores.reduce((s, v) => s + (v - mean) ** 2, 0) / 4), 12);
});

test('overfit few rows: trees can, a learner held down cannot', async () => {
  expect((await overfitBatch.run(subjectOf('gbt', { trees: 200 }), context)).verdict).toBe('pass');
  const held = await overfitBatch.run(subjectOf('gbt', { trees: 1, rate: 0.001 }), context);
  expect(held.verdict).toBe('fail');
  expect(held.headline).toMatch(/^It cannot learn even 64 rows/);
  expect((await overfitBatch.run(subjectOf('baseline'), context)).verdict).toBe('skipped');
});

test('few rows differ in some feature and hold every class', () => {
  const matrix = lawMatrix(300, 4);
  const doubled = { ...matrix, data: matrix.data.map((column) => column.map((_, r) => column[r >> 1])) };
  const rows = fewRows(doubled, 7);
  expect(new Set([...rows].map((row) => doubled.data.map((c) => c[row]).join())).size).toBe(64);
  expect(new Set([...rows].map((row) => (doubled.target?.kind === 'class' ? doubled.target.codes[row] : 0))).size).toBe(2);
});

test('several tools run in order; one for nets is skipped for trees; a fit that throws is a finding', async () => {
  const heard: string[] = [];
  const found = await runDebug(subjectOf('linear'), ['seed-sweep', 'rate-range'], context, (f) => heard.push(f.id));
  expect(found.map((f) => [f.id, f.verdict])).toEqual([['seed-sweep', 'pass'], ['rate-range', 'skipped']]);
  expect(heard).toEqual(['seed-sweep', 'rate-range']);
  const bare = { ...lawMatrix(50, 1), features: [] as [], data: [] };
  const failed = await runDebug(subjectOf('mlp', {}, { train: bare, valid: null }), ['seed-sweep'], context);
  expect(failed[0]).toMatchObject({ verdict: 'fail', figures: [{ label: 'error', value: 'no-features' }] });
  await expect(runDebug(subjectOf('linear'), ['no-such-tool'], context)).rejects.toMatchObject({ code: 'unknown-type' });
});

test('findings are plain JSON', async () => {
  const found = await runDebug(subjectOf('mlp', {}, { study: studyNet(reluNet, 1e6) }), ['overfit-batch', 'rate-range', 'number-trace', 'gradient-flow', 'dead-units'], context);
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  expect(found.every((f) => f.headline.length > 0 && f.explanation.length > 0)).toBe(true);
});

test('a stop keeps the findings that are done and drops the tool under way', async () => {
  let breaths = 0;
  const stopping = { ...context, breathe: async () => (++breaths > 300 ? ('stop' as const) : ('go' as const)) };
  const subject = subjectOf('mlp', {}, { study: studyNet(reluNet, 0.01) });
  const found = await runDebug(subject, ['gradient-flow', 'dead-units', 'number-trace', 'rate-range'], stopping);
  expect(found.map((f) => f.id)).toEqual(['gradient-flow', 'dead-units']);
});
