// One text for another, in every place of the cell or where it is the whole cell; the text is taken literally.
import type { CategoryColumn, TextColumn } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn, mapTexts } from '../each-column.ts';
import { columnWords } from '../words.ts';

type Params = { find: string; with: string; whole: boolean; ignoreCase: boolean };

export const replace = defineCleaner<Params>({
  type: 'replace',
  label: 'Replace text',
  help: 'Replaces a text by another wherever it stands, or only where it is the whole cell.',
  scope: 'row',
  takes: ['category', 'text'],
  arity: { fewest: 0, most: 0 },
  each: true,
  params: {
    find: { kind: 'text', label: 'Find', help: 'Taken letter by letter; no character has a special meaning.', fallback: '', maxLength: 10_000 },
    with: { kind: 'text', label: 'Replace with', help: 'May be empty: then what was found goes.', fallback: '', maxLength: 10_000 },
    whole: { kind: 'flag', label: 'Whole cell', help: 'Only where the cell is exactly this text.', fallback: false },
    ignoreCase: { kind: 'flag', label: 'Ignore case', help: 'Capital and small letters count as the same.', fallback: false },
  },
  apply: (table, columns, params) => {
    const change = replacer(params);
    return eachColumn(table, columns, (column) => (change ? mapTexts(column as CategoryColumn | TextColumn, change) : column));
  },
  describe: (columns, p) => `"${p.find}" becomes "${p.with}" ${p.whole ? 'as a whole cell ' : ''}in ${columnWords(columns, 'all text')}`,
});

function replacer({ find, with: to, whole, ignoreCase }: Params): ((text: string) => string) | null {
  if (whole) {
    const wanted = ignoreCase ? find.toLowerCase() : find;
    return (text) => ((ignoreCase ? text.toLowerCase() : text) === wanted ? to : text);
  }
  if (find === '') return null;
  if (!ignoreCase) return (text) => text.replaceAll(find, () => to);
  const pattern = new RegExp(find.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  return (text) => text.replace(pattern, () => to);
}
