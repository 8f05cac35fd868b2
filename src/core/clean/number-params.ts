// The declarations that several steps share: how numbers and dates are written in the cells.
import type { Params } from '../base/params.ts';
import type { NumberMarks } from './read-number.ts';
import type { DateOrder } from './read-time.ts';

export const markParams: Params<NumberMarks> = {
  decimal: { kind: 'choice', label: 'Decimal mark', help: 'What stands before the decimals.', fallback: '.', choices: [{ value: '.', label: 'Point: 1.5' }, { value: ',', label: 'Comma: 1,5' }] },
  thousands: { kind: 'choice', label: 'Thousands mark', help: 'What parts groups of three digits; none by default, so that nothing is read by a guess.', fallback: '', choices: [{ value: '', label: 'None: 1000' }, { value: ',', label: 'Comma: 1,000' }, { value: '.', label: 'Point: 1.000' }, { value: ' ', label: 'Blank: 1 000' }, { value: "'", label: "Apostrophe: 1'000" }] },
};

export const datesParam: Params<{ dates: DateOrder }> = {
  dates: { kind: 'choice', label: 'Order of dates', help: 'How day, month and year follow each other; a year of four digits in front is read in any case.', fallback: 'ymd', choices: [{ value: 'ymd', label: 'Year, month, day: 2024-12-31' }, { value: 'dmy', label: 'Day, month, year: 31/12/2024' }, { value: 'mdy', label: 'Month, day, year: 12/31/2024' }] },
};

/** Throws away nothing: equal marks cannot both be meant. */
export const marksClash = ({ decimal, thousands }: NumberMarks): boolean => decimal === thousands;
