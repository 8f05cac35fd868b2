// One command from rows to splits: all threads sum, then share out the columns: add up, subtract from the parent, decode joint
// columns to features, search. A thread keeps the best split of its columns; joinSplits takes the best of all.
import { COLUMNS, FEATURES, MASKS, MEMBERS, BIN_OF, SLOTS, SLOT_CODES, SPARSE, THREADS, columnAt, featureAt, fit, leafAt, number, resultAt, word } from './fit';
import { gather, subtract, sumOwn } from './histogram';
import { RESULT, considerFeature, decodedAt, isBetter } from './search';
import { barrier } from '../../team/assembly/team';

/** Leaves of so few rows are summed by one thread. */
const FEW: u32 = 256;

/** Words: leaf, slot, parent (-1 = none), searches, steps (1 sum, 2 subtract and search); of search s from word 8 + 8 s: slot, key, flags, most nominal. */
export function expand(thread: i32): void {
  const threads = load<i32>(THREADS);
  const steps = word(4);
  const searches = word(3);
  const columns = <i32>fit(COLUMNS);
  let summers = 0;
  for (let s: usize = 0; s < searches; s++) {
    const best = resultAt(thread) + s * RESULT;
    store<f64>(best, number(7 + 12 * s));
    store<i32>(best, -1, 24);
  }
  if (steps & 1) {
    let rows: u32 = 0;
    for (let t = 0; t < threads; t++) rows += load<u32>(leafAt(word(0), t), 4);
    summers = rows <= FEW ? 1 : threads;
    if (summers == threads) sumOwn(word(0), thread, thread);
    else if (thread == 0) for (let t = 0; t < threads; t++) sumOwn(word(0), t, 0);
    barrier(thread, threads);
  }
  const slotBytes = fit(SLOT_CODES) << 3;
  const own = fit(SLOTS) + word(1) * slotBytes;
  const parent = fit(SLOTS) + word(2) * slotBytes;
  for (let c = thread; c < columns; c += threads) {
    const column = columnAt(c);
    const offset = <usize>load<u32>(column) << 3;
    const codes = load<u32>(column, 4);
    if (steps & 1) gather(c, codes, own + offset, summers);
    if (!(steps & 2)) continue;
    if (word(2) != 0xffffffff) subtract(parent + offset, own + offset, codes);
    for (let s: usize = 0; s < searches; s++) searchColumn(column, fit(SLOTS) + word(8 + 8 * s) * slotBytes + offset, codes, s, thread);
  }
}

function searchColumn(column: usize, cells: usize, codes: usize, s: usize, thread: i32): void {
  const mask = fit(MASKS) + s * fit(FEATURES);
  const members = load<u32>(column, 12);
  const list = fit(MEMBERS) + (<usize>load<u32>(column, 8) << 2);
  if (members == 1) {
    const feature: usize = load<u32>(list);
    if (load<u8>(mask + feature)) considerFeature(feature, cells, s, thread);
    return;
  }
  let total: i64 = 0;
  for (let i: usize = 0; i < codes; i++) total += load<i64>(cells + (i << 3));
  const decoded = decodedAt(thread);
  for (let m: usize = 0; m < members; m++) {
    const feature: usize = load<u32>(list + (m << 2));
    if (!load<u8>(mask + feature)) continue;
    decode(feature, cells, total, decoded);
    considerFeature(feature, decoded, s, thread);
  }
}

/** Codes of a column to bins of a feature: its commonest bin is what the others leave of the total. */
function decode(feature: usize, cells: usize, total: i64, to: usize): void {
  const row = featureAt(feature);
  const bins: usize = load<u32>(row);
  memory.fill(to, 0, bins << 3);
  const binOf = fit(BIN_OF) + (feature << 8);
  let code = fit(SPARSE) + load<u32>(row, 20);
  const end = code + load<u32>(row, 24);
  let rest = total;
  for (; code < end; code++) {
    const number: usize = load<u8>(code);
    const sum = load<i64>(cells + (number << 3));
    const at = to + (<usize>load<u8>(binOf + number) << 3);
    store<i64>(at, load<i64>(at) + sum);
    rest -= sum;
  }
  const at = to + (<usize>load<u32>(row, 28) << 3);
  store<i64>(at, rest);
}

/** A slot's cells of one feature to `to`, for tests and records. Words: slot, feature, where to. */
export function readFeature(): void {
  const feature: usize = word(1);
  const row = featureAt(feature);
  const column = columnAt(load<u32>(row, 12));
  const cells = fit(SLOTS) + word(0) * (fit(SLOT_CODES) << 3) + (<usize>load<u32>(column) << 3);
  if (load<u32>(column, 12) == 1) {
    memory.copy(word(2), cells, <usize>load<u32>(row) << 3);
    return;
  }
  let total: i64 = 0;
  for (let i: usize = 0; i < load<u32>(column, 4); i++) total += load<i64>(cells + (i << 3));
  decode(feature, cells, total, word(2));
}

/** The best of the threads' splits, where thread 0 has its own. */
export function joinSplits(): void {
  for (let t = 1; t < load<i32>(THREADS); t++) {
    for (let s: usize = 0; s < word(3); s++) {
      const best = resultAt(0) + s * RESULT;
      const other = resultAt(t) + s * RESULT;
      if (isBetter(load<f64>(other), load<i32>(other, 24), best)) memory.copy(best, other, RESULT);
    }
  }
}
