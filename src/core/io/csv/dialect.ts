// How a delimited file is written, and what the person may say of it. `auto` is settled by the sniffer over the first bytes;
// what was settled is reported in `how`, so that the studio shows it and every part can be overridden.
import type { ChoiceParam, Params } from '../../base/params.ts';
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
};

const auto = { value: 'auto', label: 'Find out' };
const choice = (label: string, help: string, choices: { value: string; label: string }[]): ChoiceParam => ({ kind: 'choice', label, help, fallback: 'auto', choices: [auto, ...choices] });

export const csvParams: Params<CsvParams> = {
  delimiter: choice('Delimiter', 'What stands between two cells; found from how evenly the lines split.', [{ value: ',', label: 'Comma' }, { value: ';', label: 'Semicolon' }, { value: '\t', label: 'Tab' }, { value: '|', label: 'Bar' }, { value: ' ', label: 'Spaces' }]),
  quote: choice('Quote', 'What cells with a delimiter or line end inside are wrapped in.', [{ value: '"', label: 'Double' }, { value: "'", label: 'Single' }, { value: 'none', label: 'None' }]),
  escape: choice('Quote inside quotes', 'Whether a quote inside quotes is doubled or stands behind a backslash.', [{ value: 'double', label: 'Doubled' }, { value: 'backslash', label: 'Backslash' }]),
  header: choice('First row', 'Whether the first row holds the column names.', [{ value: 'yes', label: 'Names' }, { value: 'no', label: 'Data' }]),
  encoding: choice('Encoding', 'How characters are stored; found from the byte order mark and from bytes that are not UTF-8.', [{ value: 'utf-8', label: 'UTF-8' }, { value: 'utf-16le', label: 'UTF-16 little endian' }, { value: 'utf-16be', label: 'UTF-16 big endian' }, { value: 'windows-1252', label: 'Windows-1252 (Latin-1)' }]),
  decimal: choice('Decimal sign', 'Found for each column over all its rows.', [{ value: '.', label: 'Point' }, { value: ',', label: 'Comma' }]),
  dates: choice('Day or month first', 'For dates such as 3/4/2020; found when some row has a value over 12, otherwise the column stays text.', [{ value: 'dmy', label: 'Day first' }, { value: 'mdy', label: 'Month first' }]),
  missing: { kind: 'text', label: 'Also missing', help: 'More words for "no value", separated by a bar; added to NA, N/A, NaN, null, None and ?. Begin with = to use only these.', fallback: '', maxLength: 1000 },
  kinds: { kind: 'text', label: 'Kinds', help: 'One per line: name = number, category, text, time or boolean. Cells that do not fit become missing and are noted.', fallback: '', maxLength: 100_000 },
  ...partParams,
};
