// Text in lower case, upper case or with a capital at each word, by Unicode's rules and no locale's.
import type { CategoryColumn, TextColumn } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn, mapTexts } from '../each-column.ts';
import { columnWords } from '../words.ts';

type Case = 'lower' | 'upper' | 'title';
const CASES: Record<Case, (text: string) => string> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  title: (text) => text.replace(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'\u2019]*/gu, (word) => {
    const [first] = word;
    return first.toUpperCase() + word.slice(first.length).toLowerCase();
  }),
};
const WORDS: Record<Case, string> = { lower: 'lower case', upper: 'upper case', title: 'capitals at each word' };

export const letterCase = defineCleaner<{ to: Case }>({
  type: 'letter-case',
  label: 'Letter case',
  help: 'Writes text in lower case, upper case or with a capital at each word, so that spellings agree.',
  scope: 'row',
  takes: ['category', 'text'],
  arity: { fewest: 1, most: 0 },
  each: true,
  params: { to: { kind: 'choice', label: 'Case', help: 'How every cell is written.', fallback: 'lower', choices: [{ value: 'lower', label: 'lower case' }, { value: 'upper', label: 'UPPER CASE' }, { value: 'title', label: 'Each Word' }] } },
  apply: (table, columns, { to }) => eachColumn(table, columns, (column) => mapTexts(column as CategoryColumn | TextColumn, CASES[to])),
  describe: (columns, { to }) => `${columnWords(columns)} in ${WORDS[to]}`,
});
