// What is to be predicted: the target column of a table as class codes or values, as the recipe's spec declares it.
// Classes are sorted by code unit; for binary the positive class is last. A claim "target > above" makes two classes.
// Rows without a target are kept out before the split (rowsWithTarget); here they are an error, never a silent class.
import { getBit } from '../base/bits.ts';
import { BarnacleError } from '../base/errors.ts';
import { getColumn } from '../table/build.ts';
import type { Target } from '../table/matrix.ts';
import { selectColumns, takeRows } from '../table/take.ts';
import type { Column, Rows, Table } from '../table/table.ts';
import { asCategory } from './as-kind.ts';
import { countLevels } from './levels.ts';
import type { RecipeSpec } from './spec.ts';

type TargetSpec = Pick<RecipeSpec, 'task' | 'target' | 'above' | 'positive'>;
const MAX_CLASSES = 1000;

/** The rows whose target is present (for numbers: finite); null = all of them. Throws missing-column. */
export function rowsWithTarget(table: Table, spec: Pick<RecipeSpec, 'target'>): Rows | null {
  const column = getColumn(table, spec.target);
  const present = new Int32Array(table.rows);
  let n = 0;
  for (let i = 0; i < table.rows; i++) if (!lacks(column, i)) present[n++] = i;
  return n === table.rows ? null : present.slice(0, n);
}

/**
 * The target of every row. `classes` fixes the classes (those of the fitted recipe); left out, they are read from the table.
 * Throws bad-target: a missing cell, a kind that the task cannot use, one class, or a class that `classes` lacks.
 */
export function readTarget(spec: TargetSpec, table: Table, classes: readonly string[] | null = null): Target {
  const column = getColumn(table, spec.target);
  for (let i = 0; i < table.rows; i++) if (lacks(column, i)) throw bad(spec, `has no value in row ${i}; leave such rows out before splitting`);
  if (spec.task === 'regression') return { kind: 'value', values: readValues(spec, column) };
  if (spec.above !== null) return readClaim(spec, column, classes);
  return readClasses(spec, column, classes);
}

/**
 * The classes of all rows that have a target, in order; null for regression. For fitRecipe's `classes`: a split by time may
 * leave a rare class to later rows only, and naming it beforehand lets them be scored. Throws bad-target.
 */
export function classesOf(spec: TargetSpec, table: Table): readonly string[] | null {
  if (spec.task === 'regression') return null;
  const alone = selectColumns(table, [spec.target]);
  const rows = rowsWithTarget(alone, spec);
  const target = readTarget(spec, rows ? takeRows(alone, rows) : alone);
  return target.kind === 'class' ? target.classes : null;
}

function readClasses(spec: TargetSpec, column: Column, given: readonly string[] | null): Target {
  const category = asCategory(column);
  const { counts } = countLevels(category);
  const seen = category.levels.filter((_, code) => counts[code] > 0).sort();
  const classes = given ?? orderClasses(spec, seen, category.codes.length);
  const index = new Map(classes.map((name, k) => [name, k]));
  const stranger = seen.find((name) => !index.has(name));
  if (stranger !== undefined) throw bad(spec, `has the class "${stranger}" that no training row has; split by stratified or leave its rows out`);
  const map = Int32Array.from(category.levels, (level) => index.get(level) ?? 0);
  const codes = new Int32Array(category.codes.length);
  for (let i = 0; i < codes.length; i++) codes[i] = map[category.codes[i]];
  return { kind: 'class', classes, codes };
}

function orderClasses(spec: TargetSpec, seen: string[], rows: number): string[] {
  if (seen.length < 2) throw bad(spec, `has ${seen.length === 1 ? `one class, "${seen[0]}"` : 'no value'}; a classifier needs at least two`);
  if (spec.task === 'binary' && seen.length !== 2) throw bad(spec, `has ${seen.length} classes; choose multiclass, or a claim about one value`);
  if (seen.length > MAX_CLASSES || (seen.length > 20 && seen.length > rows / 2)) throw bad(spec, `has ${seen.length} classes in ${rows} rows; choose regression or another target`);
  return putPositiveLast(spec, seen);
}

function putPositiveLast(spec: TargetSpec, classes: string[]): string[] {
  if (spec.task !== 'binary' || spec.positive === null) return classes;
  if (!classes.includes(spec.positive)) throw bad(spec, `has no class "${spec.positive}"; the positive class must be one of ${classes.join(', ')}`);
  return [...classes.filter((name) => name !== spec.positive), spec.positive];
}

function readClaim(spec: TargetSpec, column: Column, given: readonly string[] | null): Target {
  if (spec.task !== 'binary') throw bad(spec, `is read as a claim (> ${spec.above}), which makes two classes; choose the binary task`);
  if (column.kind !== 'number') throw bad(spec, `is of kind ${column.kind}; a claim (> ${spec.above}) needs numbers`);
  const names = [`<= ${spec.above}`, `> ${spec.above}`];
  const classes = given ?? putPositiveLast(spec, names);
  const low = classes.indexOf(names[0]);
  const high = classes.indexOf(names[1]);
  if (low < 0 || high < 0) throw bad(spec, `is read as ${names.join(' and ')}, but the recipe was fitted with ${classes.join(' and ')}`);
  const { values } = column;
  const bound = spec.above!;
  const codes = new Int32Array(values.length);
  const seen = [0, 0];
  for (let i = 0; i < codes.length; i++) seen[(codes[i] = values[i] > bound ? high : low)]++;
  if (!given && (seen[0] === 0 || seen[1] === 0)) throw bad(spec, `has one class, all rows are ${seen[high] ? names[1] : names[0]}; choose another bound`);
  return { kind: 'class', classes, codes };
}

function readValues(spec: TargetSpec, column: Column): Float64Array {
  if (column.kind !== 'number' && column.kind !== 'boolean') throw bad(spec, `is of kind ${column.kind}; regression needs numbers`);
  return Float64Array.from(column.values);
}

const lacks = (column: Column, row: number): boolean =>
  (column.missing !== null && getBit(column.missing, row)) || (column.kind === 'number' && !Number.isFinite(column.values[row]));

function bad(spec: TargetSpec, reason: string): BarnacleError<'bad-target'> {
  return new BarnacleError('bad-target', `target "${spec.target}" ${reason}`, { column: spec.target, reason });
}
