// norm by batch or by layer: (z - mean) / sqrt(variance + 1e-5), then gain and bias. The variance is the biased one (over n).
// By batch the mean is of a unit over all lines (all members too), by layer of a line over its units; both are one
// computation over groups. Serving takes batch norm's running statistics as constants.
import type { Pass, PassLayer, Place } from './layer.ts';
import { slotViews, viewOf } from './layer.ts';

const EPSILON = 1e-5;

export function normLayer(pass: Pass, { index, lines, width }: Place, by: 'batch' | 'layer'): PassLayer {
  const gain = slotViews(pass, `${index}.gain`);
  const bias = slotViews(pass, `${index}.bias`);
  const fixed = by === 'batch' && !pass.training ? [slotViews(pass, `${index}.mean`).value, slotViews(pass, `${index}.variance`).value] : null;
  const [groups, members, groupStep, memberStep] = by === 'batch' ? [width, lines, 1, width] : [lines, width, width, 1];
  const inverse = new Float64Array(groups);
  const unit = new Float64Array(lines * width);
  return {
    forward(z) {
      const means = fixed ? fixed[0] : new Float64Array(groups);
      const variances = fixed ? fixed[1] : new Float64Array(groups);
      for (let g = 0; g < groups; g++) {
        const start = g * groupStep;
        if (!fixed) {
          let [sum, squares] = [0, 0];
          for (let k = 0; k < members; k++) sum += z[start + k * memberStep];
          means[g] = sum / members;
          for (let k = 0; k < members; k++) squares += (z[start + k * memberStep] - means[g]) ** 2;
          variances[g] = squares / members;
        }
        inverse[g] = 1 / Math.sqrt(variances[g] + EPSILON);
        for (let k = 0; k < members; k++) unit[start + k * memberStep] = (z[start + k * memberStep] - means[g]) * inverse[g];
      }
      if (by === 'batch' && !fixed) {
        viewOf(pass.statistics, pass.slot(`${index}.mean`)).set(means);
        viewOf(pass.statistics, pass.slot(`${index}.variance`)).set(variances);
      }
      return unit.map((v, i) => v * gain.value[i % width] + bias.value[i % width]);
    },
    backward(dz) {
      const below = new Float64Array(lines * width);
      for (let i = 0; i < dz.length; i++) {
        bias.gradient[i % width] += dz[i];
        gain.gradient[i % width] += dz[i] * unit[i];
        below[i] = dz[i] * gain.value[i % width];
      }
      for (let g = 0; g < groups; g++) {
        const start = g * groupStep;
        let [sum, product] = [0, 0];
        for (let k = 0; k < members && !fixed; k++) {
          sum += below[start + k * memberStep];
          product += below[start + k * memberStep] * unit[start + k * memberStep];
        }
        for (let k = 0; k < members; k++) {
          const at = start + k * memberStep;
          below[at] = inverse[g] * (below[at] - sum / members - (unit[at] * product) / members);
        }
      }
      return below;
    },
  };
}
