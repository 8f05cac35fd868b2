// The model kind `net`: features made robust or coded (net/features.ts), first activations (net/encode-inputs.ts), layers
// (net/score-rows.ts), then for each line the link, and the mean of a row's lines in order. In doubles, block by block of rows.
// Layout of json and arrays: net/net-json.ts and net/make-net-model.ts.
import { BarnacleError } from '../base/errors.ts';
import type { Matrix, Prediction } from '../table/matrix.ts';
import { expectFloats } from './expect-floats.ts';
import { link } from './link.ts';
import { defineModel, type Model } from './model.ts';
import { copyFlags, encodeNumbers, gatherInputs } from './net/encode-inputs.ts';
import { readNetJson } from './net/net-json.ts';
import { slotsOf } from './net/net.ts';
import { prepareNet } from './net/prepare-net.ts';
import { scoreRows } from './net/score-rows.ts';
import type { ServingKernels } from './serving-kernels.ts';

/** Scores that are held at once; lines that core walks together, fewer where they are so wide that it would be more than so many numbers. */
const HELD = 1 << 18;
const LINES = 64;
const CELLS = 1 << 22;

export const net = defineModel({
  type: 'net',
  label: 'Neural net',
  check(model) {
    const { net: shape } = readNetJson(model);
    for (const name of ['fill', 'center', 'scale']) expectFloats(model, name, model.features);
    for (const { name, size } of slotsOf(shape)) {
      const values = expectFloats(model, name, size);
      if (name.endsWith('.variance') && values.some((v) => v < 0)) throw broken(`array "${name}" holds a variance below 0`);
    }
  },
  quantizable(model) {
    const { net: shape } = readNetJson(model);
    return slotsOf(shape).flatMap(({ name, role, shape: sizes, layer, size }) => {
      if (role === 'weights') return [{ name, block: layer < 0 ? size / Math.max(1, sizes[0]) : sizes[sizes.length - 2] }];
      const isWide = role === 'table' || (sizes.length === 2 && sizes[0] > 1 && (role === 'scale' || role === 'bias'));
      return isWide ? [{ name, block: sizes[1] }] : [];
    }).filter(({ block }) => block >= 1);
  },
  predict: predictNet,
});

/** Raw scores of rows from..to, row-major (to - from) x members x outputs, before shift, spread and link. */
export function scoreNet(model: Model, matrix: Matrix, from: number, to: number, serving: ServingKernels | null = null): Float64Array {
  const made = prepareNet(model);
  const each = made.members * made.outputs;
  const scores = new Float64Array((to - from) * each);
  if (serving?.netScores?.(model, matrix, from, to, scores)) return scores;
  const block = Math.max(1, Math.floor(Math.min(LINES, CELLS / made.widest) / made.members));
  for (let row = from; row < to; row += block) {
    const end = Math.min(to, row + block);
    const inputs = gatherInputs(made, matrix, row, end);
    const first = new Float64Array((end - row) * made.width);
    encodeNumbers(made, inputs, first, made.width);
    copyFlags(made, inputs, first, made.width);
    scores.set(scoreRows(made, first, end - row), (row - from) * each);
  }
  return scores;
}

function predictNet(model: Model, matrix: Matrix, serving: ServingKernels | null = null): Prediction {
  const { task, classes } = model;
  const { members, outputs: width, json } = prepareNet(model);
  const values = new Float64Array(matrix.rows * width);
  const { shift, spread, range, link: by } = json;
  const step = Math.max(1, Math.floor(HELD / (members * width)));
  for (let from = 0; from < matrix.rows; from += step) {
    const to = Math.min(matrix.rows, from + step);
    const scores = scoreNet(model, matrix, from, to, serving);
    for (let row = from, at = 0; row < to; row++) {
      const out = row * width;
      for (let m = 0; m < members; m++, at += width) {
        if (task === 'regression') scores[at] = scores[at] * spread + shift;
        link(task, scores, at, width, by);
        for (let k = 0; k < width; k++) values[out + k] += scores[at + k];
      }
      if (members > 1) for (let k = 0; k < width; k++) values[out + k] /= members;
      if (range) values[out] = Math.min(range[1], Math.max(range[0], values[out]));
    }
  }
  return { task, classes, rows: matrix.rows, width, values };
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `net model: ${reason}`, { reason });
