// The declared parameters of nets. What is 0, -1, empty or `auto` is taken from the architecture's preset (presets.ts) or set
// from the number of rows (net-plan.ts), so that a person changes only what they mean to.
import type { Params } from '../../base/params.ts';
import type { Activation, NetEncoding } from '../../models/net/net.ts';

export type Architecture = 'realmlp' | 'tabm' | 'resnet' | 'mlp';
export type Schedule = 'constant' | 'cosine' | 'coslog4' | 'flat-cosine';
export type MlpParams = {
  architecture: Architecture;
  /** Empty = the preset's. */
  hidden: readonly number[];
  epochs: number;
  patience: number;
  batch: number;
  rate: number;
  dropout: number;
  decay: number;
  objective: 'auto' | 'squared' | 'absolute' | 'huber' | 'quantile';
  quantile: number;
  huberDelta: number;
  balance: 'none' | 'balanced';
  smoothing: number;
  focal: number;
  activation: 'auto' | Activation;
  norm: 'none' | 'batch' | 'layer';
  encoding: 'auto' | 'none' | NetEncoding['kind'];
  encodingWidth: number;
  encodingDetail: number;
  tableWidth: number;
  members: number;
  adapters: 'first' | 'all';
  schedule: 'auto' | Schedule;
  optimizer: 'adamw' | 'adam' | 'sgd';
  clip: number;
  warmRate: number;
};

const classes = ['binary', 'multiclass'] as const;

