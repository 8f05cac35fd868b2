// The sole producer of a Matrix: raw columns -> numeric features by a fitted recipe, the same way in training,
// evaluation, prediction and monitoring. Column order and kinds are settled by conform, unseen levels by each step's policy.
// `training` is true only for exactly the rows it was fitted on, in their order (target encodings are then out of fold).
import { BarnacleError } from '../base/errors.ts';
import { parseParams } from '../base/params.ts';
import type { Matrix } from '../table/matrix.ts';
import type { Table } from '../table/table.ts';
import { conform } from './conform.ts';
import { featureArray } from './feature-array.ts';
import { groupsOf } from './groups-of.ts';
import { readTarget } from './read-target.ts';
import type { FittedRecipe } from './spec.ts';
import type { StepState } from './step.ts';
import { steps } from './steps/index.ts';
import { weightsOf } from './weights-of.ts';

export type ApplyOptions = { training: boolean; seed: number; withTarget: boolean };

/** Throws missing-column, contract-refused, bad-target (withTarget), bad-bundle (states that do not fit the spec). */
export function applyRecipe(fitted: FittedRecipe, table: Table, options: ApplyOptions): Matrix {
  const target = options.withTarget || options.training ? readTarget(fitted.spec, table, fitted.classes.length ? fitted.classes : null) : null;
  const features = applySteps(fitted, table, options, target);
  const byName = new Map(features.columns.map((column) => [column.name, column]));
  const data = fitted.output.map(({ name }) => {
    const column = byName.get(name);
    if (!column) throw new BarnacleError('bad-bundle', `recipe makes no feature "${name}"; its states do not fit its steps`, { reason: `no feature ${name}` });
    return featureArray(column);
  });
  return { rows: table.rows, features: fitted.output, data, target: options.withTarget ? target : null, weight: target ? weightsOf(fitted.spec, table, options.training) : null, ...groupsOf(fitted.spec, table, options.training) };
}

/** The table after the first `count` steps (all of them when left out), before it becomes a Matrix: what a preview shows. */
export function applySteps(fitted: FittedRecipe, table: Table, options: Pick<ApplyOptions, 'training' | 'seed'>, target: Matrix['target'], count = fitted.spec.steps.length): Table {
  let features = conform(fitted.input, table);
  const context = { seed: options.seed, training: options.training, target, sources: new Map(fitted.input.map(({ name }) => [name, name])) };
  for (let i = 0; i < count; i++) {
    const step = fitted.spec.steps[i];
    if (step.disabled) continue;
    const kind = steps.get(step.type);
    const held = fitted.states[i] as StepState | null;
    if (!held) throw new BarnacleError('bad-bundle', `recipe has no state for step ${step.id}`, { reason: `no state for step ${step.id}` });
    features = kind.apply(features, held.columns, parseParams(kind.params, step.params, `steps.${step.id}`), held.state, context);
  }
  return features;
}

/** One plain line about what step `i` learned, or null. */
export function describeStep(fitted: FittedRecipe, i: number): string | null {
  const step = fitted.spec.steps[i];
  const held = fitted.states[i] as StepState | null;
  if (!held) return null;
  const kind = steps.get(step.type);
  return kind.describe?.(held.columns, parseParams(kind.params, step.params, `steps.${step.id}`), held.state) ?? null;
}
