// One sheet of an OpenDocument spreadsheet -> a Table, streamed from content.xml. Rows and cells that are written once and
// repeated are unrolled only where they hold a value, and counted before that, so that no repeat can fill the memory.
import { BarnacleError, isBarnacleError } from '../../base/errors.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import { entryChunks, readZip, type ZipEntry } from '../pack/zip.ts';
import type { ByteSource, ReadResult } from '../reader.ts';
import { makeGrid, type Grid, type GridCell } from './grid.ts';
import type { SheetParams } from './read-xlsx.ts';
import { scanXml } from './scan-xml.ts';

const MOST_COLUMNS = 16_384;
const MOST_XML = 4 * 1024 ** 3;
/** Cells that are not written but repeated. */
const MOST_REPEATED = 4_000_000;

export async function readOds(source: ByteSource, params: SheetParams, context: WorkContext): Promise<ReadResult> {
  try {
    const entry = (await readZip(source)).find((e) => e.name === 'content.xml');
    if (!entry) throw new Error('it has no content');
    const sheets = await listSheets(source, entry);
    if (!sheets.length) throw new Error('it holds no sheet');
    const known = sheets.map((s) => s.name).join(', ').slice(0, 300);
    const chosen = params.sheet ? sheets.find((s) => s.name === params.sheet) : (sheets.find((s) => s.rows > 1) ?? sheets[0]);
    if (!chosen) throw new BarnacleError('bad-param', `document "${source.name}" has no sheet "${params.sheet}"; it has ${known}`, { path: 'params.sheet', value: params.sheet, expected: `one of ${known}` });
    const notes: Note[] = [];
    const grid = makeGrid(params);
    await readSheet(source, entry, sheets.indexOf(chosen), grid, notes, context);
    const { table, rejected, how } = grid.finish(notes);
    if (!table.columns.length) throw new BarnacleError('bad-file', `sheet "${chosen.name}" of "${source.name}" holds no cells; choose another`, { format: 'ods', reason: 'the sheet is empty' });
    if (!params.sheet && sheets.length > 1) notes.unshift({ code: 'several-sheets', message: `the document holds ${sheets.length} sheets (${known}); "${chosen.name}" was read`, column: null, rows: null, example: chosen.name });
    return { table, notes, rejected, how: { sheet: chosen.name, sheets: sheets.map((s) => s.name), ...how } };
  } catch (error) {
    if (isBarnacleError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BarnacleError('bad-file', `file "${source.name}" is not a whole OpenDocument sheet: ${reason}; open it in a spreadsheet and save it again`, { format: 'ods', reason }, { cause: error });
  }
}

/** The sheets and how many rows of theirs hold a value (repeats not counted). */
async function listSheets(source: ByteSource, entry: ZipEntry): Promise<{ name: string; rows: number }[]> {
  const sheets: { name: string; rows: number }[] = [];
  let depth = 0;
  let hasValue = false;
  await scanXml(entryChunks(source, entry, MOST_XML), {
    open(name, attribute) {
      if (name === 'table' && depth++ === 0) sheets.push({ name: attribute('name') ?? `sheet ${sheets.length + 1}`, rows: 0 });
      else if (name === 'table-row') hasValue = false;
      else if (name === 'table-cell' && attribute('value-type') !== null) hasValue = true;
    },
    close(name) {
      if (name === 'table') depth--;
      else if (name === 'table-row' && hasValue && depth === 1) sheets[sheets.length - 1].rows++;
    },
    text: () => {},
  });
  return sheets;
}

async function readSheet(source: ByteSource, entry: ZipEntry, wanted: number, grid: Grid, notes: Note[], context: WorkContext): Promise<void> {
  let sheet = -1;
  let depth = 0;
  let row = 0;
  let rowRepeat = 1;
  let column = 0;
  let repeat = 1;
  let cells: GridCell[] = [];
  let cell: { type: string; given: string | null } | null = null;
  let lines = 0;
  let text = '';
  let paragraph = 0;
  let annotation = 0;
  let merged = 0;
  let repeated = 0;
  const countRepeats = (more: number): void => {
    repeated += more;
    if (repeated > MOST_REPEATED) throw new BarnacleError('too-large', `the sheet repeats its cells over ${MOST_REPEATED} times; save it as CSV`, { what: 'repeated cells', value: repeated, limit: MOST_REPEATED });
  };
  await scanXml(
    entryChunks(source, entry, MOST_XML),
    {
      open(name, attribute) {
        if (name === 'table' && depth++ === 0) sheet++;
        if (sheet !== wanted || depth !== 1) return;
        if (name === 'annotation') annotation++;
        if (annotation) return;
        if (name === 'table-row') {
          rowRepeat = countOf(attribute('number-rows-repeated'));
          column = 0;
          cells = [];
        } else if (name === 'table-cell' || name === 'covered-table-cell') {
          repeat = countOf(attribute('number-columns-repeated'));
          const isError = attribute('value-type') === 'error';
          const type = isError ? 'error' : (attribute('value-type') ?? '');
          cell = { type, given: attribute('value') ?? attribute('date-value') ?? attribute('time-value') ?? attribute('boolean-value') ?? attribute('string-value') };
          if (countOf(attribute('number-columns-spanned')) > 1 || countOf(attribute('number-rows-spanned')) > 1) merged++;
          lines = 0;
          text = '';
        } else if (name === 'p' && cell) {
          paragraph++;
          if (lines++) text += '\n';
        } else if (name === 's' && cell) text += ' '.repeat(Math.min(1000, countOf(attribute('c'))));
        else if (name === 'tab' && cell) text += '\t';
        else if (name === 'line-break' && cell) text += '\n';
      },
      text(piece) {
        if (cell && paragraph && !annotation && sheet === wanted) text += piece;
      },
      close(name) {
        if (name === 'table') depth--;
        if (sheet !== wanted || depth !== 1) return;
        if (name === 'annotation') annotation--;
        else if (annotation) return;
        else if (name === 'p') paragraph = Math.max(0, paragraph - 1);
        else if ((name === 'table-cell' || name === 'covered-table-cell') && cell) {
          const value = cellOf(cell.type, cell.given, text);
          if (value) {
            if (column + repeat > MOST_COLUMNS) throw new BarnacleError('too-large', `a row of the sheet has more than ${MOST_COLUMNS} columns`, { what: 'columns', value: column + repeat, limit: MOST_COLUMNS });
            countRepeats(repeat - 1);
            for (let k = 0; k < repeat; k++) cells.push({ ...value, column: column + k });
          }
          column += repeat;
          cell = null;
        } else if (name === 'table-row') {
          if (cells.length) {
            countRepeats(cells.length * (rowRepeat - 1));
            for (let k = 0; k < rowRepeat; k++) grid.addRow(row + k + 1, cells);
          }
          row += rowRepeat;
        }
      },
    },
    async () => {
      context.report({ stage: 'read', done: null, text: `${row} rows` });
      if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
    },
  );
  if (merged) notes.push({ code: 'merged-cells', message: `${merged} ranges of merged cells: their value stands in the first cell, the others are missing`, column: null, rows: merged, example: null });
}

function countOf(text: string | null): number {
  const count = Number(text ?? 1);
  return Number.isInteger(count) && count >= 1 ? Math.min(count, 2 ** 31) : 1;
}

function cellOf(type: string, given: string | null, text: string): GridCell | null {
  const column = 0;
  if (type === '') return null;
  if (type === 'error' || /^(Err:\d+|#(N\/A|VALUE!|REF!|DIV\/0!|NAME\?|NUM!|NULL!))$/.test(text)) return { column, value: null, what: 'error' };
  if (type === 'boolean') return { column, value: given === 'true' };
  if (type === 'float' || type === 'percentage' || type === 'currency') {
    const number = Number(given);
    if (given === null || given.trim() === '' || !Number.isFinite(number)) throw new Error(`a cell holds "${(given ?? '').slice(0, 20)}" where a number should be`);
    return { column, value: number };
  }
  if (type === 'date') return { column, value: (given ?? text).replace('T', ' ') };
  if (type === 'time') {
    const m = /^(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?$/.exec(given ?? '');
    if (!m) return { column, value: text };
    const ms = (((Number(m[2] ?? 0) * 24 + Number(m[3] ?? 0)) * 60 + Number(m[4] ?? 0)) * 60 + Number((m[5] ?? '0').replace(',', '.'))) * 1000;
    return { column, value: Math.round(m[1] ? -ms : ms), what: 'clock' };
  }
  const shown = text || (given ?? '');
  return shown.trim() === '' ? null : { column, value: shown };
}
