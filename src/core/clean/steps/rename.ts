// One column under another name; its place and cells stay.
import { defineCleaner } from '../clean.ts';
import { freeName } from '../free-name.ts';

export const rename = defineCleaner<{ name: string }>({
  type: 'rename',
  label: 'Rename',
  help: 'Gives a column another name; steps behind this one know it by the new name.',
  scope: 'row',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 1 },
  params: { name: { kind: 'text', label: 'New name', help: 'A name that no other column has.', fallback: '', maxLength: 1000 } },
  apply(table, [from], { name }) {
    if (name === from) return { table, rows: null, changed: 0, notes: [], sources: {} };
    freeName(table, name);
    return { table: { rows: table.rows, columns: table.columns.map((c) => (c.name === from ? { ...c, name } : c)) }, rows: null, changed: 0, notes: [], sources: { [name]: [from] } };
  },
  describe: ([from], { name }) => `${from} is called ${name}`,
});
