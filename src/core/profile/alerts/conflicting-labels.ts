// Rows that are equal in every feature and differ in the target: no model can be right about both.
import { duplicateRows } from '../duplicate-rows.ts';
import { isIdentifier } from '../is-identifier.ts';
import { defineAlert } from './alert.ts';
import { makeAlert, percent, share } from './say.ts';

export const conflictingLabels = defineAlert<{ least: number }>({
  type: 'conflicting-labels',
  label: 'Conflicting labels',
  help: 'Equal rows with different answers (deepchecks): either the answer is uncertain, or one of them is wrong, or a feature is missing.',
  params: { least: share('Least', 'Share of rows from which it is said.', 0) },
  find({ columns, table, sample, target }, { least }) {
    const truth = columns.find((c) => c.column.name === target);
    if (!truth) return [];
    const features = columns.filter((c) => c !== truth && !isIdentifier(c.column)).map((c) => c.source);
    if (!features.length) return [];
    const without = duplicateRows({ rows: table.rows, columns: features }, sample);
    if (!without.duplicates) return [];
    const together = duplicateRows({ rows: table.rows, columns: [...features, truth.source] }, sample);
    const conflicts = without.duplicates - together.duplicates;
    if (!conflicts || conflicts < least * without.rows) return [];
    return [makeAlert('conflicting-labels', conflicts > 0.01 * without.rows ? 'watch' : 'info', target, `${conflicts} rows have the features of an earlier row and another "${target}"; no model can be right about both`, `${percent(conflicts / without.rows)} of ${without.rows} rows, identifiers left out`, conflicts)];
  },
});
