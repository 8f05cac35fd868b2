// Columns of numbers, booleans and times: one WASM call for a block's column, then its odd cells one by one by the reference,
// then its values in their smallest array to the state's builder.
import { markBits } from '../../core/io/build/growing.ts';
import { arrayOf, extendPart, joined, lastPart, pushPart } from '../../core/io/build/number-builder.ts';
import { BOOLEAN, NUMBERS, TIME } from '../../core/io/csv/cell-kinds.ts';
import { feedTimes, oddBoolean, oddNumber, oddTime, styleOf, type ColumnState } from '../../core/io/csv/column-state.ts';
import type { NumberArray } from '../../core/table/table.ts';
import { clearCounts, slabOf, tally, type Block } from './block.ts';
import { append } from './slab.ts';

/** Feeds the rows from `from` on of a state whose kind is none of the string kinds. */
export function feedValues(block: Block, state: ColumnState, from: number): void {
  const { arena, x, plan, cells, bytes, window, values, bits, odd, words, counts, facts } = block;
  if (state.dayFirst) return feedTimes(state, bytes, cells, plan.columns, plan.words, from);
  const rows = cells.rows - from;
  const slot = from * plan.columns + state.place;
  const starts = block.starts + slot * 4;
  const ends = block.ends + slot * 4;
  const stride = plan.columns * 4;
  clearCounts(block, rows);
  if (state.kind === BOOLEAN) x.booleans(window, starts, ends, stride, rows, values, bits, odd, words, counts);
  else if (state.kind & NUMBERS) x.numbers(window, starts, ends, stride, rows, values, bits, odd, styleOf(state).decimal, words, counts, block.fives);
  else x.times(window, starts, ends, stride, rows, values, bits, odd, words, counts, facts);
  const count = arena.i32[counts >> 2];
  let missing = arena.i32[(counts >> 2) + 1];
  const before = { unit: state.unit, zoned: state.zoned, present: state.present, unfit: state.unfit, unfitExample: state.unfitExample };
  for (let k = 0; k < count; k++) {
    const row = arena.i32[(odd >> 2) + k];
    const value = oddValue(block, state, slot + row * plan.columns);
    if (state.hasFailed) return;
    if (value === null) {
      Object.assign(state, before);
      return feedTimes(state, bytes, cells, plan.columns, plan.words, from);
    }
    if (value - value === 0) arena.f64[(values >> 3) + row] = value;
    else {
      if (value === value) state.numbers.infinite++;
      arena.f64[(values >> 3) + row] = 0;
      arena.u8[bits + (row >> 3)] |= 1 << (row & 7);
      missing++;
    }
  }
  tally(block, state);
  if (arena.i32[facts >> 2] > state.unit) state.unit = arena.i32[facts >> 2];
  state.zoned += arena.i32[(facts >> 2) + 1];
  state.present += arena.i32[(facts >> 2) + 2];
  if (missing) markBits(state.numbers.mask, state.numbers.rows, arena.u8.subarray(bits, bits + ((rows + 7) >> 3)), missing);
  sealRows(block, state, rows);
  state.rows += rows;
}

function oddValue({ bytes, cells, plan }: Block, state: ColumnState, slot: number): number | null {
  if (state.kind === BOOLEAN) return oddBoolean(state, bytes, cells, slot, plan.words);
  return state.kind & NUMBERS ? oddNumber(state, bytes, cells, slot, plan.words) : oddTime(state, bytes, cells, slot, plan.words);
}

/** In the smallest array that also holds the rows before, so that hardly any are changed at the end. */
function sealRows(block: Block, state: ColumnState, rows: number): void {
  const { arena, x, values, range } = block;
  const builder = state.numbers;
  x.rangeOf(values, rows, range);
  const found = { low: arena.f64[range >> 3], high: arena.f64[(range >> 3) + 1], isInteger: arena.i32[(range >> 2) + 4] !== 0, isSingle: arena.i32[(range >> 2) + 5] !== 0 };
  const type = state.kind === TIME ? Float64Array : arrayOf(joined(builder.range, found));
  const size = type.BYTES_PER_ELEMENT;
  if (size < 8) x.narrow(values, rows, values, type === Float32Array ? 0 : size);
  const last = lastPart(builder);
  const part: NumberArray = append<NumberArray>(slabOf(block, builder), last, type, arena.u8.subarray(values, values + rows * size));
  if (last && part.length > rows) extendPart(builder, part, found);
  else pushPart(builder, part, found);
}
