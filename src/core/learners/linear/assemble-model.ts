// Parameters of the solver -> a `linear` model over the features as given, with an output for every class, absent ones too.
import type { JsonObject } from '../../base/json.ts';
import { log } from '../../base/numerics.ts';
import { widthOf } from '../../models/width.ts';
import type { Model } from '../../models/model.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { Copy } from './facts.ts';
import { hasLogLink, type Opened } from './open-problem.ts';

/** The log-odds given to a class that no training row has. */
const absentScore = -30;

export function assembleModel(data: Matrix, { task, present, shift, spread, problem }: Opened, theta: Float64Array): { model: Model; copies: Copy[] } {
  const classes = data.target!.kind === 'class' ? data.target!.classes : [];
  const width = widthOf(task, classes.length);
  const { features, center, scale, fill } = problem.design;
  const weights = new Float64Array(width * features);
  const bias = new Float64Array(width);
  const copies = copiesOf(task, present);
  for (const { from, to, factor } of copies) {
    for (let j = 0; j < features; j++) weights[to * features + j] = factor * spread * theta[from * (features + 1) + j];
    bias[to] = factor * spread * theta[from * (features + 1) + features] + (task === 'regression' ? shift : 0);
  }
  if (task === 'binary' && present.length < 2) bias[0] = present[0] === 1 ? decided(data.rows) : -decided(data.rows);
  if (task === 'multiclass') {
    for (let k = 0; k < width; k++) if (!present.includes(k)) bias[k] = absentScore;
    if (present.length === 1) bias[present[0]] = 0;
    if (present.length > 2) balance(bias, present);
  }
  const json: JsonObject = hasLogLink(problem.loss) ? { link: 'exp' } : {};
  return { model: { type: 'linear', task, classes, features, json, arrays: { weights, bias, center, scale, fill } }, copies };
}

function copiesOf(task: Opened['task'], present: readonly number[]): Copy[] {
  if (task === 'regression' || (task === 'binary' && present.length === 2)) return [{ from: 0, to: 0, factor: 1 }];
  if (task === 'binary' || present.length < 2) return [];
  if (present.length === 2) return [{ from: 0, to: present[1], factor: 0.5 }, { from: 0, to: present[0], factor: -0.5 }];
  return present.map((to, from) => ({ from, to, factor: 1 }));
}

/** Log-odds of a class that every row has: Laplace's rule of succession. */
const decided = (rows: number): number => log(rows + 1);

/** Softmax scores are free up to a constant: make the intercepts of the present classes sum to 0. */
function balance(bias: Float64Array, present: readonly number[]): void {
  let mean = 0;
  for (const k of present) mean += bias[k] / present.length;
  for (const k of present) bias[k] -= mean;
}
