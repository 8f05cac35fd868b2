// A part of the text of a cell: its first or last characters, what stands before, behind or between marks, or its first
// number. Marks are taken literally. Where a mark is not there, or no number, the result is missing.
import { BarnacleError } from '../../base/errors.ts';
import { getColumn } from '../../table/build.ts';
import type { CategoryColumn, TextColumn } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn, mapTexts } from '../each-column.ts';
import { freeName, putBeside } from '../free-name.ts';
import { columnWords } from '../words.ts';

type From = 'start' | 'end' | 'before' | 'after' | 'between' | 'number';
type Params = { from: From; length: number; left: string; right: string; name: string };

export const extract = defineCleaner<Params>({
  type: 'extract',
  label: 'Extract part',
  help: 'Takes a part of each text: its first or last characters, what stands around marks, or its first number.',
  scope: 'row',
  takes: ['category', 'text'],
  arity: { fewest: 1, most: 0 },
  each: true,
  params: {
    from: { kind: 'choice', label: 'Part', help: 'Which part of the text.', fallback: 'start', choices: [{ value: 'start', label: 'First characters' }, { value: 'end', label: 'Last characters' }, { value: 'before', label: 'Before a mark' }, { value: 'after', label: 'Behind a mark' }, { value: 'between', label: 'Between two marks' }, { value: 'number', label: 'First number' }] },
    length: { kind: 'number', label: 'Characters', help: 'How many, for the first and last characters.', fallback: 1, min: 1, max: 100_000, integer: true },
    left: { kind: 'text', label: 'Mark', help: 'For "before", "behind" and "between": the first place where it stands counts.', fallback: '', maxLength: 1000 },
    right: { kind: 'text', label: 'Second mark', help: 'For "between": the first one behind the mark.', fallback: '', maxLength: 1000 },
    name: { kind: 'text', label: 'New column', help: 'Empty = the part replaces the text itself.', fallback: '', maxLength: 1000 },
  },
  apply(table, columns, params) {
    const part = partReader(params);
    if (params.name === '') return eachColumn(table, columns, (column) => mapTexts(column as CategoryColumn | TextColumn, part));
    if (columns.length > 1) throw new BarnacleError('bad-param', `extract.columns is ${columns.length}; expected one column when a new one is named`, { path: 'extract.columns', value: columns.length, expected: 'one column when a new one is named' });
    freeName(table, params.name);
    const made = mapTexts({ ...(getColumn(table, columns[0]) as CategoryColumn | TextColumn), name: params.name }, part);
    return { table: putBeside(table, columns, [made], true), rows: null, changed: 0, notes: [], sources: { [params.name]: [...columns] } };
  },
  describe: (columns, p) => `${{ start: `First ${p.length} characters`, end: `Last ${p.length} characters`, before: `Text before "${p.left}"`, after: `Text behind "${p.left}"`, between: `Text between "${p.left}" and "${p.right}"`, number: 'First number' }[p.from]} of ${columnWords(columns)}${p.name ? ` as ${p.name}` : ''}`,
});

function partReader({ from, length, left, right }: Params): (text: string) => string | null {
  const needsMark = from === 'before' || from === 'after' || from === 'between';
  if (needsMark && (left === '' || (from === 'between' && right === ''))) {
    const path = `extract.${left === '' ? 'left' : 'right'}`;
    throw new BarnacleError('bad-param', `${path} is ""; expected the mark to look for`, { path, value: '', expected: 'the mark to look for' });
  }
  switch (from) {
    case 'start':
      return (text) => (text.length <= length ? text : [...text].slice(0, length).join(''));
    case 'end':
      return (text) => (text.length <= length ? text : [...text].slice(-length).join(''));
    case 'number':
      return (text) => /[+-]?\d+(?:\.\d+)?/.exec(text)?.[0] ?? null;
    default:
      return (text) => {
        const at = text.indexOf(left);
        if (at < 0) return null;
        if (from === 'before') return text.slice(0, at).trim();
        if (from === 'after') return text.slice(at + left.length).trim();
        const end = text.indexOf(right, at + left.length);
        return end < 0 ? null : text.slice(at + left.length, end).trim();
      };
  }
}
