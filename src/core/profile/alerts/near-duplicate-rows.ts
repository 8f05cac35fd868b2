// Rows that are equal but for case, blanks and accents, or but for a column that names rows.
import { duplicateRows } from '../duplicate-rows.ts';
import { isIdentifier } from '../is-identifier.ts';
import { spellingKey } from '../spelling-key.ts';
import type { Column } from '../../table/table.ts';
import { defineAlert } from './alert.ts';
import { cleanFix, makeAlert, percent, share } from './say.ts';

const MOST_LEVELS = 20_000;

export const nearDuplicateRows = defineAlert<{ least: number }>({
  type: 'near-duplicate-rows',
  label: 'Near-duplicate rows',
  help: 'Rows that say the same but for spelling or for their number. A copy in test of a row in train flatters the score.',
  params: { least: share('Least', 'Share of rows from which it is said.', 0) },
  find({ columns, table, sample, duplicates }, { least }) {
    const names = columns.filter((c) => isIdentifier(c.column)).map((c) => c.column.name);
    const compared = columns.filter((c) => !isIdentifier(c.column));
    const folded = compared.map((c) => foldSpelling(c.source));
    const hasVariants = folded.some((column, k) => column !== compared[k].source);
    if ((!names.length && !hasVariants) || compared.length < 3) return [];
    const found = duplicateRows({ rows: table.rows, columns: folded }, sample);
    const more = found.duplicates - duplicates.duplicates;
    if (more <= 0 || more < least * found.rows || (names.length > 0 && !hasVariants && more > 0.5 * found.rows)) return [];
    const keys = compared.map((c) => c.column.name);
    const why = [names.length ? `but for ${names.length === 1 ? `"${names[0]}"` : `${names.length} columns that name rows`}` : '', hasVariants ? 'but for spelling' : ''].filter(Boolean).join(' and ');
    return [makeAlert('near-duplicate-rows', 'info', null, `${more} more rows repeat an earlier row ${why}; a copy in test of a row in train flatters the score`, `${percent(more / found.rows)} of ${found.rows} rows`, more, hasVariants ? null : cleanFix('Keep the first of each', 'dedupe', keys, { keep: 'first', near: false, distance: 0 }))];
  },
});

/** The column with levels of one spelling made one; itself when there are none. */
function foldSpelling(column: Column): Column {
  if (column.kind !== 'category' || column.levels.length > MOST_LEVELS) return column;
  const first = new Map<string, number>();
  let hasVariants = false;
  const map = Int32Array.from(column.levels, (level, code) => {
    const key = spellingKey(level);
    const held = first.get(key);
    if (held === undefined) first.set(key, code);
    else hasVariants = true;
    return held ?? code;
  });
  return hasVariants ? { ...column, codes: column.codes.map((code) => map[code] ?? 0) } : column;
}
