// Values to bins, a chunk of staged rows at a time, each thread its own blocks: the twin of reference `bin`.
// STAGE holds the chunk's values, column after column; STAGE_CUTS for each feature its kind, the first step of the binary
// search and the cuts padded to 256 with infinity. A joint column is coded through a chain of tables, one for each member:
// code of the members so far x bin -> code, numbered as they occur; ../join-codes.ts makes one numbering of the threads'.
import { BLOCK, CELLS, COLUMNS, FEATURES, JOINTS, JOINT_BYTES, MEMBERS, OUTPUTS, ROWS, SCRATCH, SCRATCH_BYTES, STAGE, STAGE_CUTS, THREADS, VALID_BINS, columnAt, featureAt, fit, word } from './fit';

const CUTS_BYTES: usize = 16 + 1024;
/** Of a joint column: crowded, then the first row of each code. */
export const JOINT_HEAD: usize = 16 + 1024;
/** Of a member: codes so far; code of the members before and bin (two u16) of each code; then its table. */
const LINK_HEAD: usize = 16 + 1024;

/** Words: part, first row, rows, rows between staged columns. */
export function bin(thread: i32): void {
  const threads = load<i32>(THREADS);
  const from = <i32>word(1);
  const end = from + <i32>word(2);
  for (let row = from; row < end; row += BLOCK) {
    if ((row / BLOCK) % threads != thread) continue;
    const n = min(BLOCK, end - row);
    const values = fit(STAGE) + (<usize>(row - from) << 2);
    if (word(0)) binValid(values, row, n);
    else binTrain(values, row, n, thread);
  }
}

function binValid(values: usize, row: i32, n: i32): void {
  const features = fit(FEATURES);
  const out = fit(VALID_BINS) + <usize>row * features;
  for (let f: usize = 0; f < features; f++) binOne(values, f, n, out + f, features);
}

function binTrain(values: usize, row: i32, n: i32, thread: i32): void {
  const columns = fit(COLUMNS);
  const out = fit(CELLS) + <usize>row * columns;
  for (let c: usize = 0; c < columns; c++) {
    const column = columnAt(c);
    if (load<u32>(column, 12) == 1) binOne(values, load<u32>(fit(MEMBERS) + (<usize>load<u32>(column, 8) << 2)), n, out + c, columns);
    else joinOne(column, values, row, n, thread, out + c, columns);
  }
}

function binOne(values: usize, feature: usize, n: i32, out: usize, stride: usize): void {
  values += feature * (<usize>word(3) << 2);
  const cuts = fit(STAGE_CUTS) + feature * CUTS_BYTES;
  const first = load<u32>(cuts, 4);
  if (load<u32>(cuts)) {
    for (let i = 0; i < n; i++, out += stride) store<u8>(out, <u8>load<f32>(values + (<usize>i << 2)));
    return;
  }
  for (let i = 0; i < n; i++, out += stride) {
    const value = load<f32>(values + (<usize>i << 2));
    let at = cuts + 12;
    for (let step: usize = <usize>first << 2; step > 2; step >>= 1) at += load<f32>(at + step) < value ? step : 0;
    store<u8>(out, value == value ? <u8>(((at - cuts - 12) >> 2) + 1) : 0);
  }
}

function joinOne(column: usize, values: usize, row: i32, n: i32, thread: i32, out: usize, stride: usize): void {
  const head = fit(JOINTS) + <usize>thread * fit(JOINT_BYTES) + load<u32>(column, 16);
  if (load<u32>(head)) return;
  const scratch = fit(SCRATCH) + <usize>thread * fit(SCRATCH_BYTES);
  const bins = scratch + 1024;
  memory.fill(scratch, 0, 1024);
  const members = load<u32>(column, 12);
  let link = head + JOINT_HEAD;
  for (let m: usize = 0; m < members; m++) {
    const feature: usize = load<u32>(fit(MEMBERS) + ((load<u32>(column, 8) + m) << 2));
    const width = load<u32>(featureAt(feature));
    binOne(values, feature, n, bins, 1);
    const table = link + LINK_HEAD;
    for (let i: usize = 0; i < <usize>n; i++) {
      const before: usize = load<u8>(scratch + i);
      const place = table + ((before * width + load<u8>(bins + i)) << 1);
      let code = <u32>load<u16>(place);
      if (code == 0) {
        code = load<u32>(link) + 1;
        if (code > 256) {
          store<u32>(head, 1);
          return;
        }
        store<u32>(link, code);
        store<u16>(place, <u16>code);
        const note = link + 16 + (<usize>(code - 1) << 2);
        store<u16>(note, <u16>before);
        store<u16>(note, load<u8>(bins + i), 2);
        if (m == members - 1) store<u32>(head + 16 + (<usize>(code - 1) << 2), <u32>row + i);
      }
      store<u8>(scratch + i, <u8>(code - 1));
    }
    link = table + ((width << 8) << 1);
  }
  for (let i: usize = 0; i < <usize>n; i++, out += stride) store<u8>(out, load<u8>(scratch + i));
}

/** Words: column, where the 256 new codes of each thread lie (thread after thread). */
export function renumber(thread: i32): void {
  const threads = load<i32>(THREADS);
  const rows = <i32>fit(ROWS);
  const columns = fit(COLUMNS);
  const table = <usize>word(1) + (<usize>thread << 8);
  for (let row = thread * BLOCK; row < rows; row += threads * BLOCK) {
    let at = fit(CELLS) + <usize>row * columns + word(0);
    for (let i = min(BLOCK, rows - row); i > 0; i--, at += columns) store<u8>(at, load<u8>(table + load<u8>(at)));
  }
}
