// Levels that are one in several spellings: case, blanks, accents.
import { spellingKey } from '../spelling-key.ts';
import type { Counted } from '../units-of.ts';
import { defineAlert } from './alert.ts';
import { amount, eachColumn, eitherFix, makeAlert, quoted } from './say.ts';

const MOST_MAPPED = 5000;

export const spellingVariants = defineAlert<{ levels: number }>({
  type: 'spelling-variants',
  label: 'Several spellings',
  help: 'One level written in several ways ("Male", "male ") counts as several. The most frequent spelling is kept.',
  params: { levels: amount('Levels', 'Said when more levels than this have another spelling (deepchecks: none).', 0, 0, 1e6, true) },
  find: (facts, { levels }) => eachColumn(facts, ({ column, values }) => {
    if (!values || column.kind !== 'category') return null;
    const groups = groupsOf(values);
    if (groups.length <= levels) return null;
    const rows = groups.reduce((n, group) => n + group.slice(1).reduce((m, v) => m + v.count, 0), 0);
    const map = Object.fromEntries(groups.slice(0, MOST_MAPPED).flatMap((group) => group.slice(1).map((v) => [v.text, group[0].text])));
    return makeAlert('spelling-variants', 'watch', column.name, `"${column.name}" spells ${groups.length} of its levels in more than one way, such as ${quoted(groups[0].map((v) => v.text))}`, `${rows} rows with a rarer spelling, threshold ${levels}`, rows, eitherFix(`Merge spellings in ${column.name}`, column.name, { type: 'merge-levels', params: {} }, { type: 'merge-variants', params: { map: JSON.stringify(map) } }));
  }),
});

/** Groups of two and more spellings, each with the most frequent first. */
function groupsOf(values: readonly Counted[]): Counted[][] {
  const groups = new Map<string, Counted[]>();
  for (const value of values) {
    const key = spellingKey(value.text);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
