// Another table of the project below this one, columns by name.
import { stackTables } from '../../table/verbs/stack.ts';
import { findColumn } from '../../table/build.ts';
import { defineCleaner } from '../clean.ts';
import { noteOf } from '../each-column.ts';
import { otherTable } from '../other-table.ts';

export const stack = defineCleaner<{ table: string }>({
  type: 'stack',
  label: 'Stack a table',
  help: 'Puts the rows of another table of the project below this one, columns by name; what one lacks is missing there.',
  scope: 'shape',
  takes: [],
  arity: { fewest: 0, most: 0 },
  params: { table: { kind: 'text', label: 'Table', help: 'The other table.', fallback: '', maxLength: 100 } },
  apply(table, _columns, { table: id }, context) {
    const below = otherTable(context, id, 'stack');
    const { table: stacked, mixed } = stackTables(table, below);
    const added = below.columns.filter(({ name }) => !findColumn(table, name)).map(({ name }) => name);
    const lacked = table.columns.filter(({ name }) => !findColumn(below, name));
    const notes = [
      ...mixed.map((name) => noteOf('mixed-kinds', `"${name}" is of another kind in the stacked table; both are read as ${findColumn(stacked, name)!.kind}`, name, null)),
      ...lacked.slice(0, 20).map(({ name }) => noteOf('lacking', `the stacked table has no "${name}"; it is missing in its ${below.rows} rows`, name, below.rows)),
    ];
    return { table: stacked, rows: null, changed: 0, notes, sources: Object.fromEntries(added.map((name) => [name, []])) };
  },
  describe: () => 'The rows of another table below this one',
});
