// Rows for which an expression holds, or all the others; where it is missing it does not hold.
import { BarnacleError } from '../../base/errors.ts';
import { holdsIn } from '../../table/expression/evaluate.ts';
import { parseExpression } from '../../table/expression/parse-expression.ts';
import { typeOf } from '../../table/expression/type-of.ts';
import { rowsWhere } from '../../table/verbs/filter.ts';
import { defineCleaner } from '../clean.ts';
import { noteOf } from '../each-column.ts';
import { keptRows } from '../kept-rows.ts';

export const filter = defineCleaner<{ expression: string; keep: 'matching' | 'others' }>({
  type: 'filter',
  label: 'Filter rows',
  help: 'Keeps the rows for which an expression holds, or all the others; where it is missing it does not hold.',
  scope: 'data',
  takes: [],
  arity: { fewest: 0, most: 0 },
  params: {
    expression: { kind: 'text', label: 'Rows where', help: 'A comparison: age >= 18 and city in ("Ulm", "Bonn").', fallback: '', maxLength: 10_000 },
    keep: { kind: 'choice', label: 'Keep', help: 'These rows, or all but these.', fallback: 'matching', choices: [{ value: 'matching', label: 'These rows' }, { value: 'others', label: 'The others' }] },
  },
  apply(table, _columns, { expression, keep }) {
    const parsed = parseExpression(expression);
    const kind = typeOf(parsed, table.columns.map(({ name, kind }) => ({ name, kind })));
    if (kind !== 'boolean') throw new BarnacleError('bad-expression', `expression gives ${kind === 'number' ? 'a number' : `a ${kind}`}, a filter needs yes or no; compare it with something (x > 0)`, { at: 0, reason: `it gives a ${kind}; a filter needs yes or no` });
    const { holds, unknown } = holdsIn(parsed, table);
    const notes = unknown ? [noteOf('unknown', `in ${unknown} ${unknown === 1 ? 'row' : 'rows'} the expression is missing; they count as rows where it does not hold`, null, unknown)] : [];
    return { ...keptRows(table, rowsWhere(holds, keep === 'matching')), notes };
  },
  describe: (_columns, { expression, keep }) => `Rows where ${expression || 'an expression holds'} ${keep === 'matching' ? 'are kept' : 'go'}`,
});
