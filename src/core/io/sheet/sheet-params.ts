// What a person may set when a sheet is read.
import type { Params } from '../../base/params.ts';

export const sheetParams: Params<{ sheet: string; header: 'auto' | 'yes' | 'no'; firstRow: number }> = {
  sheet: { kind: 'text', label: 'Sheet', help: 'The sheet to read; empty reads the first that holds a table. All sheets are listed in "how".', fallback: '', maxLength: 500 },
  header: { kind: 'choice', label: 'First row holds names', help: 'Found by what the first full row holds, unless set.', fallback: 'auto', choices: [{ value: 'auto', label: 'Find out' }, { value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }] },
  firstRow: { kind: 'number', label: 'Table begins in row', help: 'The row of the names, as the spreadsheet counts; 0 finds the first row that is about as wide as most.', fallback: 0, min: 0, max: 2 ** 24, integer: true },
};
