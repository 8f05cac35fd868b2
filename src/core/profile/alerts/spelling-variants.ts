// Levels that are one in several spellings: case, blanks, accents, punctuation, order of words.
import { spellingKey } from '../spelling-key.ts';
import { variantsAmong } from '../variants.ts';
import type { Counted } from '../units-of.ts';
import { defineAlert } from './alert.ts';
import { amount, cleanFix, eachColumn, makeAlert, quoted } from './say.ts';

const MOST_MAPPED = 5000;
/** In shorter ones ("S/C", "C/S") the order says something. */
const LONG = 8;

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
    return makeAlert('spelling-variants', 'watch', column.name, `"${column.name}" spells ${groups.length} of its levels in more than one way, such as ${quoted(groups[0].map((v) => v.text))}`, `${rows} rows with a rarer spelling, threshold ${levels}`, rows, { ...cleanFix(`Merge spellings in ${column.name}`, 'merge-variants', [column.name], { map: JSON.stringify(map) })!, ...(isFolded(groups) ? { step: { type: 'merge-levels', columns: [column.name], params: {} } } : {}) });
  }),
});

/** Groups of two and more spellings, each with the most frequent first; misspelt levels are another alert's. */
function groupsOf(values: readonly Counted[]): Counted[][] {
  const groups = variantsAmong(values.map(({ text, count }) => ({ level: text, rows: count })));
  return groups.flatMap(({ to, from, rows }) => {
    const same = from.filter(({ why, level }) => !why.endsWith(' apart') && (why !== 'word order' || level.length >= LONG)).map(({ level, rows: count }) => ({ text: level, count }));
    return same.length ? [[{ text: to, count: rows }, ...same]] : [];
  });
}

/** True when the recipe's own step, which knows case, blanks and accents, merges them all. */
const isFolded = (groups: readonly Counted[][]): boolean => groups.every((group) => group.every(({ text }) => spellingKey(text) === spellingKey(group[0].text)));
