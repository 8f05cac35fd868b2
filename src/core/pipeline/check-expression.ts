// An expression as it is being typed: whether it can be read against this table, what kind it gives, its first values, and
// what may stand at the caret. Nothing throws: an unfinished expression is the ordinary case.
import { isBarnacleError } from '../base/errors.ts';
import { completeExpression, evaluate, parseExpression, typeOf } from '../table/expression/index.ts';
import { cellText } from '../table/cell.ts';
import { takeRows } from '../table/take.ts';
import type { Kind, Table } from '../table/table.ts';

export type ExpressionCheck = { ok: boolean; kind: Kind | null; error: string | null; at: number | null; suggestions: { text: string; detail: string; kind: 'column' | 'function' | 'operator' | 'keyword' }[]; sample: (string | null)[] };

const sampled = 5;

export function checkExpression(table: Table, text: string, caret: number): ExpressionCheck {
  const schema = table.columns.map(({ name, kind }) => ({ name, kind }));
  const suggestions = completeExpression(text, caret, schema);
  if (text.trim() === '') return { ok: false, kind: null, error: null, at: null, suggestions, sample: [] };
  try {
    const expression = parseExpression(text);
    const kind = typeOf(expression, schema);
    const first = takeRows(table, Int32Array.from({ length: Math.min(sampled, table.rows) }, (_, i) => i));
    const values = evaluate(expression, first, 'value');
    return { ok: true, kind, error: null, at: null, suggestions, sample: Array.from({ length: first.rows }, (_, i) => cellText(values, i)) };
  } catch (error) {
    if (!isBarnacleError(error)) throw error;
    const at = (error.details as { at?: unknown }).at;
    return { ok: false, kind: null, error: error.message, at: typeof at === 'number' ? at : null, suggestions, sample: [] };
  }
}