export const mlpParams: Params<MlpParams> = {
  architecture: {
    kind: 'choice', label: 'Architecture', help: 'RealMLP is the strongest single net for its time; TabM averages many nets that share weights, slower and often a little better.', fallback: 'realmlp',
    choices: [{ value: 'realmlp', label: 'RealMLP' }, { value: 'tabm', label: 'TabM (an ensemble in one net)' }, { value: 'resnet', label: 'ResNet' }, { value: 'mlp', label: 'Plain' }],
  },
  hidden: { kind: 'numbers', label: 'Hidden layers', help: 'Units of each hidden layer, first to last; empty takes the architecture\'s own. ResNet: one number for each block.', fallback: [], min: 1, max: 4096, integer: true, maxLength: 16 },
  epochs: { kind: 'number', label: 'Epochs', help: 'Passes over the rows at most; 0 chooses by rows and size of the net, so that a fit takes seconds to a minute or two.', fallback: 0, min: 0, max: 10_000, integer: true },
  patience: { kind: 'number', label: 'Patience', help: 'Epochs without a better validation loss before it ends; 0 chooses by the schedule. The best epoch is kept in any case.', fallback: 0, min: 0, max: 10_000, integer: true },
  batch: { kind: 'number', label: 'Batch rows', help: 'Rows of a step; 0 chooses by their number.', fallback: 0, min: 0, max: 65_536, integer: true },
  rate: { kind: 'number', label: 'Learning rate', help: 'The highest rate of the schedule; 0 takes the architecture\'s own (RealMLP\'s weights are scaled, so its rate is larger).', fallback: 0, min: 0, max: 10, integer: false },
  dropout: { kind: 'number', label: 'Dropout', help: 'Share of hidden units silenced at each step; raise it when training loss falls and validation loss rises. -1 takes the architecture\'s own.', fallback: -1, min: -1, max: 0.9, integer: false },
  decay: { kind: 'number', label: 'Weight decay', help: 'Pull of weights towards 0; -1 takes the architecture\'s own.', fallback: -1, min: -1, max: 10, integer: false },
  objective: {
    kind: 'choice', label: 'Objective', help: 'What is minimised: the squared error unless something else is chosen.', fallback: 'auto', tasks: ['regression'],
    choices: [{ value: 'auto', label: 'Automatic' }, { value: 'squared', label: 'Squared error (the mean)' }, { value: 'absolute', label: 'Absolute error (the median)' }, { value: 'huber', label: 'Huber (the mean, outliers held back)' }, { value: 'quantile', label: 'Quantile' }],
  },
  quantile: { kind: 'number', label: 'Quantile', help: 'Quantile objective: the share of targets that should lie below the prediction.', fallback: 0.5, min: 0.001, max: 0.999, integer: false, tasks: ['regression'], when: { objective: ['quantile'] } },
  huberDelta: { kind: 'number', label: 'Huber delta', help: 'Huber objective: errors beyond it count linearly, in the unit of the target. 0 takes half the target\'s standard deviation.', fallback: 0, min: 0, max: 1e12, integer: false, tasks: ['regression'], when: { objective: ['huber'] } },
  balance: {
    kind: 'choice', label: 'Class weights', help: 'Balanced gives every class the same total weight, so rare ones are found more often; probabilities then no longer match how often a class occurs.', fallback: 'none', tasks: classes,
    choices: [{ value: 'none', label: 'None' }, { value: 'balanced', label: 'Balanced' }],
  },
  smoothing: { kind: 'number', label: 'Label smoothing', help: 'Share of certainty taken from the true class; softens noisy labels and keeps a net from being too sure. -1 takes 50 / rows, 0.05 at most.', fallback: -1, min: -1, max: 0.5, integer: false, advanced: true, tasks: classes },
  focal: { kind: 'number', label: 'Focal gamma', help: 'Above 0, rows that are right already count less (2 is usual), for rare classes; labels are then not smoothed.', fallback: 0, min: 0, max: 10, integer: false, advanced: true, tasks: classes },
  activation: {
    kind: 'choice', label: 'Activation', help: 'Automatic is SELU for classes and Mish for values with RealMLP, else ReLU.', fallback: 'auto', advanced: true,
    choices: [{ value: 'auto', label: 'Automatic' }, { value: 'relu', label: 'ReLU' }, { value: 'silu', label: 'SiLU' }, { value: 'selu', label: 'SELU' }, { value: 'mish', label: 'Mish' }, { value: 'tanh', label: 'tanh' }],
  },
  norm: {
    kind: 'choice', label: 'Normalisation', help: 'Of hidden units: over the batch, or over the units of a row.', fallback: 'batch', advanced: true, when: { architecture: ['resnet', 'mlp'] },
    choices: [{ value: 'none', label: 'None' }, { value: 'batch', label: 'Batch' }, { value: 'layer', label: 'Layer' }],
  },
  encoding: {
    kind: 'choice', label: 'Numbers', help: 'How a number becomes several: waves (periodic) or a piecewise line. Automatic: a piecewise line with RealMLP and TabM, else as it is.', fallback: 'auto', advanced: true,
    choices: [{ value: 'auto', label: 'Automatic' }, { value: 'none', label: 'As they are' }, { value: 'pbld', label: 'Waves (PBLD)' }, { value: 'plr', label: 'Waves and ReLU (PLR)' }, { value: 'piecewise', label: 'Piecewise linear' }],
  },
  encodingWidth: { kind: 'number', label: 'Width of a number', help: 'How many numbers each becomes; 0 chooses.', fallback: 0, min: 0, max: 256, integer: true, advanced: true },
  encodingDetail: { kind: 'number', label: 'Waves or pieces', help: 'Waves, or pieces of the line, of each number; 0 chooses.', fallback: 0, min: 0, max: 256, integer: true, advanced: true },
  tableWidth: { kind: 'number', label: 'Width of a category', help: 'Categories of more than 8 levels become so many learnt numbers; 0 chooses 8.', fallback: 0, min: 0, max: 256, integer: true, advanced: true },
  members: { kind: 'number', label: 'Members', help: 'TabM: nets that share weights and are averaged; 0 chooses.', fallback: 0, min: 0, max: 256, integer: true, advanced: true, when: { architecture: ['tabm'] } },
  adapters: {
    kind: 'choice', label: 'What members own', help: 'TabM: scales of the inputs alone (TabM-mini), or of every layer.', fallback: 'first', advanced: true, when: { architecture: ['tabm'] },
    choices: [{ value: 'first', label: 'Scales of the inputs' }, { value: 'all', label: 'Scales of every layer' }],
  },
  schedule: {
    kind: 'choice', label: 'Schedule', help: 'How the rate goes: up and down once (cosine), four times with growing length (coslog4), flat and then down, or constant.', fallback: 'auto', advanced: true,
    choices: [{ value: 'auto', label: 'Automatic' }, { value: 'cosine', label: 'Cosine' }, { value: 'coslog4', label: 'Four cycles (coslog4)' }, { value: 'flat-cosine', label: 'Flat, then cosine' }, { value: 'constant', label: 'Constant' }],
  },
  optimizer: {
    kind: 'choice', label: 'Optimiser', help: 'AdamW suits nearly everything; SGD (momentum 0.9) needs its rate chosen by hand.', fallback: 'adamw', advanced: true,
    choices: [{ value: 'adamw', label: 'AdamW' }, { value: 'adam', label: 'Adam (no decay)' }, { value: 'sgd', label: 'SGD' }],
  },
  clip: { kind: 'number', label: 'Gradient norm', help: 'Gradients are held to this norm; 0 never.', fallback: 0, min: 0, max: 1e6, integer: false, advanced: true },
  warmRate: { kind: 'number', label: 'Warm rate', help: 'Going on from a model: the share of the learning rate that it is tuned with.', fallback: 0.25, min: 0.0001, max: 1, integer: false, log: true, advanced: true },
};
