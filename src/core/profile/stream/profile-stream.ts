// A stream of blocks of rows -> the Profile of all of them, in memory that does not grow with the rows.
// Needs what a first pass has found: the rows, and the range of each number column. Counts, ranges, moments, histograms are
// exact; what is an estimate (distinct, quantiles, frequent texts, repeated rows, each only past its limit) is told in Notes.
// Relations come from the same sample rows that profileTable takes.
import { mix32 } from '../../base/random.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import type { Column, Kind, Table } from '../../table/table.ts';
import { factsOfLevels, profileColumn, type ColumnFacts, type StringFacts } from '../profile-column.ts';
import type { ColumnProfile, Profile } from '../profile.ts';
import { finishProfile, profileSample } from '../profile-table.ts';
import { makeNumberSketch, type NumberSketch, type Range } from './number-sketch.ts';
import { makeRowSketch } from './row-sketch.ts';
import { sampleColumn } from './sample-columns.ts';
import { makeStringSketch, NOTHING_HIGH, NOTHING_LOW, type StringsKind, type StringSketch } from './string-sketch.ts';
import { getBit } from '../../base/bits.ts';

/** A column as the first pass leaves it. `strings` says how category or text is chosen. */
export type StreamColumn = { name: string; kind: 'number' | 'boolean' | 'time'; range: Range } | { name: string; kind: 'strings'; strings: StringsKind };

export interface ProfileStream {
  /** Blocks in the order of the rows, each with these columns in this order; nothing of them is kept. */
  add(block: Table): void;
  finish(context: WorkContext): Promise<{ profile: Profile; notes: Note[] }>;
}

const MOST_SAMPLE_CELLS = 1 << 24;
const MOST_SAMPLE_ROWS = 50_000;
/** Entries that all columns together may count in arrays. */
const MOST_COUNTED = 1 << 24;

