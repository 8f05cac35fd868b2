// Several columns into one text, in the order named; missing cells are left out, and where all are missing it is missing.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import { getColumn } from '../../table/build.ts';
import { makeTextBuilder } from '../../table/text-builder.ts';
import { categoryOfTexts, textsOfColumn } from '../../table/texts.ts';
import type { Column, Table } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { freeName, putBeside } from '../free-name.ts';
import { columnWords } from '../words.ts';

export const joinColumns = defineCleaner<{ separator: string; name: string; keep: boolean }>({
  type: 'join-columns',
  label: 'Join columns',
  help: 'Writes several columns into one, with a mark between them; missing cells are left out.',
  scope: 'row',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 2, most: 0 },
  params: {
    separator: { kind: 'text', label: 'Between', help: 'What stands between two parts.', fallback: ' ', maxLength: 1000 },
    name: { kind: 'text', label: 'New column', help: 'A name that no other column has.', fallback: 'joined', maxLength: 1000 },
    keep: { kind: 'flag', label: 'Keep the columns', help: 'The joined columns stay beside the new one.', fallback: false },
  },
  apply(table, columns, { separator, name, keep }) {
    freeName(table, name, keep ? [] : columns);
    return { table: putBeside(table, columns, [joined(table, columns, separator, name)], keep), rows: null, changed: 0, notes: [], sources: { [name]: [...columns] } };
  },
  describe: (columns, { separator, name }) => `${columnWords(columns)} joined as ${name} with "${separator}" between`,
});

function joined(table: Table, names: readonly string[], separator: string, name: string): Column {
  const columns = names.map((n) => getColumn(table, n));
  const parts = columns.map(textsOfColumn);
  const cell = (row: number): string | null => {
    let text: string | null = null;
    for (const { codes, levels, missing } of parts) {
      if (missing && getBit(missing, row)) continue;
      text = text === null ? levels[codes[row]] : text + separator + levels[codes[row]];
    }
    return text;
  };
  if (columns.some((column) => column.kind === 'text')) {
    const builder = makeTextBuilder(table.rows);
    for (let i = 0; i < table.rows; i++) builder.push(cell(i));
    return builder.build(name);
  }
  const codes = new Int32Array(table.rows);
  const index = new Map<string, number>();
  let missing: Bits | null = null;
  for (let i = 0; i < table.rows; i++) {
    const text = cell(i);
    if (text === null) setBit((missing ??= makeBits(table.rows)), i);
    else {
      if (!index.has(text)) index.set(text, index.size);
      codes[i] = index.get(text)!;
    }
  }
  return categoryOfTexts(name, { codes, levels: [...index.keys()], missing });
}
