// The evidence behind a column's kind, counted over all its rows: how many were looked at, how many agree, which do not
// (with examples and their lines), and what else the column could be. In: a column read to its end; out: JSON.
// Also seen here: words that may mean "missing", and numbers with a unit or currency; both are told and never changed.
import type { JsonObject } from '../../base/json.ts';
import type { Note } from '../../base/task.ts';
import { countLevels, type StringBuilder } from '../build/string-builder.ts';
import { BOOLEAN, GROUPED_NUMBERS, NUMBERS, PLAIN_NUMBERS, possibleKinds, STRING, STYLE_NUMBERS, styleBit, styleOfBit, TIME } from './cell-kinds.ts';
import type { ColumnState } from './column-state.ts';
import { isOpenTime } from './finish-column.ts';
import { DISGUISED, unitOf } from './disguised.ts';

/** Looked at for what a column of strings could be: so many first rows of text, so many levels; all of them where it almost was something else. */
const MOST_ROWS = 5_000;
const MOST_LEVELS = 20_000;
/** Behind so many levels, rare ones are not read for units and words. */
const FIRST_LEVELS = 5_000;
const EXAMPLES = 5;
const KIND: readonly [bits: number, kind: string][] = [[BOOLEAN, 'boolean'], [PLAIN_NUMBERS, 'number'], [TIME, 'time']];
const MARKS = [['.', null], [',', null], ['.', ','], [',', '.'], [',', ' '], ['.', ' '], ['.', "'"]] as const;

export type LineOf = (row: number) => number | null;

/** Takes the state before its builders are finished. `written` is the name as it stands in the file. */
export function evidenceOf(state: ColumnState, kind: string, written: string | null, lineOf: LineOf, notes: Note[]): JsonObject {
  const out: JsonObject = { name: state.name, kind, ...(written !== null && written !== state.name ? { written } : {}) };
  if (state.kind === 0) return { ...out, evidence: { seen: state.rows, missing: state.rows, agreeing: 0, contrary: { count: 0, examples: [] }, alternatives: [] } };
  if (state.kind === STRING) return { ...out, ...ofStrings(state, lineOf, notes) };
  const missing = state.numbers.mask.count;
  const contrary = { count: state.unfit, examples: state.unfitExample === null ? [] : [{ line: null, text: state.unfitExample }] };
  const evidence = { seen: state.rows, missing, agreeing: state.rows - missing, contrary, alternatives: [{ kind: 'text', share: 1 }] };
  if (state.kind & NUMBERS) {
    const style = styleOfBit(state.kind);
    const others = STYLE_NUMBERS.filter((s) => s !== style && state.allowed & styleBit(s)).map((s) => ({ decimal: MARKS[s][0], thousands: MARKS[s][1] }));
    return { ...out, evidence, decimal: MARKS[style][0], thousands: MARKS[style][1], otherWritings: others };
  }
  return state.kind === TIME ? { ...out, evidence, dateOrder: orderOf(state) } : { ...out, evidence };
}

function orderOf(state: ColumnState): string {
  if (isOpenTime(state)) return 'ambiguous';
  return state.dayFirst === null ? 'ymd' : state.isMonthFirst ? 'mdy' : 'dmy';
}

type Looked = { total: number; fitting: Map<string, number>; disguised: Map<string, number>; units: Map<string, number>; grouped: number };

function ofStrings(state: ColumnState, lineOf: LineOf, notes: Note[]): JsonObject {
  const b = state.strings;
  const looked = look(b, state.wasAlmost !== 0);
  const present = b.rows - b.mask.count;
  const alternatives: JsonObject[] = [];
  for (const [bits, kind] of KIND) {
    const fitting = looked.fitting.get(kind)!;
    if (!fitting) continue;
    const count = looked.total - fitting;
    const isNear = count > 0 && count <= looked.total * 0.2 && !state.isOpen;
    const examples = isNear ? contraryTo(b, bits).map(({ row, text }) => ({ line: lineOf(row), text })) : [];
    alternatives.push({ kind, share: Math.round((fitting / looked.total) * 1e4) / 1e4, ...(isNear ? { contrary: { count, examples } } : {}) });
    if (isNear && !state.wasAlmost && looked.total > 4) notes.push(almost(state, kind, count, looked.total, examples[0]?.text ?? null));
  }
  tellDisguised(state, looked.disguised, notes);
  tellUnits(state, looked, notes);
  if (looked.grouped && looked.grouped + looked.fitting.get('number')! >= looked.total * 0.9) notes.push({ code: 'grouped-numbers', message: `column "${state.name}": ${looked.grouped} cells look like numbers whose thousands are parted by a space or apostrophe; say so with the thousands sign, else they stay text`, column: state.name, rows: looked.grouped, example: null });
  alternatives.sort((x, y) => Number(y.share) - Number(x.share));
  const evidence = { seen: state.rows, missing: b.mask.count, agreeing: present, contrary: { count: 0, examples: [] }, alternatives, ...(looked.total < present ? { looked: looked.total } : {}) };
  return state.isOpen ? { evidence, dateOrder: 'ambiguous' } : { evidence };
}

