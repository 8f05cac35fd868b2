// Training rows -> batches. The rows are made ready once, row by row, where they fit in 128 MB, so that a batch is copied and
// not computed; larger data are gathered batch by batch. Batches are new arrays: a backend may keep them until it has computed.
import { gatherRows } from '../../models/net/features.ts';
import { clip, widthsOfRow } from './fit-features.ts';
import type { NetBatch } from './net-kernels.ts';
import { inputsOf, writeTruth, type NetPlan } from './net-plan.ts';

const heldFloats = 32e6;

export interface BatchSource {
  /** The batch of order[from..to], rows of the plan's matrix. */
  batch(order: Int32Array, from: number, to: number): NetBatch;
}

export function openBatches(plan: NetPlan): BatchSource {
  const { matrix, rows, features } = plan;
  const widths = widthsOfRow(features);
  if (rows.length * (widths.x + widths.codes) > heldFloats) return { batch: (order, from, to) => ({ ...gathered(plan, order, from, to), ...truthOf(plan, order, from, to, plan.settings.smoothing) }) };
  const held = inputsOf(plan, matrix, rows);
  const place = new Int32Array(matrix.rows);
  rows.forEach((row, i) => { place[row] = i; });
  return {
    batch(order, from, to) {
      const count = to - from;
      const x = new Float32Array(count * widths.x);
      const codes = new Int32Array(count * widths.codes);
      for (let r = 0; r < count; r++) {
        const at = place[order[from + r]];
        x.set(held.x.subarray(at * widths.x, (at + 1) * widths.x), r * widths.x);
        for (let c = 0; c < widths.codes; c++) codes[r * widths.codes + c] = held.codes[at * widths.codes + c];
      }
      return { rows: count, x, codes, ...truthOf(plan, order, from, to, plan.settings.smoothing) };
    },
  };
}

function gathered({ features, matrix }: NetPlan, order: Int32Array, from: number, to: number): { rows: number; x: Float32Array; codes: Int32Array } {
  const widths = widthsOfRow(features);
  const some = order.subarray(from, to);
  const x = new Float32Array(some.length * widths.x);
  const codes = new Int32Array(some.length * widths.codes);
  gatherRows(features, clip, matrix, some, 0, some.length, x, codes);
  return { rows: some.length, x, codes };
}

/** Truth and shares: a row's weight over the mean weight, divided by the rows of the batch, so that weights act alike in every batch. */
function truthOf(plan: NetPlan, order: Int32Array, from: number, to: number, smoothing: number): { truth: Float32Array; share: Float32Array } {
  const { target, outputs, weight, meanWeight } = plan;
  const count = to - from;
  const truth = new Float32Array(count * outputs);
  const share = new Float32Array(count);
  for (let r = 0; r < count; r++) {
    const row = order[from + r];
    writeTruth(plan, target, row, truth, r * outputs, smoothing);
    share[r] = (weight ? weight[row] / meanWeight : 1) / count;
  }
  return { truth, share };
}
