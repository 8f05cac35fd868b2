// What training rows teach a declared recipe: one small JSON state per step, the schema expected, the features made.
// In: the spec and a table of exactly the training rows, target included. fitMatrix gives the training matrix as well, so
// that no step runs twice; it equals applyRecipe(..., { training: true }).
// Throws bad-target, missing-column, bad-param, not-numeric, no-features, no-rows.
import { BarnacleError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { parseParams } from '../base/params.ts';
import type { Feature, Matrix } from '../table/matrix.ts';
import type { CategoryColumn, Column, Table } from '../table/table.ts';
import { featureArray } from './feature-array.ts';
import { groupsOf } from './groups-of.ts';
import { readTarget } from './read-target.ts';
import type { FittedRecipe, RecipeSpec, StepSpec } from './spec.ts';
import type { Step, StepContext } from './step.ts';
import { steps } from './steps/index.ts';
import { weightsOf } from './weights-of.ts';

/** `classes` fixes the classes beforehand (of all rows that have a target); left out, they are those of these rows. */
export type FitOptions = { seed: number; classes?: readonly string[] };

export const fitRecipe = (spec: RecipeSpec, table: Table, options: FitOptions): FittedRecipe => fitMatrix(spec, table, options).fitted;

export function fitMatrix(spec: RecipeSpec, table: Table, options: FitOptions): { fitted: FittedRecipe; matrix: Matrix } {
  if (!table.rows) throw new BarnacleError('no-rows', 'training part has no rows; give it a larger share', { what: 'training part' });
  const target = readTarget(spec, table, options.classes ?? null);
  if (target.kind === 'class' && target.codes.every((code) => code === target.codes[0])) {
    const reason = `has one class, "${target.classes[target.codes[0]]}", in the training rows; split in another way or choose another target`;
    throw new BarnacleError('bad-target', `target "${spec.target}" ${reason}`, { column: spec.target, reason });
  }
  const gone = new Set([spec.target, ...(spec.group === undefined ? [] : [spec.group]), ...(spec.weight === undefined ? [] : [spec.weight]), ...spec.drop]);
  let features: Table = { rows: table.rows, columns: table.columns.filter((column) => !gone.has(column.name)) };
  if (!features.columns.length) throw noFeatures(spec);
  const input = features.columns.map(({ name, kind }) => ({ name, kind }));
  const context: StepContext = { seed: options.seed, target, training: true, sources: new Map(input.map(({ name }) => [name, name])) };
  const states = spec.steps.map((step): Json => {
    if (step.disabled) return null;
    const kind = steps.get(step.type);
    const params = parseParams(kind.params, step.params, `steps.${step.id}`);
    const columns = columnsOf(step, kind, features, gone);
    const state = kind.fit(features, columns, params, context);
    features = kind.apply(features, columns, params, state, context);
    return { columns, state };
  });
  const output = features.columns.map((column): Feature => ({ name: column.name, source: context.sources.get(column.name) ?? column.name, ...(isNominal(column) ? { levels: Math.max(1, column.levels.length) } : {}) }));
  if (!output.length) throw noFeatures(spec);
  const fitted: FittedRecipe = { version: 1, spec, input, states, output, classes: target.kind === 'class' ? [...target.classes] : [] };
  return { fitted, matrix: { rows: table.rows, features: output, data: features.columns.map(featureArray), target, weight: weightsOf(spec, table, true), ...groupsOf(spec, table, true) } };
}

/** Kept as codes by an earlier step: later ones leave it alone unless they name it. */
const isNominal = (column: Column): column is CategoryColumn => column.kind === 'category' && column.nominal === true;

function columnsOf(step: StepSpec, kind: Step, table: Table, gone: ReadonlySet<string>): string[] {
  const takes = new Set(kind.takes);
  if (!step.columns.length) return table.columns.filter((column) => takes.has(column.kind) && !isNominal(column)).map((column) => column.name);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  return step.columns.filter((name) => {
    if (gone.has(name)) return false;
    const column = byName.get(name);
    if (!column) throw new BarnacleError('missing-column', `column "${name}" is missing for the step ${step.type}; take it off its list or move the step`, { column: name, known: [...byName.keys()].slice(0, 200) });
    if (!takes.has(column.kind)) throw new BarnacleError('bad-param', `column "${name}" is of kind ${column.kind}; the step ${step.type} takes ${kind.takes.join(', ')}`, { path: `steps.${step.id}.columns`, value: name, expected: kind.takes.join(', ') });
    return true;
  });
}

const noFeatures = (spec: RecipeSpec) =>
  new BarnacleError('no-features', `no column is left as a feature of "${spec.target}"; drop fewer columns`, { dropped: spec.drop.slice(0, 200) });
