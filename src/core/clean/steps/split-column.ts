// One text column into several at a mark, taken literally. The last new column holds what is left; parts that are not
// there are missing. Cells with more parts than names are counted in a note.
import { getBit } from '../../base/bits.ts';
import { BarnacleError } from '../../base/errors.ts';
import type { Note } from '../../base/task.ts';
import { getColumn } from '../../table/build.ts';
import type { CategoryColumn, TextColumn } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { mapTexts, noteOf } from '../each-column.ts';
import { freeNames, putBeside } from '../free-name.ts';
import { textsOfColumn } from '../../table/texts.ts';
import { barList } from '../words.ts';

export const splitColumn = defineCleaner<{ by: string; names: string; keep: boolean }>({
  type: 'split-column',
  label: 'Split column',
  help: 'Splits text at a mark into as many columns as you name; blanks around the parts go.',
  scope: 'row',
  takes: ['category', 'text'],
  arity: { fewest: 1, most: 1 },
  params: {
    by: { kind: 'text', label: 'Mark', help: 'Where the text is cut, taken letter by letter.', fallback: ',', maxLength: 1000 },
    names: { kind: 'text', label: 'New columns', help: 'Their names in order, parted by |.', fallback: 'part 1|part 2', maxLength: 100_000 },
    keep: { kind: 'flag', label: 'Keep the column', help: 'The split column stays beside the new ones.', fallback: false },
  },
  apply(table, [from], { by, names, keep }) {
    const wanted = barList(names).map((name) => name.trim());
    if (by === '') throw new BarnacleError('bad-param', 'split-column.by is ""; expected the mark to cut at', { path: 'split-column.by', value: by, expected: 'the mark to cut at' });
    if (!wanted.length || wanted.length > 1000) throw new BarnacleError('bad-param', `split-column.names is ${JSON.stringify(names.slice(0, 80))}; expected 1 to 1,000 names`, { path: 'split-column.names', value: names.slice(0, 200), expected: '1 to 1,000 names' });
    freeNames(table, wanted, keep ? [] : [from]);
    const column = getColumn(table, from) as CategoryColumn | TextColumn;
    const made = wanted.map((name, k) => mapTexts({ ...column, name }, (text) => partOf(text, by, k, wanted.length)));
    return { table: putBeside(table, [from], made, keep), rows: null, changed: 0, notes: surplus(column, by, wanted.length), sources: Object.fromEntries(wanted.map((name) => [name, [from]])) };
  },
  describe: ([from], { by, names }) => `${from} split at "${by}" into ${barList(names).join(', ')}`,
});

function partOf(text: string, by: string, k: number, parts: number): string | null {
  let start = 0;
  for (let n = 0; n < k; n++) {
    const at = text.indexOf(by, start);
    if (at < 0) return null;
    start = at + by.length;
  }
  const end = k === parts - 1 ? -1 : text.indexOf(by, start);
  return (end < 0 ? text.slice(start) : text.slice(start, end)).trim();
}

function surplus(column: CategoryColumn | TextColumn, by: string, parts: number): Note[] {
  const { codes, levels, missing } = textsOfColumn(column);
  const more = levels.map((text) => text.split(by, parts + 1).length > parts);
  let rows = 0;
  let example: string | null = null;
  for (let i = 0; i < codes.length; i++) {
    if (!more[codes[i]] || (missing && getBit(missing, i))) continue;
    rows++;
    example ??= levels[codes[i]];
  }
  return rows ? [noteOf('more-parts', `${rows} ${rows === 1 ? 'cell' : 'cells'} of "${column.name}" have more than ${parts} parts; the last column holds the rest`, column.name, rows, example)] : [];
}
