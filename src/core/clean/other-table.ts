// The table that a join or a stack names, and its keys.
import { BarnacleError } from '../base/errors.ts';
import type { Table } from '../table/table.ts';
import type { CleanContext } from './clean.ts';
import { barList } from './words.ts';

/** Throws bad-param when none is named, not-found when it is not there. */
export function otherTable(context: CleanContext, id: string, step: string): Table {
  if (id === '') throw new BarnacleError('bad-param', `${step}.table is empty; expected a table of the project`, { path: `${step}.table`, value: '', expected: 'a table of the project' });
  const table = context.table(id);
  if (!table) throw new BarnacleError('not-found', `table ${id.slice(0, 40)} is not in the project; add it, or take this step out`, { what: 'table', id });
  return table;
}

/** Right keys for left ones, in pairs; an empty text = the same names. Throws bad-param when they do not pair. */
export function rightKeys(text: string, left: readonly string[], path: string): string[] {
  const names = text.trim() === '' ? [...left] : barList(text).map((name) => name.trim());
  if (names.length !== left.length) throw new BarnacleError('bad-param', `${path} names ${names.length} columns; expected ${left.length}, one for each of ${left.join(', ')}`, { path, value: text.slice(0, 200), expected: `${left.length} columns` });
  return names;
}
