// Blanks at both ends of text gone, no-break and zero-width ones too; inside, runs of blanks become one.
import type { CategoryColumn, TextColumn } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn, mapTexts } from '../each-column.ts';
import { columnWords } from '../words.ts';

const BLANK = /[\s\u200b\u200c\u200d\u2060\ufeff]/;

export const trim = defineCleaner<{ inner: boolean }>({
  type: 'trim',
  label: 'Trim blanks',
  help: 'Removes blanks before and behind text, also invisible ones; inside it, runs of blanks become one.',
  scope: 'row',
  takes: ['category', 'text'],
  arity: { fewest: 0, most: 0 },
  each: true,
  params: { inner: { kind: 'flag', label: 'Inside too', help: 'Runs of blanks, tabs and line ends inside the text become one blank.', fallback: true } },
  apply: (table, columns, { inner }) =>
    eachColumn(table, columns, (column) =>
      mapTexts(column as CategoryColumn | TextColumn, (text) => {
        const ends = withoutEnds(text);
        return inner ? ends.replace(/\s+/g, ' ') : ends;
      }),
    ),
  describe: (columns, { inner }) => `Blanks trimmed in ${columnWords(columns, 'all text')}${inner ? ', inside too' : ''}`,
});

/** From both ends by hand: a pattern that ends in $ would take quadratic time on long runs of blanks inside. */
function withoutEnds(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && BLANK.test(text[from])) from++;
  while (to > from && BLANK.test(text[to - 1])) to--;
  return text.slice(from, to);
}
