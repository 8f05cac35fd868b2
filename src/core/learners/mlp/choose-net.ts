// Settings and features -> the net, and the optimiser's factor of rate and decay for each of its slots.
// NTP: a weight w = v / sqrt(n) whose v has the rate r moves, under Adam, as w at the rate r / sqrt(n); decay stays that of v.
import type { NetFeature } from '../../models/net/features.ts';
import { columnsOf } from '../../models/net/features.ts';
import type { Net, NetLayer, NetSlot } from '../../models/net/net.ts';
import { membersOf, slotsOf, widthsOf } from '../../models/net/net.ts';
import type { NetOptimizer } from './net-kernels.ts';
import type { Settings } from './presets.ts';

export function chooseNet(settings: Settings, features: readonly NetFeature[], outputs: number): Net {
  const { numbers, flags } = columnsOf(features);
  const categories = features.flatMap((f) => (f.as === 'code' ? [{ levels: f.levels, width: Math.min(settings.tableWidth, f.levels + 1) }] : []));
  const inputs = { numbers, flags, encoding: numbers > 0 ? settings.coding : null, categories };
  return { inputs, layers: layersOf[settings.architecture](settings, outputs) };
}

const layersOf: { readonly [A in Settings['architecture']]: (settings: Settings, outputs: number) => NetLayer[] } = {
  realmlp: ({ hidden, activation, dropout }, outputs) => [
    { kind: 'scale', member: false },
    ...hidden.flatMap((units): NetLayer[] => [{ kind: 'dense', units, bias: true }, { kind: 'activate', by: activation, mixed: true }, ...drop(dropout)]),
    { kind: 'dense', units: outputs, bias: true },
  ],
  tabm: ({ hidden, activation, dropout, members, adapters }, outputs) => [
    { kind: 'spread', members },
    { kind: 'scale', member: true },
    ...hidden.flatMap((units, l): NetLayer[] => [
      ...(adapters === 'all' && l > 0 ? [{ kind: 'scale', member: true } as const] : []),
      { kind: 'dense', units, bias: adapters === 'first' },
      ...(adapters === 'all' ? [{ kind: 'scale', member: true } as const, { kind: 'shift', member: true } as const] : []),
      { kind: 'activate', by: activation, mixed: false },
      ...drop(dropout),
    ]),
    { kind: 'heads', units: outputs },
  ],
  resnet: ({ hidden, activation, dropout, norm }, outputs) => [
    { kind: 'dense', units: hidden[0], bias: true },
    ...hidden.flatMap((units): NetLayer[] => [
      { kind: 'save' }, ...normed(norm), { kind: 'dense', units: 2 * units, bias: true }, { kind: 'activate', by: activation, mixed: false }, ...drop(dropout),
      { kind: 'dense', units: hidden[0], bias: true }, { kind: 'add' },
    ]),
    ...normed(norm), { kind: 'activate', by: activation, mixed: false }, { kind: 'dense', units: outputs, bias: true },
  ],
  mlp: ({ hidden, activation, dropout, norm }, outputs) => [
    ...hidden.flatMap((units): NetLayer[] => [{ kind: 'dense', units, bias: true }, ...normed(norm), { kind: 'activate', by: activation, mixed: false }, ...drop(dropout)]),
    { kind: 'dense', units: outputs, bias: true },
  ],
};

const drop = (rate: number): NetLayer[] => (rate > 0 ? [{ kind: 'drop', rate }] : []);
const normed = (by: Settings['norm']): NetLayer[] => (by === 'none' ? [] : [{ kind: 'norm', by }]);

export function chooseOptimizer(settings: Settings, net: Net): NetOptimizer {
  const slots = slotsOf(net);
  const factors = slots.map((slot) => factorsOf(settings, slot));
  return {
    kind: settings.optimizer === 'sgd' ? 'sgd' : 'adamw', beta1: 0.9, beta2: settings.beta2, epsilon: 1e-8, clip: settings.clip,
    rates: factors.map(({ rate }) => rate),
    decays: factors.map(({ decay }) => decay * settings.decay),
  };
}

/** RealMLP: scales fast (6), what shapes (mix, waves, biases) slow (0.1), biases without decay. Others: decay of weights alone. */
function factorsOf({ isScaled }: Settings, { role, layer, shape }: NetSlot): { rate: number; decay: number } {
  if (!isScaled) return { rate: 1, decay: role === 'weights' && layer >= 0 ? 1 : 0 };
  if (layer < 0 && role !== 'table') return { rate: 0.1, decay: 0.1 };
  if (role === 'weights') return { rate: 1 / Math.sqrt(shape[shape.length - 2]), decay: 1 };
  if (role === 'bias') return { rate: 0.1, decay: 0 };
  if (role === 'mix') return { rate: 0.1, decay: 0.1 };
  if (role === 'scale') return { rate: 6, decay: 6 };
  return { rate: 1, decay: 1 };
}

/** Multiply-adds of one row forward and back: what a row of an epoch costs, roughly. */
export function costOfRow(net: Net): number {
  const [widths, members] = [widthsOf(net), membersOf(net)];
  const { numbers, encoding } = net.inputs;
  const coded = encoding ? numbers * (encoding.kind === 'piecewise' ? encoding.bins : 2 * encoding.waves) * (encoding.width + 8) : 0;
  return net.layers.reduce((sum, layer, l) => sum + members[l] * widths[l] * (layer.kind === 'dense' || layer.kind === 'heads' ? 3 * layer.units : layer.kind === 'activate' ? 24 : 6), 3 * coded);
}
