import { expect, test } from 'vitest';
import { RunsState } from '../../../../src/studio/state/runs-state.svelte.ts';
import { catalog, runOf, specOf } from '../fake-engine.ts';

const runs = () => new RunsState(() => catalog, () => 'binary');

test('ranks by the metric of the task, best first', () => {
  const board = runs();
  const [a, b] = [runOf(specOf('gbt', 1), 0.7), runOf(specOf('gbt', 2), 0.9)];
  board.put(a);
  board.put(b);
  expect(board.metric).toBe('roc-auc');
  expect(board.ranked.map((run) => run.id)).toEqual([b.id, a.id]);
  expect(board.best?.id).toBe(b.id);
});

test('ties are overlapping intervals; a baseline is never tied', () => {
  const board = runs();
  const [best, near, far, base] = [runOf(specOf('gbt', 1), 0.9, 0.02), runOf(specOf('gbt', 2), 0.87, 0.02), runOf(specOf('gbt', 3), 0.8, 0.02), runOf(specOf('baseline'), 0.9, 0.5)];
  for (const run of [best, near, far, base]) board.put(run);
  expect([best, near, far, base].map((run) => board.isTied(run))).toEqual([true, true, false, false]);
});

test('a live curve grows point by point and goes when the run has ended', () => {
  const board = runs();
  const run = { ...runOf(specOf('gbt'), 0.9), status: 'running' as const, evaluation: null };
  board.put(run);
  board.hear(run.id, { stage: 'fit', done: 0.1, text: '', point: { step: 1, train: 2, valid: 3, rowsPerSecond: null } });
  board.hear(run.id, { stage: 'fit', done: 0.2, text: '', point: { step: 2, train: 1, valid: 2, rowsPerSecond: null } });
  board.hear(run.id, { stage: 'fit', done: 0.3, text: 'no point' });
  expect(board.live.get(run.id)?.curve.map((point) => point.step)).toEqual([1, 2]);
  board.put(runOf(specOf('gbt'), 0.9));
  expect(board.live.has(run.id)).toBe(false);
});

test('a label names the params that are not the defaults', () => {
  const run = runOf({ ...specOf('gbt'), learner: { type: 'gbt', params: { trees: 50 } } }, 0.9);
  expect(runs().labelOf(run)).toBe('Boosted trees, trees 50');
  expect(runs().labelOf(runOf({ ...specOf('gbt'), learner: { type: 'gbt', params: { trees: 300 } } }, 0.9))).toBe('Boosted trees');
});

test('chosen falls back to kept, then to the best', () => {
  const board = runs();
  const [a, b] = [runOf(specOf('gbt', 1), 0.7), runOf(specOf('gbt', 2), 0.9)];
  board.put(a);
  board.put(b);
  expect(board.chosen?.id).toBe(b.id);
  board.keep(a.id);
  expect(board.chosen?.id).toBe(a.id);
  board.choose(b.id);
  expect(board.chosen?.id).toBe(b.id);
});

test('what is heard is drawn with the next frame, all points of a report together', () => {
  const frames: (() => void)[] = [];
  let now = 0;
  const board = new RunsState(() => catalog, () => 'binary', () => now, (draw) => frames.push(draw));
  const run = { ...runOf(specOf('gbt'), 0.9), status: 'running' as const, evaluation: null };
  const point = (step: number) => ({ step, train: 1, valid: 1, rowsPerSecond: null });
  board.put(run);
  board.hear(run.id, { stage: 'fit', done: 0.1, text: '', made: { barnacle: '', kernels: '', backend: 'wasm', threads: 2, extra: {} } });
  now = 1000;
  board.hear(run.id, { stage: 'fit', done: 0.3, text: '', point: point(3), points: [point(1), point(2), point(3)] });
  expect([frames.length, board.live.get(run.id)?.curve.length]).toEqual([1, 0]);
  frames.pop()!();
  expect(board.live.get(run.id)).toMatchObject({ curve: [{ step: 1 }, { step: 2 }, { step: 3 }], made: { threads: 2 } });
  board.hear(run.id, { stage: 'fit', done: 0.5, text: '' });
  expect(frames.length).toBe(1);
  frames.pop()!();
  expect(board.live.get(run.id)?.progress?.done).toBe(0.5);
});

test('time left goes by the pace since the fit began here, also of a resumed one', () => {
  let now = 0;
  const board = new RunsState(() => catalog, () => 'binary', () => now);
  const run = { ...runOf(specOf('gbt'), 0.9), status: 'running' as const, evaluation: null, curve: [{ step: 60, train: 1, valid: 1, rowsPerSecond: null }], resumed: 60 };
  board.put(run);
  board.hear(run.id, { stage: 'fit', done: 0.6, text: '' });
  expect(board.timeLeft(run.id)).toBeNull();
  now = 1000;
  board.hear(run.id, { stage: 'fit', done: 0.7, text: '', point: { step: 70, train: 1, valid: 1, rowsPerSecond: null } });
  expect(Math.round(board.timeLeft(run.id)!)).toBe(3000);
  expect(board.live.get(run.id)?.curve.map((each) => each.step)).toEqual([60, 70]);
});
