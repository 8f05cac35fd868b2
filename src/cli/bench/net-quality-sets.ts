// The real tables on which nets are judged: how each is split, what is measured, and the figures that others have published for
// the same rows and the same split (or the same protocol with other random rows: see `published.how`). Source: section 3 of the
// README beside the data, which names repositories and commits.
import type { Task } from '../../core/base/task.ts';

/** official: the last rows test. random: 64/16/20 by our seed. uci: the fixed 90/10 splits of the UCI sets. quarter: 75/25. folds: five. */
export type NetSplit = { kind: 'official'; test: number } | { kind: 'random' } | { kind: 'uci' } | { kind: 'quarter' } | { kind: 'folds' };
export type NetMeasure = 'accuracy' | 'rmse' | 'r2' | 'log-loss';
export type NetSet = {
  file: string;
  task: Task;
  target: string;
  drop: readonly string[];
  split: NetSplit;
  measure: NetMeasure;
  /** The target is divided by it before it is measured. */
  unit: number;
  /** Figures of others in this measure. */
  published: { readonly [name: string]: number };
};

const set = (file: string, task: Task, target: string, split: NetSplit, measure: NetMeasure, published: NetSet['published'], drop: readonly string[] = [], unit = 1): NetSet => ({ file, task, target, drop, split, measure, unit, published });
const uci = { kind: 'uci' } as const;
const quarter = { kind: 'quarter' } as const;
const folds = { kind: 'folds' } as const;

export const netSets: readonly NetSet[] = [
  set('adult.csv.gz', 'binary', 'income', { kind: 'official', test: 16_281 }, 'accuracy', { MLP: 0.854, ResNet: 0.8553, 'MLP-PLR': 0.8704, TabM: 0.8575, 'TabM-mini PWL': 0.87, XGBoost: 0.8736 }),
  set('california_housing_statlib.csv.gz', 'regression', 'target', { kind: 'random' }, 'rmse', { MLP: 0.4948, ResNet: 0.4901, 'MLP-PLR': 0.4665, TabM: 0.4414, 'TabM-mini PWL': 0.4275, XGBoost: 0.4358 }, [], 100_000),
  set('yacht.csv', 'regression', 'residuary_resistance', uci, 'rmse', { 'MC-dropout': 0.666 }),
  set('concrete.csv', 'regression', 'strength', uci, 'rmse', { 'MC-dropout': 4.83 }),
  set('energy_efficiency.csv', 'regression', 'Heating Load', uci, 'rmse', { 'MC-dropout': 0.539 }, ['Cooling Load']),
  set('power_plant.csv', 'regression', 'PE', uci, 'rmse', { 'MC-dropout': 4.01 }),
  set('wine_quality_red.csv', 'regression', 'quality', uci, 'rmse', { 'MC-dropout': 0.622 }),
  set('cpu_act.csv.gz', 'regression', 'target', quarter, 'r2', { MLP: 0.98, XGBoost: 0.9827, LightGBM: 0.9783 }),
  set('pol.csv.gz', 'regression', 'target', quarter, 'r2', { MLP: 0.9529, XGBoost: 0.9841, LightGBM: 0.9817 }),
  set('magic_gamma.csv', 'binary', 'Class', folds, 'log-loss', {}),
  set('credit_default_taiwan.csv.gz', 'binary', 'default payment next month', folds, 'log-loss', {}),
  set('telco_churn.csv', 'binary', 'Churn', folds, 'log-loss', {}),
  set('satimage.csv', 'multiclass', 'target', folds, 'log-loss', {}),
  set('letter.csv', 'multiclass', 'lettr', folds, 'log-loss', {}),
];

/** Lower is better for these. */
export const isLoss = (measure: NetMeasure): boolean => measure === 'rmse' || measure === 'log-loss';
