// A delimited file as a BlockStream. Pass 1 settles the kind of each column over all rows, with the reader's own states whose
// builders are emptied as they fill, and finds the range of numbers and times; columns of strings need no look at it. Pass 2
// reads everything as settled and hands out blocks. Whichever CsvKernels the context brings do the work.
import { BarnacleError } from '../../base/errors.ts';
import type { Note } from '../../base/task.ts';
import { makeTable } from '../../table/build.ts';
import { bodyChunks, keepTail, type Range, type Tail } from '../csv/body-chunks.ts';
import { NUMBERS, STRING, TIME } from '../csv/cell-kinds.ts';
import { restartColumn, type ColumnState } from '../csv/column-state.ts';
import type { CsvScan, ReadContext } from '../csv/csv-kernels.ts';
import type { CsvParams } from '../csv/dialect.ts';
import { addContrary, almostNote, finishColumn, type Contrary } from '../csv/finish-column.ts';
import { asideNotes, fileNotes, howOf } from '../csv/how-csv.ts';
import { allRejected, footerOfTail, inEncoding, settleDates, stringKind } from '../csv/read-csv.ts';
import { startCsv, type CsvStart } from '../csv/start-csv.ts';
import { TAIL_BYTES } from '../csv/set-aside.ts';
import { referenceCsv } from '../csv/reference-csv.ts';
import type { Cursor } from '../csv/tokenize.ts';
import { finishDoubles, makeNumberBuilder } from '../build/number-builder.ts';
import { makeStringBuilder } from '../build/string-builder.ts';
import type { Opened } from '../open-source.ts';
import type { Encoding } from '../text/encoding.ts';
import { emptyRange, KEPT_REJECTED, widenRange, type BlockStream, type StreamedColumn, type ValueRange } from './blocks.ts';

/** Rows and cells in a block. */
const BLOCK_ROWS = 65536;
const BLOCK_CELLS = 1 << 20;
const DAY = 86400000;
type Ranges = { month: ValueRange; day: ValueRange };

export const streamDelimited = (opened: Opened, params: CsvParams, context: ReadContext, delimiters?: readonly string[]): Promise<BlockStream & { notes: Note[] }> =>
  inEncoding(opened, params, (encoding) => streamAs(opened, params, encoding, context, delimiters));

