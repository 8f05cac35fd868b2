// The study of a fit: its plan as a net of models/net, with the fit's own start, optimiser and batches.
import type { Net } from '../../models/net/net.ts';
import { slotsOf } from '../../models/net/net.ts';
import type { Matrix } from '../../table/matrix.ts';
import { fitInputs, gather } from './inputs.ts';
import type { MlpParams } from './plan.ts';
import { planOf, writeTruth } from './plan.ts';
import { startWeights } from './start.ts';
import type { NetStudy } from './study.ts';

export function studyOf(data: Matrix, params: MlpParams, seed: number): NetStudy {
  const plan = planOf(data, params, fitInputs(data, 3));
  const { sizes, activation, loss } = plan.net;
  const outputs = sizes[sizes.length - 1];
  const net: Net = {
    inputs: { numbers: 0, flags: sizes[0], encoding: null, categories: [] },
    layers: sizes.slice(1).flatMap((units, l): Net['layers'] =>
      l + 2 === sizes.length
        ? [{ kind: 'dense', units, bias: true }]
        : [
            { kind: 'dense', units, bias: true },
            { kind: 'activate', by: activation, mixed: false },
            { kind: 'drop', rate: plan.dropout },
          ],
    ),
  };
  const slots = slotsOf(net);
  const weights = new Float32Array(slots.reduce((sum, slot) => sum + slot.size, 0));
  startWeights(plan, seed).forEach((w, s) => weights.set(w, slots[s].offset));
  const { beta1, beta2, epsilon, decay } = plan.options;
  return {
    open: {
      net,
      loss: loss === 'squared' ? { kind: 'squared' } : { kind: loss, focal: 0 },
      optimizer: { kind: 'adamw', beta1, beta2, epsilon, clip: 0, rates: slots.map(() => 1), decays: slots.map((slot) => (slot.role === 'weights' ? decay : 0)) },
      weights,
      moments: null,
      seed,
      maxRows: plan.batch,
    },
    rate: plan.rate,
    batchRows: plan.batch,
    rows: plan.rows,
    batch(rows, hard = false) {
      const x = new Float32Array(rows.length * sizes[0]);
      const truth = new Float32Array(rows.length * outputs);
      gather(plan.inputs, data, rows, 0, rows.length, x);
      rows.forEach((row, r) => writeTruth(plan, data.target!, row, truth, r * outputs, hard ? 0 : plan.smoothing));
      const total = rows.reduce((sum, row) => sum + (data.weight ? data.weight[row] : 1), 0);
      return { rows: rows.length, x, codes: new Int32Array(0), truth, share: Float32Array.from(rows, (row) => (data.weight ? data.weight[row] : 1) / total) };
    },
  };
}
