// A Table -> CSV bytes: UTF-8, LF, names in the first row; comma and point unless told otherwise. Reading them back gives the same
// table: missing is an empty cell, and text that would be read otherwise (a missing word, blanks at its ends, a delimiter) is quoted.
// `spreadsheetSafe` puts an apostrophe before text that a spreadsheet would run as a formula (OWASP, CSV injection); numbers stay.
// An empty text cannot be told from a missing one in this format.
import type { Column, Table } from '../table/table.ts';
import { cellText, isMissing } from '../table/cell.ts';
import { joinBytes } from './source.ts';
import { MISSING_WORDS } from './text/missing-words.ts';

export type CsvWriteOptions = { spreadsheetSafe?: boolean; delimiter?: string; decimal?: '.' | ','; bom?: boolean };

/** Rows as text; `disarmed` counts the cells that got an apostrophe. */
export interface CsvRows {
  readonly header: string;
  rows(from: number, to: number): string;
  readonly disarmed: number;
}

const words = new Set(MISSING_WORDS);
const PART = 10_000;

export function writeCsv(table: Table, options: CsvWriteOptions = {}): Uint8Array {
  const encoder = new TextEncoder();
  const csv = csvRows(table, options);
  const parts = [encoder.encode((options.bom ? '\ufeff' : '') + csv.header)];
  for (let from = 0; from < table.rows; from += PART) parts.push(encoder.encode(csv.rows(from, Math.min(table.rows, from + PART))));
  return joinBytes(parts);
}

export function csvRows(table: Table, options: CsvWriteOptions = {}): CsvRows {
  const { delimiter = ',' } = options;
  const count = { disarmed: 0 };
  const safe = options.spreadsheetSafe
    ? (text: string, times = 1): string => {
        if (!/^[=+\-@\t\r]/.test(text)) return text;
        count.disarmed += times;
        return `'${text}`;
      }
    : (text: string): string => text;
  const header = `${table.columns.map((column) => quoteText(safe(column.name))).join(delimiter)}\n`;
  const writers = table.columns.map((column) => writerOf(column, safe, options.decimal ?? '.'));
  return {
    header,
    rows(from, to) {
      let text = '';
      for (let row = from; row < to; row++) {
        if (writers.length === 1) text += writers[0](row) || '""';
        else for (let k = 0; k < writers.length; k++) text += (k ? delimiter : '') + writers[k](row);
        text += '\n';
      }
      return text;
    },
    get disarmed() {
      return count.disarmed;
    },
  };
}

function writerOf(column: Column, safe: (text: string, times?: number) => string, decimal: '.' | ','): (row: number) => string {
  if (column.kind === 'category') {
    const levels = column.levels.map((level) => quoteText(safe(level, 0)));
    const isDisarmed = column.levels.map((level) => safe(level, 0) !== level);
    return (row) => {
      if (isMissing(column, row)) return '';
      const code = column.codes[row];
      if (isDisarmed[code]) safe('=', 1);
      return levels[code];
    };
  }
  if (column.kind === 'text') {
    return (row) => {
      const text = cellText(column, row);
      return text === null ? '' : quoteText(safe(text));
    };
  }
  if (column.kind === 'number' && decimal === ',') return (row) => cellText(column, row)?.replace('.', ',') ?? '';
  return (row) => cellText(column, row) ?? '';
}

function quoteText(text: string): string {
  if (text === '') return '""';
  const isPlain = !/[",\n\r;|\t']|^ | $/.test(text) && !words.has(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
