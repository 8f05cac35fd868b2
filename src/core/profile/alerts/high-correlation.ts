// Two columns that go together: the strongest pair of each column that an earlier one nearly repeats.
import type { Pair } from '../profile.ts';
import { defineAlert } from './alert.ts';
import { dropFix, makeAlert, share } from './say.ts';

const MEASURES: Record<Pair['measure'], string> = { pearson: 'Pearson correlation', spearman: 'rank correlation', 'cramers-v': "Cramer's V", eta: 'correlation ratio' };

export const highCorrelation = defineAlert<{ close: number; same: number }>({
  type: 'high-correlation',
  label: 'High correlation',
  help: 'Two columns say nearly the same; one can stand for the other.',
  params: { close: share('Close', 'From this association on it is said (ydata and deepchecks: 0.9).', 0.9), same: share('Same', 'From here on one column can stand for the other.', 0.98) },
  find({ pairs }, { close, same }) {
    const best = new Map<string, Pair>();
    for (const pair of pairs) {
      const held = best.get(pair.b);
      if (Math.abs(pair.value) > close && (!held || Math.abs(pair.value) > Math.abs(held.value))) best.set(pair.b, pair);
    }
    const togetherness = (value: number): string => (Math.abs(value) >= same ? 'say nearly the same' : value < 0 ? 'go closely together, one falling as the other rises' : 'go closely together');
    return [...best.values()].map((pair) => makeAlert('high-correlation', Math.abs(pair.value) >= same ? 'watch' : 'info', pair.b, `"${pair.a}" and "${pair.b}" ${togetherness(pair.value)}`, `${MEASURES[pair.measure]} ${pair.value.toFixed(2)}, threshold ${close}`, pair.rows, dropFix(pair.b)));
  },
});
