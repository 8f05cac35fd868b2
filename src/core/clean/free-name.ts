// Names of new columns: not empty, and not of a column that stays. Throws duplicate-column, bad-param.
import { BarnacleError } from '../base/errors.ts';
import { findColumn } from '../table/build.ts';
import type { Column, Table } from '../table/table.ts';

/** The name, when `table` (less the columns of `going`) has none like it. */
export function freeName(table: Table, name: string, going: readonly string[] = []): string {
  if (name.trim() === '') throw new BarnacleError('bad-param', 'the name of a new column is empty; expected a name', { path: 'name', value: name, expected: 'a name' });
  if (findColumn(table, name) && !going.includes(name)) throw new BarnacleError('duplicate-column', `column "${name}" is there already; choose another name`, { column: name });
  return name;
}

/** The names, each free and none twice. */
export function freeNames(table: Table, names: readonly string[], going: readonly string[] = []): readonly string[] {
  const seen = new Set<string>();
  for (const name of names) {
    freeName(table, name, going);
    if (seen.has(name)) throw new BarnacleError('duplicate-column', `column "${name}" is named twice; rename one`, { column: name });
    seen.add(name);
  }
  return names;
}

/** `columns` put behind the last column named in `beside`, which go when `keep` is false. */
export function putBeside(table: Table, beside: readonly string[], columns: readonly Column[], keep: boolean): Table {
  const last = table.columns.reduce((at, c, i) => (beside.includes(c.name) ? i : at), -1);
  const kept = (c: Column) => keep || !beside.includes(c.name);
  return { rows: table.rows, columns: [...table.columns.slice(0, last + 1).filter(kept), ...columns, ...table.columns.slice(last + 1).filter(kept)] };
}
