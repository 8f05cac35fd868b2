// Everything a fit needs from a table, without a learner: split, fitted recipe, matrices, contract, baseline, samples.
// Shared by all runs of equal data, recipe, split and seed (`prepareKey`), so a door keeps it and trains many learners.
// Only training rows teach; validation and test rows are applied to.
import { BarnacleError } from '../base/errors.ts';
import { hashJson } from '../base/hash.ts';
import type { Hash } from '../base/json.ts';
import type { WorkContext } from '../base/task.ts';
import type { Contract } from '../contract/contract.ts';
import { alone, type CleanContext, type CleanSpec } from '../clean/clean.ts';
import { inferContract } from '../contract/infer-contract.ts';
import type { Model } from '../models/model.ts';
import type { Profile } from '../profile/profile.ts';
import { profileTable } from '../profile/profile-table.ts';
import { applyRecipe } from '../recipe/apply-recipe.ts';
import { fitMatrix } from '../recipe/fit-recipe.ts';
import { classesOf, readTarget, rowsWithTarget } from '../recipe/read-target.ts';
import type { FittedRecipe } from '../recipe/spec.ts';
import { badSplit } from '../split/bad-split.ts';
import { splitRows } from '../split/split-rows.ts';
import type { Split } from '../split/split.ts';
import { tornGroups } from '../split/torn-groups.ts';
import { getColumn } from '../table/build.ts';
import type { Matrix } from '../table/matrix.ts';
import { selectColumns, takeRows } from '../table/take.ts';
import type { Rows, Table } from '../table/table.ts';
import { cleanData } from './clean-data.ts';
import { goldenRows, type RawRow } from './golden-rows.ts';
import type { RunSpec } from './run-spec.ts';

export interface Prepared {
  /** Indices into the table that was given. */
  readonly split: Split;
  readonly recipe: FittedRecipe;
  readonly train: Matrix;
  /** Null when the split keeps no validation rows. */
  readonly valid: Matrix | null;
  readonly test: Matrix;
  readonly contract: Contract;
  readonly baseline: Profile;
  readonly golden: readonly RawRow[];
  /** Cleaning steps that serving repeats on every row; null when there are none. */
  readonly served: CleanSpec | null;
}

/** The key under which a Prepared may be kept: the learner and the metrics do not matter to it. */
export const prepareKey = ({ data, clean, contract, recipe, split, seed, from }: RunSpec): Hash => hashJson({ data, clean: clean ?? null, contract: contract ?? null, recipe, split, seed, ...(from ? { from } : {}) });

/** A fitted model that a fit goes on from, with the recipe that makes its features: on other rows it stays as it was fitted. */
export type Forerunner = { readonly model: Model; readonly recipe: FittedRecipe };