async function streamAs(opened: Opened, params: CsvParams, encoding: Encoding, context: ReadContext, delimiters?: readonly string[]): Promise<BlockStream & { notes: Note[] }> {
  if (params.sampleRows) throw new BarnacleError('bad-param', `parameter sampleRows is ${params.sampleRows}; expected 0 where a file is streamed, since all of its rows are read`, { path: 'params.sampleRows', value: params.sampleRows, expected: '0' });
  let start = await startCsv(opened, params, encoding, delimiters);
  let body: Body = { opened, encoding, start, without: start.aside.ranges };
  let aside = start.aside.rejected;
  const ranges = new Map<ColumnState, Ranges>();
  const tail: Tail = { parts: [], length: 0, total: 0 };
  let looked = await settle(body, params, context, ranges, tail);
  const footer = start.isWhole ? null : footerOfTail({ tail, pass: looked }, start, params);
  if (footer) {
    start = await startCsv(opened, params, encoding, delimiters);
    body = { opened, encoding, start, without: [...start.aside.ranges, ...footer.ranges] };
    aside = [...start.aside.rejected, ...footer.rejected];
    looked = await settle(body, params, context, ranges, null);
  }
  const { rows } = looked;
  const { states, notes, kinds } = start;
  const kindOf = (state: ColumnState): 'auto' | 'category' | 'text' => stringKind(kinds.get(state.name) ?? kinds.get('*'));
  const columns = states.map((state): StreamedColumn => {
    if (state.kind === STRING) return { name: state.name, kind: 'strings', strings: kindOf(state) };
    const { month, day } = ranges.get(state) ?? { month: emptyRange(), day: emptyRange() };
    if (state.kind !== TIME) return { name: state.name, kind: state.kind === 0 || state.kind & NUMBERS ? 'number' : 'boolean', range: month };
    const range = state.isMonthFirst ? month : day;
    return { name: state.name, kind: 'time', range: { ...range, step: state.unit === 0 ? DAY : range.step } };
  });
  const out = { rows, columns, notes, rejected: [] as Cursor['rejected'], rejectedCount: 0, how: { ...howOf(opened, start.sniffed, encoding, start.styles, start.head), streamed: true } };
  return Object.assign(out, {
    async scan(onBlock: Parameters<BlockStream['scan']>[0]): Promise<void> {
      const infinite = new Map<ColumnState, number>();
      const contrary = new Map<ColumnState, Contrary>();
      const pass = await runPass(body, states, context, 'rows profiled: ', 0.5, (drained) => {
        const block = states.map((state) => {
          if (state.wasAlmost) addContrary(getOr(contrary, state), state);
          const column = finishColumn(state, 'auto', start.words, []);
          infinite.set(state, (infinite.get(state) ?? 0) + state.numbers.infinite);
          empty(state);
          return column;
        });
        onBlock(makeTable(block, drained));
      });
      if (rows === 0 && !pass.rejectedCount) notes.push({ code: 'no-rows', message: 'the file holds column names and no rows', column: null, rows: 0, example: null });
      for (const state of states) {
        state.numbers.infinite = infinite.get(state) ?? 0;
        const almost = almostNote(state, getOr(contrary, state));
        state.wasAlmost = 0;
        const told: Note[] = almost && !state.isOpen ? [almost] : [];
        finishColumn(state, kindOf(state), start.words, told);
        notes.push(...told.map((note) => (note.code === 'all-missing' ? { ...note, rows } : note)));
      }
      const { cursor } = pass;
      cursor.blankLines += start.sniffed.blankLines;
      cursor.strayQuotes += start.before.strayQuotes;
      cursor.trimmed += start.before.trimmed;
      const all = allRejected(cursor.rejected, start, aside);
      notes.push(...fileNotes({ ...pass, cursor: { ...cursor, rejected: all } }, states, start.broken.count).filter((note) => note.code !== 'rejected'), ...asideNotes(all));
      out.rejected = all.slice(0, KEPT_REJECTED);
      out.rejectedCount = pass.rejectedCount + all.length - cursor.rejected.length;
      if (pass.rejectedCount) notes.push({ code: 'rejected', message: `${pass.rejectedCount} rows do not have the table's number of cells and were set aside`, column: null, rows: pass.rejectedCount, example: null });
    },
  });
}

function getOr(counts: Map<ColumnState, Contrary>, state: ColumnState): Contrary {
  const held = counts.get(state) ?? { count: 0, present: 0, example: null };
  counts.set(state, held);
  return held;
}

/** Pass 1, and further ones only for columns that turned out as another kind than one of strings. */
async function settle(body: Body, params: CsvParams, context: ReadContext, ranges: Map<ColumnState, Ranges>, tail: Tail | null): Promise<StreamPass> {
  const { states } = body.start;
  const isWatched = (state: ColumnState): boolean => state.kind !== STRING;
  const pass = async (some: readonly ColumnState[], text: string, kept: Tail | null = null): Promise<StreamPass> => {
    for (const state of some) ranges.set(state, { month: emptyRange(), day: emptyRange() });
    return runPass(body, some, context, text, 0, () => {
      for (const state of some) {
        if (isWatched(state) && state.kind !== 0 && !state.hasFailed) widen(state, ranges.get(state)!);
        empty(state);
      }
    }, isWatched, kept);
  };
  const first = await pass(states.filter(isWatched), 'rows looked at: ', tail);
  for (;;) {
    for (const state of states) settleDates(state, params.dates);
    const failed = states.filter((state) => state.hasFailed);
    failed.forEach(restartColumn);
    const again = failed.filter(isWatched);
    if (!again.length) break;
    await pass(again, `looking at ${again.length} columns again: `);
  }
  for (const state of states) {
    const { kind, unit, isMonthFirst, isDayFirst, dayFirst, wasAlmost, isOpen } = state;
    restartColumn(state);
    Object.assign(state, { kind, isOpen, unit, isMonthFirst, isDayFirst, dayFirst: dayFirst && makeNumberBuilder(), wasAlmost: kind === STRING ? wasAlmost : 0 });
  }
  return first;
}

