// The parameters that training starts from; seeded, in doubles, the same on every machine. RealMLP's: weights that give every
// unit the spread 1 on a sample of rows, biases that put its kink among them (he+5: minus a random mean of five rows).
// Others: uniform within 1 / sqrt(inputs) (He et al. 2015 as PyTorch has it), the last biases at the prior.
import { log as naturalLog } from '../../base/numerics.ts';
import { sequence, type Random } from '../../base/random.ts';
import { sizeOf, slotsOf, widthsOf, type Net, type NetSlot } from '../../models/net/net.ts';
import type { NetBatch } from './net-kernels.ts';
import type { Settings } from './presets.ts';
import { scoresOf } from './reference/pass.ts';

type Sample = Pick<NetBatch, 'rows' | 'x' | 'codes'>;

/** `sample`: training rows as the net will see them, thousands for the pieces of numbers. `prior`: scores before any feature is seen. */
export function startNet(net: Net, settings: Settings, sample: Sample, prior: Float64Array, seed: number): Float32Array {
  const few = firstRows(sample, startRows);
  const slots = slotsOf(net);
  const params = new Float64Array(sizeOf(net));
  const random = sequence(seed, 'mlp-start');
  let firstScale = true;
  for (const slot of slots) {
    const view = params.subarray(slot.offset, slot.offset + slot.size);
    if (slot.layer < 0) startInputs(net, slot, view, settings, sample, random);
    else if (slot.role === 'weights' || (slot.role === 'bias' && net.layers[slot.layer].kind !== 'norm' && net.layers[slot.layer].kind !== 'shift')) startDense(net, slot, params, settings, few, prior, random);
    else if (slot.role === 'scale') {
      const isMember = net.layers[slot.layer].kind === 'scale' && slot.shape[0] > 1;
      if (isMember && firstScale) randomSigns(net, slot, view, random);
      else view.fill(1);
      if (isMember) firstScale = false;
    } else if (slot.role === 'mix' || slot.name.endsWith('.variance')) view.fill(1);
    for (let i = 0; i < view.length; i++) view[i] = Math.fround(view[i]);
  }
  return Float32Array.from(params);
}

function startInputs({ inputs }: Net, { name, role, size, shape }: NetSlot, view: Float64Array, { sigma }: Settings, sample: Pick<NetBatch, 'rows' | 'x'>, random: Random): void {
  const { encoding, numbers, flags } = inputs;
  const uniform = (bound: number): void => { for (let i = 0; i < size; i++) view[i] = bound * (2 * random.unit() - 1); };
  if (role === 'frequencies' || role === 'table') for (let i = 0; i < size; i++) view[i] = (role === 'table' ? 1 : sigma) * random.normal();
  else if (role === 'phases') uniform(Math.PI);
  else if (name === 'inputs.edges') for (let j = 0; j < numbers; j++) writeEdges(sample, j, numbers + flags, view.subarray(j * shape[1], (j + 1) * shape[1]));
  else if (encoding?.kind === 'piecewise') { if (name !== 'inputs.weights') uniform(1 / Math.sqrt(encoding.width)); }
  else if (encoding) uniform(1 / Math.sqrt(encoding.kind === 'plr' ? 2 * encoding.waves : encoding.waves));
}

/** Units that a start value is taken from: rows of the sample that the net is walked with. */
const startRows = 256;

const firstRows = ({ rows, x, codes }: Sample, most: number): Sample => {
  const some = Math.min(rows, most);
  return { rows: some, x: x.subarray(0, (x.length / Math.max(1, rows)) * some), codes: codes.subarray(0, (codes.length / Math.max(1, rows)) * some) };
};

/**
 * From the least of the sample to its most: quantiles of its rows, and where many rows share a value and quantiles fall
 * together, quantiles of the values that are left. What is over at the end makes pieces of no width.
 */
