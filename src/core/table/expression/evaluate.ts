// An expression over a table -> a column of its rows. Cells that are missing or not finite are missing.
import { columnRows, getColumn, makeBoolean, makeNumber, makeTime } from '../build.ts';
import { makeTextBuilder } from '../text-builder.ts';
import { categoryOfTexts, unitOfTimes } from '../texts.ts';
import type { Column, Table } from '../table.ts';
import type { Expression } from './expression.ts';
import { compiledOver } from './type-of.ts';
import { bitsOf, textAt, type BooleanValues, type NumberValues, type TextValues, type Values } from './values.ts';

/** Throws bad-expression, missing-column; never because of a row's values. */
export function evaluate(expression: Expression, table: Table, name: string): Column {
  const { compiled, kind } = compiledOver(expression, table.columns);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  if (expression.node === 'column') return { ...getColumn(table, expression.name), name };
  const values = compiled.run({ rows: table.rows, column: (wanted) => byName.get(wanted)! });
  return columnFrom(values, kind === 'text', name);
}

function columnFrom(values: Values, isText: boolean, name: string): Column {
  if (values.type === 'text') return isText ? textFrom(values, name) : categoryOfTexts(name, { codes: values.codes, levels: values.levels, missing: bitsOf(values.missing) });
  const missing = bitsOf(values.missing);
  if (values.type === 'boolean') return makeBoolean(name, cleared(values.values, values.missing), missing);
  const { numbers, mask } = finite(values as NumberValues);
  return values.type === 'time' ? makeTime(name, numbers, unitOfTimes(numbers, bitsOf(mask)), bitsOf(mask)) : makeNumber(name, numbers, bitsOf(mask));
}

function cleared(values: BooleanValues['values'], missing: Uint8Array | null): Uint8Array {
  return missing ? values.map((value, i) => (missing[i] ? 0 : value)) : values;
}

function finite({ values, missing }: NumberValues): { numbers: Float64Array; mask: Uint8Array | null } {
  let mask = missing;
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (missing?.[i]) continue;
    if (Number.isFinite(values[i])) numbers[i] = values[i] + 0;
    else {
      if (mask === missing) mask = missing ? missing.slice() : new Uint8Array(values.length);
      mask![i] = 1;
    }
  }
  return { numbers, mask };
}

function textFrom(values: TextValues, name: string): Column {
  const rows = values.codes.length;
  const builder = makeTextBuilder(rows);
  for (let i = 0; i < rows; i++) builder.push(values.missing?.[i] ? null : textAt(values, i));
  return builder.build(name);
}

/** Rows where a yes/no expression holds, as one byte each, and how many rows are not known (missing). */
export function holdsIn(expression: Expression, table: Table): { holds: Uint8Array; unknown: number } {
  const column = evaluate(expression, table, 'holds') as Extract<Column, { kind: 'boolean' }>;
  let unknown = 0;
  if (column.missing) for (let i = 0; i < columnRows(column); i++) if (column.missing[i >> 3] & (1 << (i & 7))) unknown++;
  return { holds: column.values, unknown };
}
