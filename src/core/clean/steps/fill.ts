// Missing cells get one declared value, read as the column's kind. Nothing is learned: medians belong to the recipe.
import { getBit } from '../../base/bits.ts';
import { BarnacleError } from '../../base/errors.ts';
import { parseBoolean, parseNumber, parseTime } from '../../table/parse-cell.ts';
import { makeTextBuilder } from '../../table/text-builder.ts';
import { categoryOfTexts } from '../../table/texts.ts';
import type { Column, TextColumn } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn } from '../each-column.ts';
import { columnWords } from '../words.ts';

export const fill = defineCleaner<{ value: string }>({
  type: 'fill',
  label: 'Fill missing',
  help: 'Puts one value where none is; use it where the value is known, and let the recipe learn medians.',
  scope: 'row',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  each: true,
  params: { value: { kind: 'text', label: 'Value', help: 'Read as the column: a number, yes or no, a date as 2024-12-31, or text.', fallback: '0', maxLength: 10_000 } },
  apply: (table, columns, { value }) => eachColumn(table, columns, (column) => filled(column, value)),
  describe: (columns, { value }) => `"${value}" where ${columnWords(columns)} ${columns.length === 1 ? 'is' : 'are'} missing`,
});

function filled(column: Column, text: string): Column {
  const { missing } = column;
  if (!missing) return column;
  if (column.kind === 'text') return filledText(column, text);
  if (column.kind === 'category') {
    const codes = column.codes.slice();
    for (let i = 0; i < codes.length; i++) if (getBit(missing, i)) codes[i] = column.levels.length;
    return categoryOfTexts(column.name, { codes, levels: [...column.levels, text], missing: null });
  }
  const value = column.kind === 'number' ? parseNumber(text) : column.kind === 'time' ? parseTime(text) : parseBoolean(text);
  if (value === null) throw new BarnacleError('bad-param', `fill.value is ${JSON.stringify(text.slice(0, 60))}; expected a ${column.kind} for "${column.name}"`, { path: 'fill.value', value: text.slice(0, 200), expected: `a ${column.kind} for "${column.name}"` });
  if (column.kind === 'number') {
    const values = Float64Array.from(column.values);
    for (let i = 0; i < values.length; i++) if (getBit(missing, i)) values[i] = Number(value);
    return { ...column, values, missing: null };
  }
  const values = column.values.slice();
  for (let i = 0; i < values.length; i++) if (getBit(missing, i)) values[i] = Number(value);
  return { ...column, values, missing: null } as Column;
}

function filledText(column: TextColumn, text: string): Column {
  const rows = column.offsets.length - 1;
  const builder = makeTextBuilder(rows, column.bytes.length + 64);
  for (let i = 0; i < rows; i++) if (getBit(column.missing!, i)) builder.push(text); else builder.copy(column, i);
  return builder.build(column.name);
}
