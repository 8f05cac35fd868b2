// k nearest neighbours: keeps the standardised rows (or as many as asked, drawn by the seed) and lets the nearest vote.
// k 0 chooses by leave-one-out error over up to 2,000 rows among odd numbers up to 51.
import { BarnacleError } from '../../base/errors.ts';
import type { Model } from '../../models/model.ts';
import { neighbors as kind, type NeighborsJson } from '../../models/neighbors.ts';
import type { Matrix } from '../../table/matrix.ts';
import { drawnRows } from '../drawn-rows.ts';
import { defineLearner, type FitContext } from '../learner.ts';
import { standardRows, standardScale } from '../standard-scale.ts';
import { taskOf } from '../task-of.ts';
import { chooseK } from './choose-k.ts';

export type NeighborsParams = { k: number; metric: NeighborsJson['metric']; by: NeighborsJson['by']; keep: number };

export const neighbors = defineLearner<NeighborsParams>({
  type: 'neighbors',
  label: 'Nearest neighbours',
  help: 'Says what the most similar training rows were. No assumption but that near rows are alike; suffers from many or useless features, and carries its rows with it.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: {
    k: { kind: 'number', label: 'Neighbours', help: 'How many vote; 0 chooses by leave-one-out error.', fallback: 0, min: 0, max: 1000, integer: true },
    metric: {
      kind: 'choice',
      label: 'Distance',
      help: 'Of standardised features; Manhattan minds single large gaps less.',
      fallback: 'euclidean',
      choices: [
        { value: 'euclidean', label: 'Euclidean' },
        { value: 'manhattan', label: 'Manhattan' },
      ],
    },
    by: {
      kind: 'choice',
      label: 'Votes',
      help: 'By distance, nearer rows count more.',
      fallback: 'distance',
      choices: [
        { value: 'distance', label: 'By distance' },
        { value: 'uniform', label: 'Equal' },
      ],
    },
    keep: {
      kind: 'number',
      label: 'Rows kept',
      help: 'At most so many training rows are kept; more predict better and slower, and make the model larger.',
      fallback: 10_000,
      min: 10,
      max: 200_000,
      integer: true,
      log: true,
    },
  },
  makes: 'neighbors',
  fitsOn: 'core',
  steps: 'choices',
  validates: false,
  exact: true,
  byDefault: false,
  async fit(data, params, context) {
    if (data.features.length === 0)
      throw new BarnacleError('no-features', 'no feature is left to measure distances in; keep a column in the recipe', { dropped: [] });
    return fitNeighbors(data, params, context);
  },
});

async function fitNeighbors(data: Matrix, params: NeighborsParams, context: FitContext): Promise<Model> {
  const target = data.target!;
  const task = taskOf(target);
  const classes = target.kind === 'class' ? target.classes : [];
  const scaling = standardScale(data);
  const rows = drawnRows(data, params.keep, context.seed, 'neighbors-keep');
  const truth = Float64Array.from(rows, (row) => (target.kind === 'class' ? target.codes[row] : target.values[row]));
  const weight = Float64Array.from(rows, (row) => (data.weight ? data.weight[row] : 1));
  const prior = new Float64Array(target.kind === 'class' ? Math.max(2, classes.length) : 1);
  let total = 0;
  truth.forEach((y, i) => {
    total += weight[i];
    if (target.kind === 'class') prior[y] += weight[i];
    else prior[0] += weight[i] * y;
  });
  for (let c = 0; c < prior.length; c++) prior[c] = total > 0 ? prior[c] / total : 0;
  const make = (k: number): Model => ({
    type: kind.type,
    task,
    classes,
    features: data.features.length,
    json: { k: Math.max(1, Math.min(k, rows.length)), metric: params.metric, by: params.by },
    arrays: { ...scaling, points: standardRows(data, rows, scaling), truth, weight, prior },
  });
  if (params.k > 0) {
    context.report({ stage: 'fit', done: 1, text: `keeps ${rows.length} rows`, point: { step: params.k, train: null, valid: null, rowsPerSecond: null } });
    return make(params.k);
  }
  return make(await chooseK(make(1), context));
}
