// For each left row the right row that was known at its time: of those with its keys, the latest that is not later.
// A value from the future is never taken: how many rows would have had one, had it been allowed, is counted.
// After point-in-time joins of feature stores (Feast). Equal times: the last of the right table. The right time comes along,
// so that everyone can see how old a value is.
import { getBit } from '../../base/bits.ts';
import { BarnacleError } from '../../base/errors.ts';
import { getColumn, makeTable } from '../build.ts';
import type { Column, Rows, Table, TimeColumn } from '../table.ts';
import { checkSize, suffixed, type JoinKeys } from './join.ts';
import { rowsById } from './row-ids.ts';
import { sharedIds } from './shared-ids.ts';
import { sortRows } from './sort.ts';
import { takeOrMissing } from './take-or-missing.ts';

/**
 * `refused`: left rows whose nearest right row in time lies in their future. `onlyFuture`: those of them that have nothing
 * earlier and so no value. `tooOld`: left rows whose latest earlier row is older than the tolerance.
 */
export type AsOfJoined = { table: Table; right: Rows; matched: number; refused: number; onlyFuture: number; tooOld: number; sources: { [column: string]: readonly string[] } };

/** `tolerance` in milliseconds, Infinity = any age. Throws missing-column, bad-param, too-large. */
export function asOfJoin(left: Table, right: Table, time: { left: string; right: string }, keys: JoinKeys, tolerance: number, suffix: string): AsOfJoined {
  const leftTime = timeColumn(left, time.left);
  const rightTime = timeColumn(right, time.right);
  const carried = right.columns.filter(({ name }) => !keys.right.includes(name));
  checkSize(left.rows, left.columns.length + carried.length);
  const ids = sharedIds(keys.left.map((name) => getColumn(left, name)), keys.right.map((name) => getColumn(right, name)), left.rows, right.rows);
  const order = sortRows(right, [rightTime]);
  const idsInTime = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) idsInTime[k] = rightTime.missing && getBit(rightTime.missing, order[k]) ? -1 : ids.right[order[k]];
  const { starts, rows } = rowsById({ ids: idsInTime, count: ids.count });
  const times = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) times[k] = rightTime.values[order[rows[k]]];

  const matches = new Int32Array(left.rows).fill(-1);
  let [matched, refused, onlyFuture, tooOld] = [0, 0, 0, 0];
  for (let i = 0; i < left.rows; i++) {
    const id = ids.left[i];
    if (id < 0 || (leftTime.missing && getBit(leftTime.missing, i)) || starts[id] === starts[id + 1]) continue;
    const at = leftTime.values[i];
    const behind = firstAfter(times, starts[id], starts[id + 1], at);
    const age = behind > starts[id] ? at - times[behind - 1] : Infinity;
    const ahead = behind < starts[id + 1] ? times[behind] - at : Infinity;
    if (ahead < age) refused++;
    if (age === Infinity) onlyFuture++;
    else if (age > tolerance) tooOld++;
    else {
      matches[i] = order[rows[behind - 1]];
      matched++;
    }
  }
  const names = suffixed(left, carried, suffix);
  const theirs = carried.map((column: Column, k) => ({ ...takeOrMissing(column, matches), name: names[k] }));
  return { table: makeTable([...left.columns, ...theirs], left.rows), right: matches, matched, refused, onlyFuture, tooOld, sources: Object.fromEntries(names.map((name) => [name, [time.left, ...keys.left]])) };
}

/** The first index in [from, to) whose time is after `at`; `to` when there is none. */
function firstAfter(times: Float64Array, from: number, to: number, at: number): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (times[middle] <= at) from = middle + 1;
    else to = middle;
  }
  return from;
}

function timeColumn(table: Table, name: string): TimeColumn {
  const column = getColumn(table, name);
  if (column.kind !== 'time') throw new BarnacleError('bad-param', `column "${name}" is of kind ${column.kind}; expected a time, retype it first`, { path: 'time', value: name, expected: 'a column of kind time' });
  return column;
}
