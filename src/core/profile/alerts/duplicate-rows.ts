// Rows that repeat an earlier row in every column.
import { defineAlert } from './alert.ts';
import { cleanFix, makeAlert, percent, share } from './say.ts';

export const duplicateRows = defineAlert<{ many: number }>({
  type: 'duplicate-rows',
  label: 'Duplicate rows',
  help: 'A copy in test of a row in train flatters the score; a true recount of equal cases does not.',
  params: { many: share('Many', 'To be watched from this share on (deepchecks: 5 %).', 0.05) },
  find({ duplicates: { duplicates, rows }, rows: all }, { many }) {
    if (!duplicates) return [];
    const part = duplicates / rows;
    const where = rows < all ? ` of a sample of ${rows}` : '';
    return [makeAlert('duplicate-rows', part > many ? 'watch' : 'info', null, `${duplicates} rows${where} repeat an earlier row in every column; a copy in test of a row in train flatters the score`, `${percent(part)}, threshold ${percent(many)}`, duplicates, cleanFix('Keep the first of each', 'dedupe', [], { keep: 'first', near: false, distance: 0 }))];
  },
});
