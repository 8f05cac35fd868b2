// A checked `net` model -> the steps that serving walks, in doubles, made once for each model. What training alone needs is gone:
// dropout, and batch norm is a gain and a bias for each unit. Weights lie inputs x outputs again, so that an input of 0 costs nothing.
import { floatsOf } from '../decode.ts';
import type { Model } from '../model.ts';
import type { NetFeature } from './features.ts';
import type { NetJson } from './net-json.ts';
import { membersOf, widthsOf, type Activation, type NetCategory, type NetEncoding } from './net.ts';

/** Each acts on lines of `width` numbers; `lines` (scale, shift) is 1 or the members. */
export type NetOp =
  | { readonly kind: 'scale'; readonly lines: number; readonly width: number; readonly values: Float64Array }
  | { readonly kind: 'shift'; readonly lines: number; readonly width: number; readonly values: Float64Array }
  | { readonly kind: 'dense'; readonly width: number; readonly units: number; readonly weights: Float64Array; readonly bias: Float64Array }
  | { readonly kind: 'heads'; readonly members: number; readonly width: number; readonly units: number; readonly weights: Float64Array; readonly bias: Float64Array }
  /** z * gain + bias. */
  | { readonly kind: 'affine'; readonly width: number; readonly gain: Float64Array; readonly bias: Float64Array }
  | { readonly kind: 'layer-norm'; readonly width: number; readonly gain: Float64Array; readonly bias: Float64Array }
  | { readonly kind: 'activate'; readonly by: Activation; readonly width: number; readonly mix: Float64Array | null }
  | { readonly kind: 'spread'; readonly members: number; readonly width: number }
  | { readonly kind: 'save'; readonly width: number }
  | { readonly kind: 'add'; readonly width: number };

export interface PreparedNet {
  readonly json: NetJson;
  readonly features: readonly NetFeature[];
  readonly numbers: number;
  readonly flags: number;
  readonly encoding: NetEncoding | null;
  /** The slots of the encoding by the last part of their name: frequencies, phases, weights, line, bias, edges. */
  readonly encoded: { readonly [part: string]: Float64Array };
  readonly categories: readonly (NetCategory & { readonly table: Float64Array })[];
  /** Width of the first activations; the widest there is; lines of a row at the end; scores of a line. */
  readonly width: number;
  readonly widest: number;
  readonly members: number;
  readonly outputs: number;
  readonly ops: readonly NetOp[];
}

const EPSILON = 1e-5;
const prepared = new WeakMap<Model, PreparedNet>();

export function prepareNet(model: Model): PreparedNet {
  const held = prepared.get(model);
  if (held) return held;
  const made = prepare(model);
  prepared.set(model, made);
  return made;
}

function prepare(model: Model): PreparedNet {
  const json = model.json as NetJson;
  const { inputs, layers } = json.net;
  const [widths, members] = [widthsOf(json.net), membersOf(json.net)];
  const [fill, center, scale] = ['fill', 'center', 'scale'].map((name) => floatsOf(model, name));
  const slot = (name: string): Float64Array => Float64Array.from(floatsOf(model, name), (v) => v + 0);
  const parts = !inputs.encoding ? [] : inputs.encoding.kind === 'plr' ? ['frequencies', 'weights', 'bias'] : inputs.encoding.kind === 'pbld' ? ['frequencies', 'phases', 'weights', 'bias'] : ['edges', 'weights', 'line', 'bias'];
  const ops = layers.flatMap((layer, l): NetOp[] => {
    const width = widths[l];
    if (layer.kind === 'drop') return [];
    if (layer.kind === 'scale') return [{ kind: 'scale', lines: layer.member ? members[l] : 1, width, values: slot(`${l}.scale`) }];
    if (layer.kind === 'shift') return [{ kind: 'shift', lines: layer.member ? members[l] : 1, width, values: slot(`${l}.bias`) }];
    if (layer.kind === 'dense') return [{ kind: 'dense', width, units: layer.units, weights: turned(slot(`${l}.weights`), 1, width, layer.units), bias: layer.bias ? slot(`${l}.bias`) : new Float64Array(layer.units) }];
    if (layer.kind === 'heads') return [{ kind: 'heads', members: members[l], width, units: layer.units, weights: turned(slot(`${l}.weights`), members[l], width, layer.units), bias: slot(`${l}.bias`) }];
    if (layer.kind === 'norm') return [layer.by === 'layer' ? { kind: 'layer-norm', width, gain: slot(`${l}.gain`), bias: slot(`${l}.bias`) } : affine(slot(`${l}.gain`), slot(`${l}.bias`), slot(`${l}.mean`), slot(`${l}.variance`))];
    if (layer.kind === 'activate') return [{ kind: 'activate', by: layer.by, width, mix: layer.mixed ? slot(`${l}.mix`) : null }];
    if (layer.kind === 'spread') return [{ kind: 'spread', members: layer.members, width }];
    return [{ kind: layer.kind, width }];
  });
  return {
    json, ops,
    features: json.features.map((f, j): NetFeature => (f.as === 'number' || f.as === 'flag' ? { as: f.as, fill: fill[j], center: center[j], scale: scale[j] } : f)),
    numbers: inputs.numbers,
    flags: inputs.flags,
    encoding: inputs.encoding,
    encoded: Object.fromEntries(parts.map((part) => [part, slot(`inputs.${part}`)])),
    categories: inputs.categories.map((category, c) => ({ ...category, table: slot(`table-${c}`) })),
    width: widths[0],
    widest: Math.max(...widths),
    members: members[members.length - 1],
    outputs: widths[widths.length - 1],
  };
}

/** `count` blocks of outputs x inputs -> inputs x outputs. */
function turned(stored: Float64Array, count: number, n: number, m: number): Float64Array {
  const out = new Float64Array(stored.length);
  for (let k = 0, at = 0; k < count; k++, at += n * m) for (let o = 0; o < m; o++) for (let i = 0; i < n; i++) out[at + i * m + o] = stored[at + o * n + i];
  return out;
}

function affine(gain: Float64Array, bias: Float64Array, mean: Float64Array, variance: Float64Array): NetOp {
  const scaled = gain.map((g, u) => g / Math.sqrt(variance[u] + EPSILON));
  return { kind: 'affine', width: gain.length, gain: scaled, bias: bias.map((b, u) => b - mean[u] * scaled[u]) };
}
