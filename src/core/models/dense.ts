// A feed-forward net of dense layers: inputs made robust, then for each layer activation(weights * x + bias), then the link.
// json: {sizes: [features, hidden..., width], activation: 'relu' | 'silu', clip, range: [low, high] | null}.
// arrays: fill, center, scale (features); w0, b0, w1, b1, ...: w is outputs x inputs (a row per output, so that 8 bits
// get a scale per neuron). Input: z = (x - center) * scale, then z / sqrt(1 + (z / clip)^2): outliers are bounded smoothly
// (Holzmueller et al. 2024, RealMLP). A regression's value is held within `range`, that of its training rows.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { sigmoid } from '../base/numerics.ts';
import { floatsOf } from './decode.ts';
import { expectFloats } from './expect-floats.ts';
import { link } from './link.ts';
import { defineModel, type Model } from './model.ts';
import { widthOf } from './width.ts';

export type Activation = 'relu' | 'silu';
export type DenseJson = { sizes: number[]; activation: Activation; clip: number; range: [number, number] | null };
const maxLayers = 64;
const maxUnits = 65_536;

export const dense = defineModel({
  type: 'dense',
  label: 'Neural net',
  check(model) {
    const { sizes } = readJson(model);
    for (const name of ['fill', 'center', 'scale']) expectFloats(model, name, model.features);
    for (let l = 0; l + 1 < sizes.length; l++) {
      expectFloats(model, `w${l}`, sizes[l] * sizes[l + 1]);
      expectFloats(model, `b${l}`, sizes[l + 1]);
    }
  },
  quantizable(model) {
    const { sizes } = readJson(model);
    return sizes.slice(1).map((_, l) => ({ name: `w${l}`, block: Math.max(1, sizes[l]) }));
  },
  predict(model, matrix) {
    const { task, classes } = model;
    const { sizes, activation, clip, range } = readJson(model);
    const width = widthOf(task, classes.length);
    const [fill, center, scale] = ['fill', 'center', 'scale'].map((name) => floatsOf(model, name));
    const layers = layersOf(model, sizes);
    const states = sizes.map((n) => new Float64Array(n));
    const live = new Int32Array(Math.max(...sizes));
    const values = new Float64Array(matrix.rows * width);
    for (let row = 0; row < matrix.rows; row++) {
      for (let j = 0; j < model.features; j++) states[0][j] = robust(matrix.data[j][row], fill[j], center[j], scale[j], clip);
      for (let l = 0; l < layers.length; l++) feed(states[l], live, layers[l], states[l + 1], l + 1 < layers.length ? activation : null);
      values.set(states[layers.length], row * width);
      link(task, values, row * width, width);
      if (range) values[row * width] = Math.min(range[1], Math.max(range[0], values[row * width]));
    }
    return { task, classes, rows: matrix.rows, width, values };
  },
});

/** One input made robust: missing filled, centred, scaled, smoothly bounded to (-clip, clip). */
export function robust(x: number, fill: number, center: number, scale: number, clip: number): number {
  const z = ((x === x ? x : fill) - center) * scale;
  return z / Math.sqrt(1 + (z / clip) * (z / clip));
}

/** w is inputs x outputs here, so that an input of 0 (half of what ReLU leaves) costs nothing. */
type Layer = { readonly w: Float64Array; readonly b: ArrayLike<number> };
const prepared = new WeakMap<Model, Layer[]>();

function layersOf(model: Model, sizes: readonly number[]): Layer[] {
  const held = prepared.get(model);
  if (held) return held;
  const layers = sizes.slice(1).map((m, l) => {
    const n = sizes[l];
    const stored = floatsOf(model, `w${l}`);
    const w = new Float64Array(n * m);
    for (let o = 0; o < m; o++) for (let i = 0; i < n; i++) w[i * m + o] = stored[o * n + i];
    return { w, b: floatsOf(model, `b${l}`) };
  });
  prepared.set(model, layers);
  return layers;
}

/** Four inputs at a time, in order: which four depends on this row alone. */
function feed(input: Float64Array, live: Int32Array, { w, b }: Layer, output: Float64Array, activation: Activation | null): void {
  const m = output.length;
  let n = 0;
  for (let i = 0; i < input.length; i++) if (input[i] !== 0) live[n++] = i;
  for (let o = 0; o < m; o++) output[o] = b[o];
  let a = 0;
  for (; a + 3 < n; a += 4) {
    const [i0, i1, i2, i3] = [live[a], live[a + 1], live[a + 2], live[a + 3]];
    const [x0, x1, x2, x3] = [input[i0], input[i1], input[i2], input[i3]];
    const [w0, w1, w2, w3] = [i0 * m, i1 * m, i2 * m, i3 * m];
    for (let o = 0; o < m; o++) output[o] += x0 * w[w0 + o] + x1 * w[w1 + o] + x2 * w[w2 + o] + x3 * w[w3 + o];
  }
  for (; a < n; a++) {
    const at = live[a] * m;
    const x = input[live[a]];
    for (let o = 0; o < m; o++) output[o] += x * w[at + o];
  }
  if (activation === 'relu') for (let o = 0; o < m; o++) output[o] = output[o] > 0 ? output[o] : 0;
  else if (activation === 'silu') for (let o = 0; o < m; o++) output[o] *= sigmoid(output[o]);
}

function readJson(model: Model): DenseJson {
  const { sizes, activation, clip, range } = model.json as JsonObject;
  const units = (n: unknown): n is number => typeof n === 'number' && Number.isInteger(n) && n >= 1 && n <= maxUnits;
  if (!Array.isArray(sizes) || sizes.length < 2 || sizes.length > maxLayers || sizes[0] !== model.features || !sizes.slice(1).every(units)) throw broken(`sizes ${JSON.stringify(sizes)} are no layers from ${model.features} features`);
  if (sizes[sizes.length - 1] !== widthOf(model.task, model.classes.length)) throw broken(`sizes end with ${sizes[sizes.length - 1]} for ${model.task} of ${model.classes.length} classes`);
  if (activation !== 'relu' && activation !== 'silu') throw broken(`activation ${JSON.stringify(activation)} is unknown`);
  if (typeof clip !== 'number' || !(clip > 0 && clip <= 1e6)) throw broken(`clip ${JSON.stringify(clip)} is not in (0, 1e6]`);
  if (range != null && !(Array.isArray(range) && range.length === 2 && range.every((v) => typeof v === 'number' && Number.isFinite(v)) && range[0] <= range[1])) throw broken(`range ${JSON.stringify(range)} is no interval`);
  return { sizes: sizes as number[], activation, clip, range: (range ?? null) as DenseJson['range'] };
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `dense model: ${reason}`, { reason });
