// Table -> Profile: every column over all rows, relations on a seeded sample, duplicates, and what deserves a look.
// Pure but for progress; lets messages in between columns. A stop keeps the columns and leaves the relations out.
import { randomUnit, streamOf } from '../base/random.ts';
import type { WorkContext } from '../base/task.ts';
import { columnRows } from '../table/build.ts';
import type { Column, Rows, Table } from '../table/table.ts';
import { findAlerts, type Thresholds } from './alerts/find-alerts.ts';
import { duplicateRows } from './duplicate-rows.ts';
import { isIdentifier } from './is-identifier.ts';
import { pairsOf } from './pairs-of.ts';
import { profileColumn, type ColumnFacts } from './profile-column.ts';
import type { Profile } from './profile.ts';
import { sumsOf } from './sums-of.ts';

const SAMPLE_ROWS = 50_000;
/** Of a long table; a short one affords twice as many. */
const PAIRED_COLUMNS = 60;
const SHORT_ROWS = 10_000;
/** A target stands last as often as first. */
const LAST_COLUMNS = 5;

/** `thresholds`: those of alerts that the person changed; `silent`: alerts to leave out; `target`: what is to be predicted; `today`: ms since 1970. */
export type ProfileOptions = { thresholds?: Thresholds; silent?: readonly string[]; target?: string | null; today?: number | null };

/** `sampled` is the number of rows behind the pairs (and behind duplicates only in tables of more than 60 million cells). */
export async function profileTable(table: Table, context: WorkContext, options: ProfileOptions = {}): Promise<Profile> {
  const facts: ColumnFacts[] = [];
  for (let c = 0; c < table.columns.length; c++) {
    const column = table.columns[c];
    context.report({ stage: 'profile', done: c / (table.columns.length + 1), text: column.name });
    await context.breathe();
    facts.push(profileColumn(column));
  }
  await context.breathe();
  const sample = profileSample(table.rows);
  const duplicates = duplicateRows(table, sample);
  await context.breathe();
  return finishProfile({ rows: table.rows, facts, columns: table.columns, sample, duplicates }, context, options);
}

/** What is known of every column over all rows, and columns to relate on their `sample` rows, one for each of `facts`. */
export type ProfileParts = { rows: number; facts: readonly ColumnFacts[]; columns: readonly Column[]; sample: Rows; duplicates: { duplicates: number; rows: number } };

/** The relations, the alerts, and all of it as one record. */
export async function finishProfile({ rows, facts, columns, sample, duplicates }: ProfileParts, context: WorkContext, options: ProfileOptions = {}): Promise<Profile> {
  const pairable = pairableColumns(columns, facts);
  const paired = pairedOf(pairable, sample.length <= SHORT_ROWS ? 2 * PAIRED_COLUMNS : PAIRED_COLUMNS);
  const pairs = await pairsOf(paired, sample, context);
  const varied = new Set(facts.filter((f) => f.column.kind === 'number' && f.column.distinct > 2).map((f) => f.column.name));
  const sums = sumsOf(paired.flatMap((c) => (c.kind === 'number' && varied.has(c.name) ? [c] : [])), sample);
  await context.breathe();
  const held: Table = { rows: columns.length ? columnRows(columns[0]) : rows, columns };
  const alerts = findAlerts({ table: held, rows, columns: facts, sample, duplicates, pairs, sums, paired: paired.length, pairable: pairable.length, target: options.target ?? null, today: options.today ?? null }, options.thresholds, options.silent);
  context.report({ stage: 'profile', done: 1, text: 'done' });
  return { version: 1, rows, columns: facts.map((f) => f.column), duplicateRows: duplicates.duplicates, pairs, ...(sums.length ? { sums } : {}), sampled: sample.length, alerts };
}

function pairableColumns(columns: readonly Column[], facts: readonly ColumnFacts[]): Column[] {
  return columns.filter((column, c) => column.kind !== 'text' && facts[c].column.distinct > 1 && !isIdentifier(facts[c].column));
}

/** The first and, of more than `most`, the last columns. */
const pairedOf = (columns: readonly Column[], most: number): readonly Column[] =>
  columns.length <= most ? columns : [...columns.slice(0, most - LAST_COLUMNS), ...columns.slice(-LAST_COLUMNS)];

/** Every row, or one drawn from each of `most` equal stretches: spread over the table, distinct, ascending, always the same. */
export function profileSample(rows: number, most = SAMPLE_ROWS): Rows {
  if (rows <= most) return Int32Array.from({ length: rows }, (_, i) => i);
  const stream = streamOf('profile');
  return Int32Array.from({ length: most }, (_, k) => Math.floor(((k + randomUnit(1, stream, k)) * rows) / most));
}
