// The declared parameters of random forests and extra-trees, with the defaults of their authors where trees may be deep.
import type { Params } from '../../base/params.ts';

export type ForestParams = {
  trees: number;
  splits: 'best' | 'random';
  leaves: number;
  depth: number;
  minLeafRows: number;
  columns: 'auto' | 'root' | 'third' | 'all';
  sampling: 'auto' | 'bootstrap' | 'subsample' | 'all';
  rows: number;
  balance: 'none' | 'balanced';
  minGain: number;
  bins: number;
  smooth: number;
  nominalMost: number;
};

export const forestParams: Params<ForestParams> = {
  trees: { kind: 'number', label: 'Trees', help: 'More are steadier and never worse, only slower (one tree each, one per class when there are more than two).', fallback: 100, min: 1, max: 5000, integer: true, log: true },
  splits: {
    kind: 'choice', label: 'Splits', help: 'The best threshold (random forest), or a random one for each feature (extra-trees): faster, smoother, often better on noisy numbers.', fallback: 'best',
    choices: [{ value: 'best', label: 'Best (random forest)' }, { value: 'random', label: 'Random (extra-trees)' }],
  },
  leaves: { kind: 'number', label: 'Leaves', help: 'Most leaves in a tree. Bounds the size of the model; with many rows more are better.', fallback: 2048, min: 2, max: 32768, integer: true, log: true },
  depth: { kind: 'number', label: 'Depth', help: 'Most splits on a path; 0 leaves the depth free.', fallback: 0, min: 0, max: 64, integer: true },
  minLeafRows: { kind: 'number', label: 'Rows in a leaf', help: 'Least rows on either side of a split. More is smoother and makes smaller models.', fallback: 2, min: 1, max: 100000, integer: true, log: true },
  columns: {
    kind: 'choice', label: 'Columns per split', help: 'How many features each split may choose from. Automatic: the square root for classes, a third for values.', fallback: 'auto',
    choices: [{ value: 'auto', label: 'Automatic' }, { value: 'root', label: 'Square root' }, { value: 'third', label: 'A third' }, { value: 'all', label: 'All' }],
  },
  sampling: {
    kind: 'choice', label: 'Row sampling', help: 'Rows that a tree does not see judge it (out-of-bag score). Automatic: draws with replacement for best splits, all rows for random ones.', fallback: 'auto',
    choices: [{ value: 'auto', label: 'Automatic' }, { value: 'bootstrap', label: 'With replacement' }, { value: 'subsample', label: 'A share' }, { value: 'all', label: 'All rows' }],
  },
  rows: { kind: 'number', label: 'Rows per tree', help: 'Share of the rows that each tree grows on.', fallback: 0.632, min: 0.01, max: 1, integer: false, when: { sampling: ['subsample'] } },
  balance: {
    kind: 'choice', label: 'Class weights', help: 'Balanced gives every class the same total weight; probabilities then no longer match how often a class occurs.', fallback: 'none',
    choices: [{ value: 'none', label: 'None' }, { value: 'balanced', label: 'Balanced' }],
  },
  minGain: { kind: 'number', label: 'Least gain', help: 'A split must gain more than this.', fallback: 0, min: 0, max: 1e9, integer: false, advanced: true },
  bins: { kind: 'number', label: 'Bins', help: 'Most distinct intervals of a feature.', fallback: 255, min: 2, max: 255, integer: true, advanced: true },
  smooth: { kind: 'number', label: 'Level smoothing', help: 'Nominal features: pulls levels with few rows to the middle when levels are put in order.', fallback: 10, min: 0, max: 1e6, integer: false, advanced: true },
  nominalMost: { kind: 'number', label: 'Most levels', help: 'Nominal features: most levels on the smaller side of a split.', fallback: 32, min: 1, max: 255, integer: true, advanced: true },
};