function writeEdges({ rows, x }: Pick<NetBatch, 'rows' | 'x'>, column: number, width: number, edges: Float64Array): void {
  const sorted = Float64Array.from({ length: rows }, (_, r) => x[r * width + column]).sort();
  if (sorted.length === 0) return void edges.forEach((_, b) => { edges[b] = b; });
  const found = new Set<number>();
  for (let left = sorted, round = 0; round < 4 && left.length > 0 && found.size < edges.length; round++) {
    const wanted = edges.length - found.size;
    for (let b = 0; b < wanted; b++) found.add(left[wanted > 1 ? Math.round((b * (left.length - 1)) / (wanted - 1)) : 0]);
    left = left.filter((v) => !found.has(v));
  }
  const cut = Float64Array.from(found).sort();
  for (let b = 0; b < edges.length; b++) edges[b] = cut[Math.min(b, cut.length - 1)];
}

/** One sign for all that a number, or a category, became. */
function randomSigns(net: Net, { shape: [members, width] }: NetSlot, view: Float64Array, random: Random): void {
  const { numbers, encoding, flags, categories } = net.inputs;
  const runs = [...Array<number>(numbers).fill(encoding ? encoding.width : 1), ...Array<number>(flags).fill(1), ...categories.map((c) => c.width)];
  for (let m = 0, at = 0; m < members; m++) {
    for (const run of runs) {
      view.fill(random.unit() < 0.5 ? -1 : 1, at, at + run);
      at += run;
    }
    if (at !== (m + 1) * width) throw new RangeError(`signs of ${at} inputs for ${(m + 1) * width}`);
  }
}

function startDense(net: Net, slot: NetSlot, params: Float64Array, { isScaled }: Settings, sample: Sample, prior: Float64Array, random: Random): void {
  const view = params.subarray(slot.offset, slot.offset + slot.size);
  const layer = net.layers[slot.layer];
  const inputs = widthsOf(net)[slot.layer];
  const isLast = slot.layer === net.layers.length - 1;
  if (!isScaled || layer.kind !== 'dense') {
    const bound = 1 / Math.sqrt(inputs);
    for (let i = 0; i < slot.size; i++) view[i] = bound * (2 * random.unit() - 1) + (isLast && slot.role === 'bias' ? prior[i % prior.length] : 0);
    return;
  }
  const { rows, x, codes } = sample;
  const units = layer.units;
  const before: Net = { inputs: net.inputs, layers: net.layers.slice(0, slot.layer) };
  const z = scoresOf(before, params.subarray(0, sizeOf(before)), x, codes, rows);
  if (slot.role === 'weights') {
    for (let i = 0; i < slot.size; i++) view[i] = random.normal() / Math.sqrt(inputs);
    const out = times(z, view, rows, inputs, units);
    for (let o = 0; o < units; o++) {
      const spread = spreadOf(out, o, rows, units);
      for (let i = o; i < slot.size; i += units) view[i] /= spread;
    }
    return;
  }
  const out = times(z, params.subarray(slot.offset - inputs * units, slot.offset), rows, inputs, units);
  for (let o = 0; o < units; o++) {
    let [sum, total] = [0, 0];
    for (let k = 0; k < 5; k++) {
      const weight = -logOf(random);
      sum += weight * out[random.below(rows) * units + o];
      total += weight;
    }
    view[o] = (total > 0 ? -sum / total : 0) + (isLast ? prior[o] : 0);
  }
}

const logOf = (random: Random): number => naturalLog(1 - random.unit());

function times(z: Float64Array, w: Float64Array, rows: number, inputs: number, units: number): Float64Array {
  const out = new Float64Array(rows * units);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < inputs; i++) {
      const v = z[r * inputs + i];
      if (v !== 0) for (let o = 0, at = i * units; o < units; o++, at++) out[r * units + o] += v * w[at];
    }
  }
  return out;
}

/** Standard deviation of a column; 1 when it does not move. */
function spreadOf(values: Float64Array, column: number, rows: number, width: number): number {
  let [sum, squares] = [0, 0];
  for (let r = 0; r < rows; r++) sum += values[r * width + column];
  const mean = sum / rows;
  for (let r = 0; r < rows; r++) squares += (values[r * width + column] - mean) ** 2;
  const spread = Math.sqrt(squares / rows);
  return spread > 1e-6 ? spread : 1;
}
