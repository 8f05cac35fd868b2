// The study of a fit: its plan's net, loss, optimiser and start, and batches as the fit would have them.
import type { Matrix } from '../../table/matrix.ts';
import { inputsOf, planNet, startOf, writeTruth } from './net-plan.ts';
import type { MlpParams } from './params.ts';
import type { NetStudy } from './study.ts';
import { openOf } from './train-net.ts';

export function studyOf(data: Matrix, params: MlpParams, seed: number): NetStudy {
  const plan = planNet(data, params);
  return {
    open: openOf(plan, { weights: startOf(plan, seed), moments: null }, seed),
    rate: plan.settings.rate,
    batchRows: plan.batch,
    rows: plan.rows,
    batch(rows, hard = false) {
      const truth = new Float32Array(rows.length * plan.outputs);
      rows.forEach((row, r) => writeTruth(plan, plan.target, row, truth, r * plan.outputs, hard ? 0 : plan.settings.smoothing));
      const total = rows.reduce((sum, row) => sum + (plan.weight ? plan.weight[row] : 1), 0);
      return { rows: rows.length, ...inputsOf(plan, data, rows), truth, share: Float32Array.from(rows, (row) => (plan.weight ? plan.weight[row] : 1) / total) };
    },
  };
}
