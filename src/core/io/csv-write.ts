// A Table -> CSV bytes: UTF-8, comma, LF, names in the first row. Reading them back gives the same table: missing is an empty
// cell, and text that would be read otherwise (a missing word, blanks at its ends, a delimiter) is quoted.
// `spreadsheetSafe` puts an apostrophe before text that a spreadsheet would run as a formula (OWASP, CSV injection).
// An empty text cannot be told from a missing one in this format.
import type { Column, Table } from '../table/table.ts';
import { cellText, isMissing } from '../table/cell.ts';
import { joinBytes } from './source.ts';
import { MISSING_WORDS } from './text/missing-words.ts';

export type CsvWriteOptions = { spreadsheetSafe?: boolean };

const words = new Set(MISSING_WORDS);
const PART = 1 << 20;

export function writeCsv(table: Table, options: CsvWriteOptions = {}): Uint8Array {
  const encoder = new TextEncoder();
  const isSafe = options.spreadsheetSafe ?? false;
  const parts: Uint8Array[] = [];
  let text = `${table.columns.map((column) => quoteText(safeText(column.name, isSafe))).join(',')}\n`;
  const writers = table.columns.map((column) => writerOf(column, isSafe));
  for (let row = 0; row < table.rows; row++) {
    if (writers.length === 1) text += writers[0](row) || '""';
    else for (let k = 0; k < writers.length; k++) text += (k ? ',' : '') + writers[k](row);
    text += '\n';
    if (text.length < PART) continue;
    parts.push(encoder.encode(text));
    text = '';
  }
  parts.push(encoder.encode(text));
  return joinBytes(parts);
}

function writerOf(column: Column, isSafe: boolean): (row: number) => string {
  if (column.kind === 'category') {
    const levels = column.levels.map((level) => quoteText(safeText(level, isSafe)));
    return (row) => (isMissing(column, row) ? '' : levels[column.codes[row]]);
  }
  if (column.kind === 'text') {
    return (row) => {
      const text = cellText(column, row);
      return text === null ? '' : quoteText(safeText(text, isSafe));
    };
  }
  return (row) => cellText(column, row) ?? '';
}

function safeText(text: string, isSafe: boolean): string {
  return isSafe && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoteText(text: string): string {
  if (text === '') return '""';
  const isPlain = !/[",\n\r;|\t']|^ | $/.test(text) && !words.has(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
