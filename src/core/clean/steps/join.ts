// Columns of another table of the project, where its keys equal those of this one.
import { joinTables, type JoinKind } from '../../table/verbs/join.ts';
import { defineCleaner } from '../clean.ts';
import { noteOf } from '../each-column.ts';
import { otherTable, rightKeys } from '../other-table.ts';
import { columnWords, counted } from '../words.ts';

type Params = { table: string; kind: JoinKind; keys: string; suffix: string };
const KINDS: Record<JoinKind, string> = { left: 'all rows of this table', inner: 'only rows in both', full: 'all rows of both', anti: 'only rows without a match' };

export const join = defineCleaner<Params>({
  type: 'join',
  label: 'Join a table',
  help: 'Brings in the columns of another table of the project where the key columns agree.',
  scope: 'shape',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  params: {
    table: { kind: 'text', label: 'Table', help: 'The other table.', fallback: '', maxLength: 100 },
    kind: { kind: 'choice', label: 'Rows', help: 'Which rows the result has.', fallback: 'left', choices: (Object.keys(KINDS) as JoinKind[]).map((value) => ({ value, label: KINDS[value] })) },
    keys: { kind: 'text', label: 'Its keys', help: 'The matching columns of the other table in the same order, parted by |; empty = the same names.', fallback: '', maxLength: 10_000 },
    suffix: { kind: 'text', label: 'Ending', help: 'Put behind the names of its columns that this table has too.', fallback: ' (joined)', maxLength: 100 },
  },
  apply(table, columns, { table: id, kind, keys, suffix }, context) {
    const joined = joinTables(table, otherTable(context, id, 'join'), { left: columns, right: rightKeys(keys, columns, 'join.keys') }, kind, suffix);
    const alone = table.rows - joined.matched;
    const notes = [
      ...(alone && kind !== 'anti' ? [noteOf('unmatched', `${counted(alone, 'row')} found no match${kind === 'inner' ? ' and went' : ''}`, null, alone)] : []),
      ...(joined.repeated && kind !== 'anti' ? [noteOf('repeated', `${counted(joined.repeated, 'row')} found several matches and stand in the result once for each`, null, joined.repeated)] : []),
    ];
    return { table: joined.table, rows: null, changed: 0, notes, sources: joined.sources };
  },
  describe: (columns, { kind, keys }) => `Joined by ${columnWords(columns)}${keys ? ` = ${keys.replaceAll('|', ', ')}` : ''}: ${KINDS[kind]}`,
});