/** `read` is the dataset as it was read; `from` brings its fitted recipe. Throws bad-target, bad-split, no-rows, no-features and what the steps throw. */
export async function prepare(spec: RunSpec, read: Table, context: WorkContext, tables: CleanContext = alone, from: Forerunner | null = null): Promise<Prepared> {
  const say = (done: number, text: string) => context.report({ stage: 'prepare', done, text });
  say(0, spec.clean ? 'cleaning' : 'splitting rows');
  const data = cleanData(spec, read, tables);
  const { table } = data;
  await context.breathe();
  const split = splitTable(spec, table);
  if (!split.train.length || !split.test.length) throw new BarnacleError('no-rows', `the split leaves ${split.train.length} rows to train and ${split.test.length} to test; give each at least one`, { what: split.train.length ? 'test' : 'train' });
  await context.breathe();

  say(0.15, 'fitting the recipe on training rows');
  const trainTable = takeRows(table, split.train);
  const { fitted: recipe, matrix: train } = from ? refitted(spec, from.recipe, trainTable) : fitMatrix(spec.recipe, trainTable, { seed: spec.seed, classes: classesOf(spec.recipe, table) ?? undefined });
  if (!train.features.length) throw new BarnacleError('no-features', 'the recipe leaves no feature; keep at least one column', { dropped: [...spec.recipe.drop] });
  await context.breathe();

  say(0.6, 'encoding validation and test rows');
  const encode = (rows: Rows) => applyRecipe(recipe, takeRows(table, rows), { training: false, seed: spec.seed, withTarget: true });
  const valid = split.valid.length ? encode(split.valid) : null;
  const test = encode(split.test);
  await context.breathe();

  say(0.8, 'profiling training rows');
  const inputs = recipe.input.map((field) => field.name);
  const given = data.inputsOf(inputs);
  const back = (rows: Rows): Rows => (data.origin ? rows.map((row) => data.origin![row]) : rows);
  const trainStart = data.start === table ? trainTable : takeRows(selectColumns(data.start, given), back(split.train));
  const contract = editedContract(inferContract(trainStart, given), spec.contract);
  const baseline = await profileTable(selectColumns(trainTable, inputs), { ...context, report: () => {} });
  say(1, 'ready to train');
  return { split, recipe, train, valid, test, contract, baseline, golden: goldenRows(selectColumns(data.start, given), back(split.test)), served: data.served };

}

/** The recipe as it was fitted before, applied to these training rows. Throws bad-target when it predicts something else. */
function refitted(spec: RunSpec, fitted: FittedRecipe, table: Table): { fitted: FittedRecipe; matrix: Matrix } {
  if (hashJson(fitted.spec) !== hashJson(spec.recipe)) throw new BarnacleError('bad-target', `the model that the fit goes on from predicts "${fitted.spec.target}" with another recipe; use its own`, { column: spec.recipe.target, reason: 'the recipe is not that of the model to go on from' });
  return { fitted, matrix: applyRecipe(fitted, table, { training: true, seed: spec.seed, withTarget: true }) };
}

/** The person's rules where there are some, the inferred ones for the other columns that serving is given, and for those that cleaning makes another kind of: the rules are about the cleaned ones. */
function editedContract(inferred: Contract, edited: Contract | undefined): Contract {
  if (!edited) return inferred;
  const own = new Map(edited.columns.map((column) => [column.name, column]));
  return { ...edited, columns: inferred.columns.map((column) => (own.get(column.name)?.kind === column.kind ? own.get(column.name)! : column)) };
}

/** The parts of the rows that carry a target, as indices into `table`. */
export function splitTable(spec: Pick<RunSpec, 'recipe' | 'split' | 'seed'>, table: Table): Split {
  const usable = rowsWithTarget(table, spec.recipe);
  if (!table.rows) throw new BarnacleError('no-rows', 'the table has column names and no rows; there is nothing to learn from', { what: 'table' });
  if (usable?.length === 0) throw new BarnacleError('bad-target', `target "${spec.recipe.target}" has no value in any of ${table.rows} rows; choose another target`, { column: spec.recipe.target, reason: 'no value' });
  if (!usable) return wholeGroups(spec, table, splitRows(table, spec.split, readTarget(spec.recipe, table), spec.seed));
  const kept = takeRows(table, usable);
  const inner = wholeGroups(spec, kept, splitRows(kept, spec.split, readTarget(spec.recipe, kept), spec.seed));
  const back = (rows: Rows) => rows.map((row) => usable[row]);
  return { train: back(inner.train), valid: back(inner.valid), test: back(inner.test) };
}

/** The split, unless it tears the recipe's groups apart: a query that is learned from must not be tested on. */
function wholeGroups({ recipe }: Pick<RunSpec, 'recipe'>, table: Table, split: Split): Split {
  if (recipe.group === undefined) return split;
  const torn = tornGroups(getColumn(table, recipe.group), split);
  if (torn > 0) throw badSplit(`tears ${torn} groups of "${recipe.group}" apart; split by group with the column "${recipe.group}"`);
  return split;
}
