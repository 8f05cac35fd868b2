// What another table knew at the time of each row: its latest row that is not later. Rows from the future are refused.
import { BarnacleError } from '../../base/errors.ts';
import { asOfJoin as joinAsOf } from '../../table/verbs/as-of-join.ts';
import { defineCleaner } from '../clean.ts';
import { noteOf } from '../each-column.ts';
import { otherTable } from '../other-table.ts';
import { barList, counted } from '../words.ts';

type Params = { table: string; time: string; by: string; tolerance: string; suffix: string };

export const asOfJoin = defineCleaner<Params>({
  type: 'as-of-join',
  label: 'Join as of a time',
  help: 'Brings in what another table knew at the time of each row: its latest row that is not later, never one from the future.',
  scope: 'shape',
  takes: ['time'],
  arity: { fewest: 1, most: 1 },
  params: {
    table: { kind: 'text', label: 'Table', help: 'The other table.', fallback: '', maxLength: 100 },
    time: { kind: 'text', label: 'Its time', help: 'The column of the other table that says when a row became known.', fallback: '', maxLength: 1000 },
    by: { kind: 'text', label: 'Keys', help: 'Columns that must agree, parted by |; where the names differ, as here=there. Empty = none.', fallback: '', maxLength: 10_000 },
    tolerance: { kind: 'text', label: 'Oldest', help: 'How old a row may be, in milliseconds (86400000 is a day); empty = any age.', fallback: '', maxLength: 30 },
    suffix: { kind: 'text', label: 'Ending', help: 'Put behind the names of its columns that this table has too.', fallback: ' (joined)', maxLength: 100 },
  },
  apply(table, [time], params, context) {
    const pairs = barList(params.by).map((pair) => pair.split('=').map((name) => name.trim()));
    const keys = { left: pairs.map(([left]) => left), right: pairs.map(([left, right]) => right ?? left) };
    const joined = joinAsOf(table, otherTable(context, params.table, 'as-of-join'), { left: time, right: params.time }, keys, toleranceOf(params.tolerance), params.suffix);
    const alone = table.rows - joined.matched;
    const notes = [
      ...(joined.refused || joined.onlyFuture ? [noteOf('future-refused', `for ${counted(joined.refused, 'row')} the nearest row lies in the future and was refused; ${joined.onlyFuture} of them had nothing earlier`, time, joined.refused)] : []),
      ...(joined.tooOld ? [noteOf('too-old', `for ${counted(joined.tooOld, 'row')} the latest row is older than ${params.tolerance} ms`, time, joined.tooOld)] : []),
      ...(alone ? [noteOf('unmatched', `${counted(alone, 'row')} found nothing known at their time`, time, alone)] : []),
    ];
    return { table: joined.table, rows: null, changed: 0, notes, sources: joined.sources };
  },
  describe: ([time], { time: theirs, by, tolerance }) => `Joined as of ${time} with the latest ${theirs || 'row'} before it${by ? ` by ${barList(by).join(', ')}` : ''}${tolerance ? `, at most ${tolerance} ms old` : ''}`,
});

function toleranceOf(text: string): number {
  if (text.trim() === '') return Infinity;
  const value = Number(text);
  if (!(value >= 0)) throw new BarnacleError('bad-param', `as-of-join.tolerance is ${JSON.stringify(text)}; expected milliseconds, 0 or more`, { path: 'as-of-join.tolerance', value: text, expected: 'milliseconds, 0 or more' });
  return value;
}
