// Columns read as another kind, by declared marks and date order; what cannot be read becomes missing and is counted.
import { BarnacleError } from '../../base/errors.ts';
import type { Kind } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn } from '../each-column.ts';
import { datesParam, markParams, marksClash } from '../number-params.ts';
import { retypeColumn, type Reading } from '../retype-column.ts';
import { columnWords } from '../words.ts';

type Params = { kind: Kind } & Reading;
const WORDS: Record<Kind, string> = { number: 'numbers', category: 'categories', text: 'text', time: 'dates and times', boolean: 'yes or no' };

export const retype = defineCleaner<Params>({
  type: 'retype',
  label: 'Change type',
  help: 'Reads columns as numbers, categories, text, dates or yes/no, by the marks and the date order that you name.',
  scope: 'row',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  each: true,
  params: {
    kind: { kind: 'choice', label: 'Type', help: 'What the cells are read as.', fallback: 'category', choices: (Object.keys(WORDS) as Kind[]).map((value) => ({ value, label: WORDS[value] })) },
    ...markParams,
    ...datesParam,
  },
  apply(table, columns, params) {
    if (marksClash(params)) throw new BarnacleError('bad-param', `retype.thousands is ${JSON.stringify(params.thousands)}, the decimal mark too; expected two different marks`, { path: 'retype.thousands', value: params.thousands, expected: 'another mark than the decimal one' });
    return eachColumn(table, columns, (column, note) => retypeColumn(column, params.kind, params, note), params.kind === 'category' || params.kind === 'text');
  },
  describe: (columns, { kind, dates }) => `${columnWords(columns)} read as ${WORDS[kind]}${kind === 'time' && dates !== 'ymd' ? ` (${dates === 'dmy' ? 'day' : 'month'} first)` : ''}`,
});
