// Dropout while training: multiplies by dropMask of the layer at its step, the net's rate times the step's. Else nothing.
import { dropMask } from '../net-kernels.ts';
import type { Pass, PassLayer, Place } from './layer.ts';

export function dropLayer(pass: Pass, { index, lines, width }: Place, rate: number): PassLayer {
  const now = pass.training ? rate * pass.training.at.drop : 0;
  const mask = pass.training && now > 0 ? dropMask(pass.training.seed, pass.training.at.step, index, now, lines * width) : null;
  const apply = (z: Float64Array): Float64Array => (mask ? z.map((v, i) => v * mask[i]) : z);
  return { forward: apply, backward: apply };
}
