// Spellings of one level become one, by a map that a person ticked: {"N.Y.": "New York"}; null makes a level missing.
// Levels the map does not name stay; what it maps to is not mapped again.
import { BarnacleError } from '../../base/errors.ts';
import type { CategoryColumn, TextColumn } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn, mapTexts } from '../each-column.ts';
import { columnWords, counted } from '../words.ts';

export const mergeVariants = defineCleaner<{ map: string }>({
  type: 'merge-variants',
  label: 'Merge variants',
  help: 'Makes several spellings of a level one, by a list of what becomes what.',
  scope: 'row',
  takes: ['category', 'text'],
  arity: { fewest: 1, most: 0 },
  each: true,
  params: { map: { kind: 'text', label: 'Spellings', help: 'JSON: each spelling and what it becomes, {"NYC": "New York"}; null makes it missing.', fallback: '{}', maxLength: 4_000_000 } },
  apply(table, columns, { map }) {
    const to = readMap(map);
    return eachColumn(table, columns, (column) => (to.size ? mapTexts(column as CategoryColumn | TextColumn, (text) => (to.has(text) ? to.get(text)! : text)) : column));
  },
  describe(columns, { map }) {
    const to = readMap(map);
    const ends = new Set(to.values());
    const names = [...ends].slice(0, 3).map((end) => end ?? 'missing').join(', ');
    return `${columnWords(columns)}: ${counted(to.size, 'spelling')} become${to.size === 1 ? 's' : ''} ${to.size ? names : 'nothing'}${ends.size > 3 ? ` and ${ends.size - 3} more` : ''}`;
  },
});

function readMap(text: string): Map<string, string | null> {
  const refuse = () => new BarnacleError('bad-param', `merge-variants.map is ${JSON.stringify(text.slice(0, 60))}; expected a JSON object of texts`, { path: 'merge-variants.map', value: text.slice(0, 200), expected: 'a JSON object of texts, like {"NYC": "New York"}' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse();
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw refuse();
  const map = new Map<string, string | null>();
  for (const [from, to] of Object.entries(value)) {
    if (to !== null && typeof to !== 'string') throw refuse();
    map.set(from, to);
  }
  return map;
}
