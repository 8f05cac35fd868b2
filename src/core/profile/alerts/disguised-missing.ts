// Values that stand for "missing": a far-off recurring end of the range (-999), a stand-in date, a word ("unknown").
// After DataRobot: outlier and frequent and of a typed pattern.
import type { ColumnFacts } from '../profile-column.ts';
import type { Alert } from '../profile.ts';
import { missingWord } from '../text/missing-words.ts';
import { defineAlert } from './alert.ts';
import { eachColumn, eitherFix, cleanFix, makeAlert, percent, quoted, share } from './say.ts';

export const disguisedMissing = defineAlert<{ often: number; most: number }>({
  type: 'disguised-missing',
  label: 'Disguised missing values',
  help: 'A code or word that people type when nothing was recorded. As a value it misleads every average and every model.',
  params: { often: share('Often', 'A far-off value recurs when this share of rows has it.', 0.0005), most: share('At most', 'A word that more rows than this have is a level of its own.', 0.5) },
  find: (facts, params) => eachColumn(facts, (held, present) => (held.values ? ofWords(held, present, params.most) : ofNumbers(held, present, params.often))),
});

function ofNumbers({ column, sentinels }: ColumnFacts, present: number, often: number): Alert | null {
  const found = sentinels.filter((s) => s.rows >= often * present);
  if (!found.length || column.distinct < 3) return null;
  const [first] = found;
  const rows = found.reduce((n, s) => n + s.rows, 0);
  const isTime = column.kind === 'time';
  const isSure = isTime || found.some((s) => s.value < 0);
  const values = found.map((s) => s.text);
  const label = `Treat ${values.slice(0, 3).join(', ')} as missing`;
  const params = { values: values.join('|') };
  return makeAlert('disguised-missing', isSure ? 'high' : 'watch', column.name, `"${column.name}" is ${values.join(' or ')} in ${rows} rows, far from all other values; it may stand for "missing"${isSure ? '' : ' or be a cap'}`, `next value ${isTime ? new Date(first.next).toISOString().slice(0, 10) : first.next}`, rows, isTime ? cleanFix(label, 'set-missing', [column.name], params) : eitherFix(label, column.name, { type: 'blank', params }, { type: 'set-missing', params }));
}

function ofWords({ column, values, isSample }: ColumnFacts, present: number, most: number): Alert | null {
  const hidden = values!.filter((v) => missingWord(v.text) !== null && (isSample || v.count < present * most) && (!/^[-\d.]+$/.test(v.text) || column.distinct > 20));
  if (!hidden.length || column.distinct <= hidden.length) return null;
  const rows = hidden.reduce((n, w) => n + w.count, 0);
  const words = hidden.map((w) => w.text.trim()).filter((w) => w && !w.includes('|'));
  const params = { values: words.join('|').slice(0, 2000) };
  const label = `Treat ${words.slice(0, 3).join(', ')} as missing`;
  const fix = !words.length ? null : column.kind === 'category' ? eitherFix(label, column.name, { type: 'blank', params }, { type: 'set-missing', params }) : cleanFix(label, 'set-missing', [column.name], params);
  return makeAlert('disguised-missing', 'watch', column.name, `"${column.name}" has the level ${quoted(hidden.map((w) => w.text))}, which may stand for "missing"`, `${rows} rows (${percent(rows / present)})`, rows, fix);
}