function widen(state: ColumnState, { month, day }: Ranges): void {
  const values = finishDoubles(state.numbers);
  widenMasked(month, state.numbers, values);
  if (state.kind === TIME) widenMasked(day, state.dayFirst ?? state.numbers, state.dayFirst ? finishDoubles(state.dayFirst) : values);
}

function widenMasked(range: ValueRange, builder: ColumnState['numbers'], values: Float64Array): void {
  if (builder.mask.count === 0) return widenRange(range, values, null, values.length);
  const bits = new Uint8Array((values.length + 7) >> 3);
  bits.set(builder.mask.bits.subarray(0, bits.length));
  widenRange(range, values, bits, values.length);
}

/** Lets go of the rows that were read so far; counts stay. */
function empty(state: ColumnState): void {
  state.rows = 0;
  state.numbers = makeNumberBuilder();
  state.strings = makeStringBuilder();
  if (state.dayFirst) state.dayFirst = makeNumberBuilder();
}

/** What is read of the file, and which ranges of its rows are none. */
type Body = { opened: Opened; encoding: Encoding; start: CsvStart; without: readonly Range[] };
type StreamPass = { rows: number; cursor: Cursor; rejectedCount: number };

/** One pass over all rows: feeds the states (those that `isWanted` at the time) and calls `onDrain` before their builders grow large. */
async function runPass({ opened, encoding, start: { sniffed, words }, without }: Body, states: readonly ColumnState[], context: ReadContext, text: string, done: number, onDrain: (rows: number) => void, isWanted: (state: ColumnState) => boolean = () => true, tail: Tail | null = null): Promise<StreamPass> {
  const scan: CsvScan = (context.csv ?? referenceCsv).open({ dialect: sniffed.dialect, columns: sniffed.columns, words });
  const { cursor } = scan;
  const most = Math.min(BLOCK_ROWS, Math.max(256, Math.floor(BLOCK_CELLS / sniffed.columns)));
  let rows = 0;
  let held = 0;
  let dropped = 0;
  const drain = (): void => {
    for (const state of states) if (!state.hasFailed) scan.settle(state);
    onDrain(held);
    held = 0;
  };
  const readWindow = async (): Promise<void> => {
    for (;;) {
      const before = cursor.position;
      const found = scan.next();
      if (found) {
        for (const state of states) if (!state.hasFailed && isWanted(state)) scan.feed(state);
        rows += found;
        held += found;
        if (held >= most) drain();
      }
      if (cursor.rejected.length > KEPT_REJECTED) {
        dropped += cursor.rejected.length - KEPT_REJECTED;
        cursor.rejected.length = KEPT_REJECTED;
      }
      if (cursor.position === before || cursor.position >= cursor.end) return;
    }
  };
  try {
    const chunks = bodyChunks(opened, encoding, sniffed, without);
    for await (const chunk of tail ? keepTail(chunks, TAIL_BYTES, tail) : chunks) {
      scan.load(chunk, false);
      await readWindow();
      context.report({ stage: 'read', done: done + opened.share() / 2, text: text + rows.toLocaleString('en') });
      if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
    }
    scan.load(new Uint8Array(0), true);
    await readWindow();
    if (held) drain();
    return { rows, cursor, rejectedCount: dropped + cursor.rejected.length };
  } finally {
    scan.close();
  }
}