function almost(state: ColumnState, kind: string, count: number, total: number, example: string | null): Note {
  if (kind === 'number' && example !== null && /^0\d+$/.test(example)) return { code: 'leading-zeros', message: `column "${state.name}": ${count} of ${total} values begin with a zero that a number would lose, as "${example}"; it stays text`, column: state.name, rows: count, example };
  const what = kind === 'number' ? 'numbers' : kind === 'time' ? 'times' : 'true or false';
  return { code: 'almost-typed', message: `column "${state.name}" would be ${what} but for ${count} of ${total} values; set its kind to read those as missing`, column: state.name, rows: count, example: example?.slice(0, 60) ?? null };
}

/** Goes through the distinct values (or the first rows of text) once. */
function look(b: StringBuilder, isAll: boolean): Looked {
  const size = Math.min(b.codes ? b.levels : b.rows, isAll ? Infinity : b.codes ? MOST_LEVELS : MOST_ROWS);
  const counts = b.codes ? countLevels(b) : null;
  const found: Looked = { total: 0, fitting: new Map(KIND.map(([, kind]) => [kind, 0])), disguised: new Map(), units: new Map(), grouped: 0 };
  const decoder = new TextDecoder();
  for (let k = 0; k < size; k++) {
    const [from, to] = [b.starts[k], b.starts[k + 1]];
    const count = counts ? counts[k] : 1;
    if (from === to || count === 0) continue;
    found.total += count;
    const kinds = possibleKinds(b.pool, from, to, true);
    for (const [bits, kind] of KIND) if (kinds & bits) found.fitting.set(kind, found.fitting.get(kind)! + count);
    if (kinds & GROUPED_NUMBERS && !(kinds & PLAIN_NUMBERS)) found.grouped += count;
    if (to - from > 40 || kinds !== STRING || (k >= FIRST_LEVELS && count < 3)) continue;
    const text = decoder.decode(b.pool.subarray(from, to));
    if (DISGUISED.has(text.trim().toLowerCase())) found.disguised.set(text, (found.disguised.get(text) ?? 0) + count);
    const unit = unitOf(text);
    if (unit) found.units.set(unit, (found.units.get(unit) ?? 0) + count);
  }
  return found;
}

/** The first rows whose value is none of these kinds. */
function contraryTo(b: StringBuilder, bits: number): { row: number; text: string }[] {
  const out: { row: number; text: string }[] = [];
  const decoder = new TextDecoder();
  const mask = b.mask.bits;
  for (let row = 0; row < b.rows && out.length < EXAMPLES; row++) {
    if (row >> 3 < mask.length && mask[row >> 3] & (1 << (row & 7))) continue;
    const k = b.codes ? b.codes[row] : row;
    if (possibleKinds(b.pool, b.starts[k], b.starts[k + 1], true) & bits) continue;
    out.push({ row, text: decoder.decode(b.pool.subarray(b.starts[k], Math.min(b.starts[k + 1], b.starts[k] + 200))) });
  }
  return out;
}

function tellDisguised(state: ColumnState, disguised: ReadonlyMap<string, number>, notes: Note[]): void {
  const total = [...disguised.values()].reduce((n, count) => n + count, 0);
  if (!total || total === state.rows) return;
  const words = [...disguised].sort((x, y) => y[1] - x[1]).slice(0, 5);
  notes.push({ code: 'disguised-missing', message: `column "${state.name}": ${total} cells (${words.map(([word, count]) => `"${word}": ${count}`).join(', ')}) may mean that no value is known; they are kept as values until you name them among the missing words`, column: state.name, rows: total, example: words[0][0] });
}

function tellUnits(state: ColumnState, { units, fitting, disguised, total }: Looked, notes: Note[]): void {
  const withUnit = [...units.values()].reduce((n, count) => n + count, 0);
  const others = [...disguised.values()].reduce((n, count) => n + count, 0);
  if (!withUnit || withUnit + fitting.get('number')! < (total - others) * 0.9 || units.size > 12) return;
  const words = [...units].sort((x, y) => y[1] - x[1]).slice(0, 5);
  notes.push({ code: 'unit', message: `column "${state.name}": ${withUnit} cells are numbers with ${words.map(([unit, count]) => `"${unit}" (${count})`).join(', ')}; they stay text until a cleaning step takes the unit off`, column: state.name, rows: withUnit, example: words[0][0] });
}
