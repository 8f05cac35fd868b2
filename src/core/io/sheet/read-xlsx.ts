// One sheet of an Excel workbook -> a Table, streamed from its archive. Cells keep the kind that Excel stored: numbers, dates
// (by their style), booleans, strings; errors and formulas without a stored result are missing, merged cells are told.
import { BarnacleError, isBarnacleError } from '../../base/errors.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import { timeText } from '../../table/cell.ts';
import { entryChunks, readZip, type ZipEntry } from '../pack/zip.ts';
import type { ByteSource, ReadResult } from '../reader.ts';
import { makeGrid, type Grid, type GridCell, type GridParams } from './grid.ts';
import { scanXml } from './scan-xml.ts';
import { readStrings, readStyles, readWorkbook, unescapeX, type Style, type Workbook } from './xlsx-parts.ts';

export type SheetParams = GridParams & { sheet: string };
const MOST_COLUMNS = 16_384;
const MOST_XML = 4 * 1024 ** 3;
const DAY = 86400000;

export async function readXlsx(source: ByteSource, params: SheetParams, context: WorkContext): Promise<ReadResult> {
  try {
    const entries = await readZip(source);
    const book = await readWorkbook(source, entries);
    if (!book) {
      const kind = entries.some((e) => e.name.startsWith('word/')) ? 'Word document' : entries.some((e) => e.name.startsWith('ppt/')) ? 'presentation' : 'document without a workbook';
      throw new BarnacleError('unsupported-format', `file "${source.name}" is a ${kind}; choose a table`, { format: kind, reason: 'it holds no sheets' });
    }
    if (!book.sheets.length) throw new Error('it holds no sheet');
    const strings = await readStrings(source, book.strings);
    const styles = await readStyles(source, book.styles);
    const visible = book.sheets.filter((s) => !s.isHidden);
    const tried = params.sheet ? [sheetOf(book, params.sheet, source.name)] : visible.length ? visible : book.sheets;
    for (const [k, sheet] of tried.entries()) {
      const notes: Note[] = [];
      const grid = await readSheet(source, sheet.entry, params, { strings, styles, is1904: book.is1904 }, notes, context);
      if (grid.rows < 2 && k < tried.length - 1) continue;
      const { table, rejected, how } = grid.grid.finish(notes);
      if (!table.columns.length) throw new BarnacleError('bad-file', `sheet "${sheet.name}" of "${source.name}" holds no cells; choose another`, { format: 'xlsx', reason: 'the sheet is empty' });
      if (!params.sheet && book.sheets.length > 1) notes.unshift({ code: 'several-sheets', message: `the workbook holds ${book.sheets.length} sheets (${book.sheets.slice(0, 8).map((s) => s.name).join(', ')}); "${sheet.name}" was read`, column: null, rows: null, example: sheet.name });
      if (book.hasMacros) notes.push({ code: 'macros', message: 'the workbook holds macros; they were not run and are not read', column: null, rows: null, example: null });
      return { table, notes, rejected, how: { sheet: sheet.name, sheets: book.sheets.map((s) => s.name), ...how } };
    }
    throw new Error('it holds no sheet');
  } catch (error) {
    if (isBarnacleError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BarnacleError('bad-file', `file "${source.name}" is not a whole Excel workbook: ${reason}; open it in a spreadsheet and save it again`, { format: 'xlsx', reason }, { cause: error });
  }
}

function sheetOf(book: Workbook, wanted: string, file: string): Workbook['sheets'][number] {
  const found = book.sheets.find((s) => s.name === wanted);
  const known = book.sheets.map((s) => s.name).join(', ').slice(0, 300);
  if (!found) throw new BarnacleError('bad-param', `workbook "${file}" has no sheet "${wanted}"; it has ${known}`, { path: 'params.sheet', value: wanted, expected: `one of ${known}` });
  return found;
}

type Lookup = { strings: readonly string[]; styles: readonly Style[]; is1904: boolean };

async function readSheet(source: ByteSource, entry: ZipEntry, params: GridParams, lookup: Lookup, notes: Note[], context: WorkContext): Promise<{ grid: Grid; rows: number }> {
  const grid = makeGrid(params);
  let row = 0;
  let rows = 0;
  let column = -1;
  let cells: GridCell[] = [];
  let type = '';
  let style = 0;
  let value = '';
  let inline = '';
  let hasFormula = false;
  let reading: 'v' | 't' | null = null;
  let merged = 0;
  let isPhonetic = false;
  await scanXml(
    entryChunks(source, entry, MOST_XML),
    {
      open(name, attribute) {
        if (name === 'c') {
          const at = attribute('r');
          column = at === null ? column + 1 : columnOf(at);
          if (column >= MOST_COLUMNS) throw new Error('a cell lies beyond the last column');
          type = attribute('t') ?? 'n';
          style = Number(attribute('s') ?? 0);
          value = inline = '';
          hasFormula = false;
        } else if (name === 'v') reading = 'v';
        else if (name === 't') reading = isPhonetic ? null : 't';
        else if (name === 'f') hasFormula = true;
        else if (name === 'rPh') isPhonetic = true;
        else if (name === 'row') {
          const given = Number(attribute('r') ?? row + 1);
          if (!Number.isInteger(given) || given <= row) throw new Error(`row ${row} is followed by row ${given}`);
          row = given;
          column = -1;
          cells = [];
        } else if (name === 'mergeCell') merged++;
      },
      text(text) {
        if (reading === 'v') value += text;
        else if (reading === 't') inline += text;
      },
      close(name) {
        if (name === 'v' || name === 't') reading = null;
        else if (name === 'rPh') isPhonetic = false;
        else if (name === 'c') {
          const cell = cellOf(column, type, value, inline, hasFormula, lookup.styles[style] ?? 'number', lookup);
          if (cell) cells.push(cell);
        } else if (name === 'row' && cells.length) {
          rows++;
          grid.addRow(row, cells);
        }
      },
    },
    async () => {
      context.report({ stage: 'read', done: null, text: `${rows} rows` });
      if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
    },
  );
  if (merged) notes.push({ code: 'merged-cells', message: `${merged} ranges of merged cells: their value stands in the first cell, the others are missing`, column: null, rows: merged, example: null });
  return { grid, rows };
}

/** "BC12" -> 54. */
function columnOf(at: string): number {
  let column = 0;
  for (let i = 0; i < at.length && i < 4; i++) {
    const letter = at.charCodeAt(i) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  if (column === 0) throw new Error(`"${at.slice(0, 20)}" is no cell`);
  return column - 1;
}

function cellOf(column: number, type: string, value: string, inline: string, hasFormula: boolean, style: Style, { strings, is1904 }: Lookup): GridCell | null {
  if (type === 'inlineStr') return textCell(column, unescapeX(inline));
  if (value === '') return hasFormula ? { column, value: null, what: 'no-result' } : null;
  switch (type) {
    case 's': {
      const index = Number(value);
      if (!Number.isInteger(index) || index < 0 || index >= strings.length) throw new Error(`a cell refers to shared string ${value.slice(0, 20)} of ${strings.length}`);
      return textCell(column, strings[index]);
    }
    case 'str':
      return textCell(column, unescapeX(value));
    case 'b':
      return { column, value: value.trim() === '1' || value.trim() === 'true' };
    case 'e':
      return { column, value: null, what: 'error' };
    case 'd':
      return textCell(column, value.replace('T', ' '));
  }
  const number = Number(value);
  if (!Number.isFinite(number)) throw new Error(`a cell holds "${value.slice(0, 20)}" where a number should be`);
  if (style === 'clock') return number >= 1 ? dateCell(column, number, is1904) : { column, value: Math.round(number * DAY), what: 'clock' };
  return style === 'date' ? dateCell(column, number, is1904) : { column, value: number };
}

const textCell = (column: number, text: string): GridCell | null => (text.trim() === '' ? null : { column, value: text });

/** Day 1 is 1900-01-01 and day 60 a 29 February that never was, as Excel counts; or days from 1904-01-01. */
function dateCell(column: number, serial: number, is1904: boolean): GridCell {
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  if (!(days >= 0 && days < 2958466) || (!is1904 && Math.floor(serial) === 60)) return { column, value: serial };
  const ms = Math.round((days - 25569) * DAY);
  return { column, value: timeText(ms, ms % DAY === 0 ? 'day' : ms % 1000 === 0 ? 'second' : 'ms') };
}