export function makeProfileStream(columns: readonly StreamColumn[], rows: number): ProfileStream {
  const sample = profileSample(rows, Math.max(1000, Math.min(MOST_SAMPLE_ROWS, Math.floor(MOST_SAMPLE_CELLS / Math.max(1, columns.length)))));
  const room = Math.floor(MOST_COUNTED / Math.max(1, columns.length));
  const sketches = columns.map((column): NumberSketch | StringSketch => (column.kind === 'strings' ? makeStringSketch() : makeNumberSketch(column.range, column.kind === 'time', room)));
  const samples = columns.map((column) => sampleColumn(column.name, sample.length));
  const rowSketch = makeRowSketch();
  let first = 0;
  let picked = 0;
  let hashes = { high: new Uint32Array(0), low: new Uint32Array(0), cellHigh: new Uint32Array(0), cellLow: new Uint32Array(0) };
  return {
    add(block) {
      const n = block.rows;
      if (hashes.high.length < n) hashes = { high: new Uint32Array(n), low: new Uint32Array(n), cellHigh: new Uint32Array(n), cellLow: new Uint32Array(n) };
      const { high, low, cellHigh, cellLow } = hashes;
      high.fill(0);
      low.fill(0);
      let next = picked;
      while (next < sample.length && sample[next] < first + n) next++;
      block.columns.forEach((column, c) => {
        const sketch = sketches[c];
        if (column.kind === 'category' || column.kind === 'text') (sketch as StringSketch).add(column, n, cellHigh, cellLow);
        else {
          (sketch as NumberSketch).add(column.values, column.missing, n);
          hashNumbers(column, n, cellHigh, cellLow);
        }
        for (let i = 0; i < n; i++) {
          high[i] = mix32(Math.imul(high[i], 0x9e3779b1) ^ cellHigh[i] ^ mix32(cellLow[i] + 0x165667b1));
          low[i] = mix32(Math.imul(low[i], 0x85ebca77) ^ cellLow[i] ^ mix32(cellHigh[i] + 0x27d4eb2f));
        }
        samples[c].add(column, first, sample, picked, next);
      });
      if (columns.length) rowSketch.add(high, low, n);
      picked = next;
      first += n;
    },
    async finish(context) {
      const notes: Note[] = [];
      const facts: ColumnFacts[] = [];
      const sampled: Column[] = [];
      for (let c = 0; c < columns.length; c++) {
        context.report({ stage: 'profile', done: null, text: columns[c].name });
        await context.breathe();
        const column = columns[c];
        const finished = column.kind === 'strings' ? stringFacts(column.name, rows, sketches[c] as StringSketch, column.strings, notes) : numberFacts(column.name, column.kind, rows, sketches[c] as NumberSketch, notes);
        const held = samples[c].finish(finished.column.kind, column.kind === 'strings' ? (sketches[c] as StringSketch).order() : null);
        facts.push({ ...profileColumn(held), ...finished });
        sampled.push(held);
      }
      const repeats = rowSketch.finish();
      if (!repeats.isExact) notes.push({ code: 'estimate', message: `repeated rows are estimated from ${repeats.rows} of ${rows} rows, chosen by their content: about ${repeats.estimate}`, column: null, rows: repeats.rows, example: null });
      const own = Int32Array.from(sample, (_, k) => k);
      const profile = await finishProfile({ rows, facts, columns: sampled, sample: own, duplicates: repeats }, context);
      return { profile: { ...profile, duplicateRows: repeats.estimate }, notes };
    },
  };
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

function hashNumbers({ values, missing }: Exclude<Column, { kind: 'category' | 'text' }>, rows: number, high: Uint32Array, low: Uint32Array): void {
  for (let i = 0; i < rows; i++) {
    if (missing !== null && getBit(missing, i)) {
      high[i] = NOTHING_HIGH;
      low[i] = NOTHING_LOW;
      continue;
    }
    double[0] = values[i] + 0;
    high[i] = words[0];
    low[i] = words[1];
  }
}

const baseOf = (name: string, kind: Kind, rows: number, missing: number): ColumnProfile => ({ name, kind, rows, missing, distinct: 0, distinctIsExact: true, number: null, levels: null, rest: 0, text: null });
const about = (name: string, message: string): Note => ({ code: 'estimate', message: `column "${name}": ${message}`, column: name, rows: null, example: null });

function numberFacts(name: string, kind: 'number' | 'boolean' | 'time', rows: number, sketch: NumberSketch, notes: Note[]): Pick<ColumnFacts, 'column' | 'notFinite' | 'ends'> {
  const facts = sketch.finish();
  if (!facts.quantilesAreExact) notes.push(about(name, 'quantiles are estimates, whose ranks are off by at most 0.25 % of the rows'));
  const column: ColumnProfile = { ...baseOf(name, kind, rows, sketch.missing()), distinct: facts.distinct, distinctIsExact: facts.isExact, number: facts.number, ...(facts.ascending ? { ascending: true } : {}) };
  return { column, notFinite: facts.notFinite, ends: kind === 'number' ? facts.ends : null };
}

function stringFacts(name: string, rows: number, sketch: StringSketch, strings: StringsKind, notes: Note[]): Pick<ColumnFacts, 'column' | 'notFinite' | 'ends'> & Partial<StringFacts> {
  const facts = sketch.finish(strings);
  const base = baseOf(name, facts.kind, rows, facts.missing);
  if (facts.kind === 'category' && facts.all) return factsOfLevels(facts.all.levels, facts.all.counts, base);
  if (facts.topError && facts.top.length) notes.push(about(name, `the counts of its most frequent texts may be too low by up to ${facts.topError}`));
  const shown = facts.top.reduce((n, { count }) => n + count, 0);
  return { column: { ...base, distinct: facts.distinct, distinctIsExact: facts.distinctIsExact, levels: facts.top, rest: facts.present - shown, text: facts.text }, notFinite: 0, ends: null };
}
