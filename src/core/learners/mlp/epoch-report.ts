// What an epoch says besides its losses, by name, for curves: norms of gradients and weights by layer, shares of dead units,
// the known figure on validation rows, the learning rate, and what is held on the backend. Only finite numbers.
import { slotsOf, type Net } from '../../models/net/net.ts';
import type { NetWatch } from './net-kernels.ts';

/** gradient.inputs, gradient.1, ...; weights.inputs, weights.1, ...; dead.1, ...: layers by their matrix, from 1; the last is the output. */
export function watchNumbers(net: Net, { gradientNorms, weightNorms, dead }: NetWatch): { [name: string]: number } {
  const groupOf = groups(net);
  const sums: { [name: string]: number } = {};
  slotsOf(net).forEach((slot, s) => {
    if (!slot.trained) return;
    const group = groupOf(slot.layer);
    sums[`gradient.${group}`] = (sums[`gradient.${group}`] ?? 0) + gradientNorms[s] ** 2;
    sums[`weights.${group}`] = (sums[`weights.${group}`] ?? 0) + weightNorms[s] ** 2;
  });
  const out: { [name: string]: number } = {};
  for (const [name, sum] of Object.entries(sums)) if (Number.isFinite(sum)) out[name] = Math.sqrt(sum);
  net.layers.forEach((layer, l) => {
    if (layer.kind === 'activate' && Number.isFinite(dead[l])) out[`dead.${groupOf(l)}`] = dead[l];
  });
  return out;
}

/** Layers up to the first matrix belong to the inputs; what follows a matrix belongs to it. */
function groups(net: Net): (layer: number) => string {
  let count = 0;
  const names = net.layers.map((layer) => {
    if (layer.kind === 'dense' || layer.kind === 'heads') count++;
    return count === 0 ? 'inputs' : String(count);
  });
  return (layer) => (layer < 0 ? 'inputs' : names[layer]);
}
