// A column computed from others by an expression; under a name that is there already, it takes that column's place.
import { findColumn } from '../../table/build.ts';
import { evaluate } from '../../table/expression/evaluate.ts';
import { columnsRead } from '../../table/expression/expression.ts';
import { parseExpression } from '../../table/expression/parse-expression.ts';
import { putColumns } from '../../table/take.ts';
import { countChanged } from '../changes.ts';
import { defineCleaner } from '../clean.ts';
import { freeName } from '../free-name.ts';

export const compute = defineCleaner<{ name: string; expression: string }>({
  type: 'compute',
  label: 'Compute column',
  help: 'Computes a column from others, row by row: age * 2, if(city is missing, "none", lower(city)).',
  scope: 'row',
  takes: [],
  arity: { fewest: 0, most: 0 },
  params: {
    name: { kind: 'text', label: 'Column', help: 'A new name, or that of a column to replace.', fallback: 'computed', maxLength: 1000 },
    expression: { kind: 'text', label: 'Expression', help: 'Columns by name ([in brackets] when they hold blanks), numbers, "text" and functions.', fallback: '', maxLength: 10_000 },
  },
  apply(table, _columns, { name, expression }) {
    const parsed = parseExpression(expression);
    const before = findColumn(table, name);
    freeName(table, name, [name]);
    const made = evaluate(parsed, table, name);
    return { table: putColumns(table, [made]), rows: null, changed: before ? countChanged(before, made) : 0, notes: [], sources: { [name]: columnsRead(parsed) } };
  },
  describe: (_columns, { name, expression }) => `${name} = ${expression.length > 200 ? `${expression.slice(0, 200)}...` : expression}`,
});
