// Divides the rows of a table into train, valid and test, as the SplitSpec declares; every row lands in exactly one part.
// Pure in (table, spec, target, seed). Parts are ascending row indices. Test is cut first, valid from what is left.
// Throws bad-split when a part that was asked for would be empty, missing-column when the column is not there.
import { badSplit } from './bad-split.ts';
import { sequence, shuffle } from '../base/random.ts';
import { getColumn } from '../table/build.ts';
import type { Target } from '../table/matrix.ts';
import type { Rows, Table } from '../table/table.ts';
import { groupRows } from './group-rows.ts';
import type { Split, SplitSpec } from './split.ts';
import { strataOf } from './strata-of.ts';
import { timeParts } from './time-parts.ts';

/** 0 = train, 1 = valid, 2 = test for each row. */
export type Parts = Uint8Array;

export function splitRows(table: Table, spec: SplitSpec, target: Target | null, seed: number): Split {
  checkSpec(spec, table.rows);
  const parts = partsOf(table, spec, target, seed);
  const counts = [0, 0, 0];
  for (let i = 0; i < parts.length; i++) counts[parts[i]]++;
  const [train, valid, test] = counts.map((count) => new Int32Array(count)) as [Rows, Rows, Rows];
  const rows = [train, valid, test];
  const next = [0, 0, 0];
  for (let i = 0; i < parts.length; i++) rows[parts[i]][next[parts[i]]++] = i;
  if (!train.length || !test.length || (spec.valid > 0 && !valid.length)) {
    throw badSplit(`leaves ${train.length} rows to train, ${valid.length} to validate and ${test.length} to test; give it more rows or other shares`);
  }
  return { train, valid, test };
}

function partsOf(table: Table, spec: SplitSpec, target: Target | null, seed: number): Parts {
  if (spec.kind === 'random') return drawParts(new Int32Array(table.rows), 1, spec, seed);
  if (spec.kind === 'stratified') {
    if (!target) throw badSplit('by strata needs a target; choose another way to split');
    const { strata, count } = strataOf(target);
    return drawParts(strata, count, spec, seed);
  }
  const column = getColumn(table, spec.column ?? '');
  return spec.kind === 'time' ? timeParts(column, spec) : groupRows(column, spec, seed);
}

/**
 * Draws from each stratum its share: sizes by largest remainder, so the parts have the asked-for size over all, and every
 * stratum of two rows or more is in test and in train (of three or more, in valid as well); a single row trains.
 */
function drawParts(strata: Int32Array, count: number, spec: SplitSpec, seed: number): Parts {
  const rows = strata.length;
  const sizes = new Int32Array(count);
  for (let i = 0; i < rows; i++) sizes[strata[i]]++;
  const test = share(sizes, Math.round(rows * spec.test), 1);
  const rest = sizes.map((size, s) => size - test[s]);
  const valid = spec.valid > 0 ? share(rest, Math.round((rows - sum(test)) * spec.valid), 1) : new Int32Array(count);
  const order = new Int32Array(rows);
  for (let i = 0; i < rows; i++) order[i] = i;
  shuffle(order, sequence(seed, 'split'));
  const parts = new Uint8Array(rows);
  for (let k = 0; k < rows; k++) {
    const row = order[k];
    const s = strata[row];
    if (test[s] > 0) { test[s]--; parts[row] = 2; }
    else if (valid[s] > 0) { valid[s]--; parts[row] = 1; }
  }
  return parts;
}

/** How many of each stratum to take so that about `wanted` are taken over all, leaving `spare` in each that has more. */
function share(sizes: Int32Array, wanted: number, spare: number): Int32Array {
  const total = sum(sizes);
  const exact = Array.from(sizes, (size) => (total ? (size * wanted) / total : 0));
  const taken = Int32Array.from(exact, Math.floor);
  const byRemainder = exact.map((_, s) => s).sort((a, b) => exact[b] - taken[b] - (exact[a] - taken[a]) || a - b);
  let left = wanted - sum(taken);
  for (const s of byRemainder) if (left > 0) { taken[s]++; left--; }
  return taken.map((n, s) => Math.min(Math.max(n, 1), Math.max(0, sizes[s] - spare)));
}

const sum = (values: Int32Array): number => values.reduce((a, b) => a + b, 0);

function checkSpec(spec: SplitSpec, rows: number): void {
  if (!(spec.test > 0 && spec.test <= 0.9)) throw badSplit(`takes ${spec.test} of the rows for test; the share must be in (0, 0.9]`);
  if (!(spec.valid >= 0 && spec.valid <= 0.5)) throw badSplit(`takes ${spec.valid} of the rest for validation; the share must be in [0, 0.5]`);
  if ((spec.kind === 'time' || spec.kind === 'group') && spec.column === null) throw badSplit(`by ${spec.kind} names no column; choose one`);
  const needed = spec.valid > 0 ? 3 : 2;
  if (rows < needed) throw badSplit(`has ${rows} rows to divide; it needs at least ${needed}`);
}

