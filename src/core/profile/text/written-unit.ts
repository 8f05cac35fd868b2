// A number with something written around it: "12.0 oz", "$1,200", "37 patients", "45%". No claim that it is a unit; units-of
// decides that by all values of a column.
/** `isApart`: a blank stands between the number and the unit. */
export type WithUnit = { number: string; unit: string; place: 'before' | 'after'; isApart: boolean };

const AFTER = /^([+-]?[\d][\d.,'\u2019 \u00a0\u202f]*?)\s*([^\d\s.,+-][^\d]{0,19})$/;
const BEFORE = /^([^\d\s+.,-][^\d+.-]{0,9}?\.?)\s*([+-]?\.?\d[\d.,'\u2019 \u00a0\u202f]*)$/;

/** The parts of "number unit" or "unit number"; null when the text is neither. */
export function splitUnit(text: string): WithUnit | null {
  if (text.length > 60) return null;
  const trimmed = text.trim();
  const after = AFTER.exec(trimmed);
  if (after) return { number: after[1].trim(), unit: after[2].trim(), place: 'after', isApart: /\s$/.test(trimmed.slice(0, trimmed.length - after[2].length)) };
  const before = BEFORE.exec(trimmed);
  return before ? { number: before[2].trim(), unit: before[1].trim(), place: 'before', isApart: /^\s/.test(trimmed.slice(before[1].length)) } : null;
}

const SAME: readonly (readonly string[])[] = [
  ['oz', 'ounce', 'ounces'], ['lb', 'lbs', 'pound', 'pounds'], ['g', 'gr', 'gram', 'grams', 'gramme'], ['kg', 'kgs', 'kilo', 'kilogram', 'kilograms'], ['mg', 'milligram', 'milligrams'],
  ['m', 'meter', 'meters', 'metre', 'metres'], ['km', 'kilometer', 'kilometers', 'kilometre', 'kilometres'], ['cm', 'centimeter', 'centimeters', 'centimetre'], ['mm', 'millimeter', 'millimetre'], ['in', 'inch', 'inches', '"'], ['ft', 'foot', 'feet', "'"], ['mi', 'mile', 'miles'], ['yd', 'yard', 'yards'],
  ['l', 'liter', 'liters', 'litre', 'litres'], ['ml', 'milliliter', 'millilitre'], ['gal', 'gallon', 'gallons'],
  ['s', 'sec', 'secs', 'second', 'seconds'], ['min', 'mins', 'minute', 'minutes'], ['h', 'hr', 'hrs', 'hour', 'hours'], ['d', 'day', 'days'], ['yr', 'yrs', 'year', 'years', 'y'], ['mo', 'month', 'months'], ['wk', 'week', 'weeks'],
  ['%', 'percent', 'pct', 'per cent'], ['$', 'usd', 'us$', 'dollar', 'dollars'], ['\u20ac', 'eur', 'euro', 'euros'], ['\u00a3', 'gbp', 'pound sterling'], ['\u00b0c', 'c', 'celsius', 'deg c'], ['\u00b0f', 'f', 'fahrenheit', 'deg f'], ['mph', 'mi/h'], ['km/h', 'kmh', 'kph'],
];
const meaning = new Map(SAME.flatMap((words) => words.map((word) => [word, words[0]] as const)));

/** What a spelling of a unit means: "OZ." and "ounces" both give "oz"; so does "oz. can"; unknown words stand for themselves without case, point and plural s. */
export function unitMeaning(unit: string): string {
  const bare = unit.toLowerCase().replace(/\.$/, '').replace(/\s+/g, ' ').trim();
  const first = bare.split(/[ .]/)[0];
  return meaning.get(bare) ?? meaning.get(first) ?? (bare.length > 3 ? bare.replace(/s$/, '') : bare);
}

/** True for the spellings of a unit that is known here. */
export const isKnownUnit = (unit: string): boolean => meaning.has(unit.toLowerCase().split(/[ .]/)[0]) || meaning.has(unit.toLowerCase());

const CURRENCY = /^(?:us|ca|au|nz|hk)?[$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9]|^(?:usd|eur|gbp|jpy|chf|inr|cny|aud|cad|sek|nok|dkk|pln|brl|rs|kr|fr)\.?$/i;

/** Before a number a currency; behind it a word set off by a blank, a sign such as %, or a known unit. "VS1" and "4b" are codes, "Room 5" is a name. */
export const mayBeUnit = ({ unit, place, isApart }: WithUnit): boolean => (place === 'before' ? CURRENCY.test(unit) : isApart || isKnownUnit(unit) || CURRENCY.test(unit) || /^[%\u2030\u00b0]/.test(unit));
