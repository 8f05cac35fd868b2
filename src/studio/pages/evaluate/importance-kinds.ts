// The ways to say how much a model uses a column: what each measures, and the trap in it.
import type { TreeColumn } from '../../../core/pipeline/tree-columns.ts';
import type { ColumnBarsData } from '../../../charts/column-bars.ts';

export type ImportanceKind = 'permutation' | 'contributions' | 'gain' | 'splits' | 'cover';
type About = { label: string; hint: string; says: string; trap: string };

export const importanceKinds: { readonly [kind in ImportanceKind]: About } = {
  permutation: { label: 'Shuffling', hint: 'Permutation importance', says: 'How much worse the score gets on test rows when the column is shuffled.', trap: 'Columns that say the same share their importance, or hide it.' },
  contributions: { label: 'Contributions', hint: 'SHAP values, exact', says: 'How far the column moves the score of each test row, exactly (SHAP values).', trap: 'It explains the model, right or wrong, not the world; columns that say the same share the credit as the trees happened to split.' },
  gain: { label: 'Gain', hint: 'Training loss taken away by its splits', says: 'The share of all loss taken away in training that came from splits on the column.', trap: 'Counted on training rows, so columns with many values look better than they are, even noise.' },
  splits: { label: 'Splits', hint: 'How often the trees ask for it', says: 'How many times the trees ask for the column.', trap: 'A yes or no needs one split where an amount takes many; it does not say how much an answer matters.' },
  cover: { label: 'Cover', hint: 'Training rows that pass its splits', says: 'The share of training rows, over all splits, that pass a split on the column.', trap: 'Splits near the root see every row, whether they help much or little.' },
};

/** The bars of a kind that needs no rows; null where the model does not say (cover of an older model). */
export function treeBars(kind: 'gain' | 'splits' | 'cover', columns: readonly TreeColumn[]): ColumnBarsData | null {
  if (kind === 'cover' && columns.some((one) => one.cover === null)) return null;
  return { measure: kind, unit: kind === 'splits' ? 'count' : 'share', columns: columns.map((one) => ({ column: one.column, value: one[kind] ?? 0 })) };
}

/** What the bars show, as a title. */
export function treeFinding(data: ColumnBarsData): string {
  const first = data.columns.toSorted((a, b) => b.value - a.value)[0];
  const unused = data.columns.filter((one) => one.value === 0).length;
  if (!first || first.value === 0) return 'The trees use no column';
  return `${first.column} has the most ${data.measure}${unused > 0 ? `; ${unused} of ${data.columns.length} columns are not used` : ''}`;
}
