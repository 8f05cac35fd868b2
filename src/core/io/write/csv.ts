// The CSV writer: for spreadsheets and every other tool. Kinds are not written; an empty text becomes a missing cell.
import { BarnacleError } from '../../base/errors.ts';
import type { Note } from '../../base/task.ts';
import { csvRows } from '../csv-write.ts';
import { eachPart } from './each-part.ts';
import { defineWriter } from './writer.ts';

type CsvWriteParams = { delimiter: ',' | ';' | '\t' | '|'; decimal: '.' | ','; bom: boolean; spreadsheetSafe: boolean };

export const csvWriter = defineWriter<CsvWriteParams>({
  type: 'csv',
  label: 'CSV',
  extension: 'csv',
  mime: 'text/csv',
  help: 'Opens everywhere. Kinds are not kept, and an empty text cannot be told from a missing cell.',
  params: {
    delimiter: { kind: 'choice', label: 'Delimiter', help: 'What stands between cells; a semicolon where the decimal sign is a comma.', fallback: ',', choices: [{ value: ',', label: 'Comma' }, { value: ';', label: 'Semicolon' }, { value: '\t', label: 'Tab' }, { value: '|', label: 'Bar' }] },
    decimal: { kind: 'choice', label: 'Decimal sign', help: 'A point, or a comma for spreadsheets of many countries.', fallback: '.', choices: [{ value: '.', label: 'Point' }, { value: ',', label: 'Comma' }] },
    bom: { kind: 'flag', label: 'Byte order mark', help: 'Tells Excel that the text is UTF-8; other tools may show it as part of the first name.', fallback: false },
    spreadsheetSafe: { kind: 'flag', label: 'Safe for spreadsheets', help: "Puts ' before text that begins with = + - @, which a spreadsheet would run as a formula. It changes the data, so it is off; numbers are never touched.", fallback: false },
  },
  async write(table, params, context) {
    if (params.delimiter === params.decimal) throw new BarnacleError('bad-param', 'the delimiter and the decimal sign are both a comma; choose a semicolon as delimiter', { path: 'params.delimiter', value: ',', expected: 'a delimiter other than the decimal sign' });
    const encoder = new TextEncoder();
    const csv = csvRows(table, params);
    const chunks: Uint8Array[] = [encoder.encode((params.bom ? '\ufeff' : '') + csv.header)];
    await eachPart(table.rows, 10_000, context, (from, to) => chunks.push(encoder.encode(csv.rows(from, to))));
    const notes: Note[] = [];
    if (csv.disarmed) notes.push({ code: 'disarmed', message: `${csv.disarmed} cells begin like a formula and were written with ' before them; take it off again when the file is read as data`, column: null, rows: csv.disarmed, example: null });
    return { chunks, notes };
  },
});
