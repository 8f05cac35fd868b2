// How a delimited file is written, and what the person may say of it. `auto` is settled by the sniffer over the first bytes;
// what was settled is reported in `how`, so that the studio shows it and every part can be overridden.
import type { ChoiceParam, NumberParam, Params } from '../../base/params.ts';
import { ENCODINGS } from '../text/encoding.ts';
import { partParams, type PartParams } from '../part.ts';

/** Byte values; 0 = none. */
export type Dialect = {
  delimiter: number;
  quote: number;
  /** 0 = a quote is doubled inside quotes; 92 = it stands behind a backslash. */
  escape: number;
  /** 10, or 13 for files of old Macs. A carriage return before 10 belongs to the line end. */
  newline: number;
  /** Only with a space as delimiter: every space parts two cells; otherwise a run of them does, and blanks at line ends do not count. */
  eachSpace?: boolean;
  /** A row with empty cells too many is rejected: where the last column is often empty, they hide that the row is shifted. */
  isStrict?: boolean;
};

export type CsvParams = PartParams & {
  delimiter: string;
  quote: string;
  escape: string;
  header: string;
  encoding: string;
  decimal: string;
  dates: string;
  missing: string;
  kinds: string;
  thousands: string;
  /** Lines before the table, rows of names, lines behind the table; -1 = find out. */
  preamble: number;
  headerRows: number;
  footer: number;
};

const auto = { value: 'auto', label: 'Find out' };
const choice = (label: string, help: string, choices: { value: string; label: string }[]): ChoiceParam => ({ kind: 'choice', label, help, fallback: 'auto', choices: [auto, ...choices] });

const lines = (label: string, help: string): NumberParam => ({ kind: 'number', label, help, fallback: -1, min: -1, max: 1000, integer: true });
/** Delimiters that are rare but met; those of several characters too. */
const ODD = ['^', '~', ':', '#', '&', '!', '*', '@', '=', '\u0001', '\u0002', '\u001f', '||', '::', ';;', ',,', '\t\t', '~~', '^^', '¦', '§', '¬'];

export const csvParams: Params<CsvParams> = {
  delimiter: choice('Delimiter', 'What stands between two cells; found from how evenly the lines split.', [{ value: ',', label: 'Comma' }, { value: ';', label: 'Semicolon' }, { value: '\t', label: 'Tab' }, { value: '|', label: 'Bar' }, { value: ' ', label: 'Spaces' }, ...ODD.map((value) => ({ value, label: value < ' ' ? `Control ${value.charCodeAt(0)}` : value }))]),
  quote: choice('Quote', 'What cells with a delimiter or line end inside are wrapped in.', [{ value: '"', label: 'Double' }, { value: "'", label: 'Single' }, { value: 'none', label: 'None' }]),
  escape: choice('Quote inside quotes', 'Whether a quote inside quotes is doubled or stands behind a backslash.', [{ value: 'double', label: 'Doubled' }, { value: 'backslash', label: 'Backslash' }]),
  header: choice('First row', 'Whether the first row holds the column names.', [{ value: 'yes', label: 'Names' }, { value: 'no', label: 'Data' }]),
  encoding: choice('Encoding', 'How characters are stored; found from the byte order mark and from bytes that are not UTF-8. Among code pages of one byte nothing decides: say it when letters look wrong.', ENCODINGS.map(([value, label]) => ({ value, label }))),
  decimal: choice('Decimal sign', 'Found for each column over all its rows.', [{ value: '.', label: 'Point' }, { value: ',', label: 'Comma' }]),
  thousands: choice('Thousands sign', 'What parts groups of three digits; comma and point are found for each column over all its rows, space and apostrophe only when said, since codes are written so too.', [{ value: ',', label: 'Comma' }, { value: '.', label: 'Point' }, { value: ' ', label: 'Space' }, { value: "'", label: 'Apostrophe' }, { value: 'none', label: 'None' }]),
  dates: choice('Day or month first', 'For dates such as 3/4/2020; found when some row has a value over 12, otherwise the column stays text.', [{ value: 'dmy', label: 'Day first' }, { value: 'mdy', label: 'Month first' }]),
  missing: { kind: 'text', label: 'Also missing', help: 'More words for "no value", separated by a bar; added to NA, N/A, NaN, null, None and ?. Begin with = to use only these.', fallback: '', maxLength: 1000 },
  kinds: { kind: 'text', label: 'Kinds', help: 'One per line: name = number, category, text, time or boolean. Cells that do not fit become missing and are noted.', fallback: '', maxLength: 100_000 },
  ...partParams,
  preamble: lines('Lines before the table', 'How many lines stand before the names or the first row. They go to the rejected rows. -1 = find out.'),
  headerRows: lines('Rows of names', 'How many rows hold the names; several are joined with a space. -1 = find out.'),
  footer: lines('Lines behind the table', 'How many rows at the end are notes or totals. They go to the rejected rows. -1 = find out.'),
};
