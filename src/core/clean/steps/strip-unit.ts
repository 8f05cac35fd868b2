// Text with a unit or a currency -> numbers: "12.0 oz", "$1,200", "35 %". The unit goes only where the person named it;
// cells with the number alone are read too, what else stands there becomes missing and is counted.
import { BarnacleError } from '../../base/errors.ts';
import { makeNumber } from '../../table/build.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn } from '../each-column.ts';
import { markParams, marksClash } from '../number-params.ts';
import { numberReader, type NumberMarks } from '../read-number.ts';
import { readCells } from '../retype-column.ts';
import { barList, columnWords } from '../words.ts';

type Place = 'before' | 'after' | 'either';
type Params = { unit: string; place: Place; scale: number } & NumberMarks;

export const stripUnit = defineCleaner<Params>({
  type: 'strip-unit',
  label: 'Strip unit',
  help: 'Turns text like "12.0 oz" or "$1,200" into numbers by taking a named unit away.',
  scope: 'row',
  takes: ['category', 'text'],
  arity: { fewest: 1, most: 0 },
  each: true,
  params: {
    unit: { kind: 'text', label: 'Unit', help: 'As written in the cells, capitals or not; several spellings parted by |.', fallback: '', maxLength: 1000 },
    place: { kind: 'choice', label: 'Where', help: 'On which side of the number the unit stands.', fallback: 'after', choices: [{ value: 'after', label: 'Behind the number' }, { value: 'before', label: 'Before the number' }, { value: 'either', label: 'Either side' }] },
    scale: { kind: 'number', label: 'Times', help: 'Each number is multiplied by this (0.01 turns per cent into a share).', fallback: 1, min: -1e12, max: 1e12, integer: false },
    ...markParams,
  },
  apply(table, columns, params) {
    if (marksClash(params)) throw new BarnacleError('bad-param', `strip-unit.thousands is ${JSON.stringify(params.thousands)}, the decimal mark too; expected two different marks`, { path: 'strip-unit.thousands', value: params.thousands, expected: 'another mark than the decimal one' });
    return eachColumn(table, columns, (column, note) => {
      const bare: string[] = [];
      const made = readCells(column, `number${params.unit ? ` with "${params.unit}"` : ''}`, unitReader(params, (text) => bare.push(text)), note, (values, missing) => makeNumber(column.name, values, missing));
      if (bare.length && params.scale !== 1) note({ code: 'no-unit', message: `"${column.name}" has numbers without "${params.unit}" (${bare.length} different ones); they were multiplied by ${params.scale} too`, column: column.name, rows: null, example: bare[0] });
      return made;
    });
  },
  describe: (columns, p) => `${columnWords(columns)} as numbers, "${p.unit}" taken away${p.scale === 1 ? '' : `, times ${p.scale}`}`,
});

/** `onBare` hears of each number that stands without a unit. */
function unitReader({ unit, place, scale, ...marks }: Params, onBare: (text: string) => void): (text: string) => number | null {
  const read = numberReader(marks);
  const units = barList(unit).map((word) => word.trim().toLowerCase()).filter((word) => word !== '').sort((a, b) => b.length - a.length);
  return (text) => {
    let bare = text.trim();
    const bracketed = bare.startsWith('(') && bare.endsWith(')');
    if (bracketed) bare = bare.slice(1, -1).trim();
    const sign = /^[+\-\u2212]/.test(bare) ? bare[0] : '';
    let rest = bare.slice(sign.length).trimStart();
    const low = rest.toLowerCase();
    const front = place === 'after' ? undefined : units.find((word) => low.startsWith(word));
    const back = place === 'before' || front !== undefined ? undefined : units.find((word) => low.endsWith(word));
    if (front !== undefined) rest = rest.slice(front.length).trimStart();
    else if (back !== undefined) rest = rest.slice(0, rest.length - back.length).trimEnd();
    const value = read(sign + rest);
    if (value !== null && units.length && front === undefined && back === undefined) onBare(text);
    return value === null ? null : scaled(value, scale) * (bracketed ? -1 : 1);
  };
}

/** By division where the scale is one over a whole number, so that 35 times 0.01 is 0.35 and not 0.35000000000000003. */
function scaled(value: number, scale: number): number {
  const whole = Math.round(1 / scale);
  return Math.abs(scale) < 1 && 1 / whole === scale ? value / whole : value * scale;
}
