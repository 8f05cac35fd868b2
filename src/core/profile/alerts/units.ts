// Numbers with a unit or a currency, in one spelling or in several.
import { isOneUnit, percentScale, unitsOf } from '../units-of.ts';
import { defineAlert } from './alert.ts';
import { rowsOf, someValues } from './some-values.ts';
import { about, cleanFix, eachColumn, makeAlert, quoted } from './say.ts';

export const units = defineAlert({
  type: 'units',
  label: 'Units in the cells',
  help: 'Numbers with a unit or currency are text. Taken off, they can be compared; several spellings, or a part without a unit, are errors waiting to happen.',
  params: {},
  find: (facts) => eachColumn(facts, (held) => {
    if (!held.values || held.column.distinct < 3) return null;
    const values = someValues(held);
    const found = unitsOf(values);
    if (!found) return null;
    const { name } = held.column;
    const ways = found.spellings.map((s) => s.unit);
    const rows = found.spellings.reduce((n, s) => n + s.rows, 0);
    const oneUnit = isOneUnit(found);
    const scale = percentScale(found);
    const place = found.spellings.every((s) => s.place === found.spellings[0].place) ? found.spellings[0].place : 'either';
    const fix = oneUnit && (scale === 1 || !found.bare) && ways.every((u) => !u.includes('|')) ? cleanFix(`Take off ${quoted(ways, 2)}`, 'strip-unit', [name], { unit: ways.join('|'), place, scale, decimal: found.writing.decimal, thousands: found.writing.thousands }) : null;
    const what = found.isMixed ? (oneUnit ? (ways.length > 1 ? `writes its unit in ${ways.length} ways` : 'has a unit in some rows and none in others') : 'mixes several units') : 'holds numbers with a unit';
    return makeAlert('units', found.isMixed ? (oneUnit ? 'watch' : 'high') : 'info', name, `"${name}" ${what}: ${quoted(ways)}${found.bare && !found.isMixed ? '' : found.bare ? ` and ${about(held)}${found.bare} bare numbers` : ''}`, `${about(held)}${rows} of ${rowsOf(values)} rows with a unit${found.others ? `, ${found.others} are no number` : ''}`, rows, fix);
  }),
});
