// Steps that treat each of their columns by itself, and those that rewrite text: what changed is counted here, once.
// In: a table, names, a function on one column. Out: Cleaned. What no cell needed is shared, not copied.
import { getBit } from '../base/bits.ts';
import type { Note } from '../base/task.ts';
import { getColumn } from '../table/build.ts';
import { makeTextBuilder } from '../table/text-builder.ts';
import { categoryOfTexts, textReader } from '../table/texts.ts';
import { putColumns } from '../table/take.ts';
import type { CategoryColumn, Column, Table, TextColumn } from '../table/table.ts';
import { countChanged } from './changes.ts';
import type { Cleaned } from './clean.ts';

/** Replaces each named column by what `change` makes of it; `note` collects what is worth saying. `sameText`: no cell reads otherwise than before. */
export function eachColumn(table: Table, names: readonly string[], change: (column: Column, note: (note: Note) => void) => Column, sameText = false): Cleaned {
  const notes: Note[] = [];
  let changed = 0;
  const made = names.map((name) => {
    const before = getColumn(table, name);
    const after = change(before, (note) => notes.push(note));
    if (!sameText) changed += countChanged(before, after);
    return after;
  });
  return { table: putColumns(table, made), rows: null, changed, notes, sources: {} };
}

/** The column with each text replaced by `map` of it; null = missing. Categories are mapped level by level. */
export function mapTexts(column: CategoryColumn | TextColumn, map: (text: string) => string | null): Column {
  return column.kind === 'category' ? mapLevels(column, map) : mapCells(column, map);
}

function mapLevels(column: CategoryColumn, map: (text: string) => string | null): CategoryColumn {
  const mapped = column.levels.map(map);
  if (mapped.every((level, code) => level === column.levels[code])) return column;
  const { missing } = withoutNull(column, mapped);
  return categoryOfTexts(column.name, { codes: column.codes, levels: mapped.map((level) => level ?? ''), missing });
}

/** The mask of a category column when the codes whose text became null are missing too. */
function withoutNull(column: CategoryColumn, mapped: readonly (string | null)[]): { missing: Uint8Array | null } {
  if (!mapped.includes(null)) return { missing: column.missing };
  const missing = column.missing ? column.missing.slice() : new Uint8Array((column.codes.length + 7) >> 3);
  let any = column.missing !== null;
  for (let i = 0; i < column.codes.length; i++) {
    if (mapped[column.codes[i]] !== null || (column.missing && getBit(column.missing, i))) continue;
    missing[i >> 3] |= 1 << (i & 7);
    any = true;
  }
  return { missing: any ? missing : null };
}

function mapCells(column: TextColumn, map: (text: string) => string | null): Column {
  const rows = column.offsets.length - 1;
  const read = textReader(column);
  const builder = makeTextBuilder(rows, column.bytes.length + 64);
  let same = true;
  for (let i = 0; i < rows; i++) {
    if (column.missing && getBit(column.missing, i)) {
      builder.push(null);
      continue;
    }
    const text = read(i);
    const made = map(text);
    if (made === text) builder.copy(column, i);
    else {
      same = false;
      builder.push(made);
    }
  }
  return same ? column : builder.build(column.name);
}

export const noteOf = (code: string, message: string, column: string | null, rows: number | null, example: string | null = null): Note => ({ code, message, column, rows, example: example === null ? null : example.slice(0, 200) });
