// Where things lie: one page for the module, then words that threads talk through, the arguments of a command, the table of
// pointers and sizes of a fit (filled by ../layout.ts), the results of each thread; then the arrays.
// Every thread runs the same command on its own rows: rows come in blocks of 1024, block b belongs to thread b % threads.
import { CONTROL, THREADS } from '../../team/assembly/words';

export { THREADS };
export const WORDS: usize = CONTROL + 512;
export const NUMBERS: usize = CONTROL + 768;
export const FIT: usize = CONTROL + 1024;
export const RESULTS: usize = CONTROL + 2048;
export const RESULT_BYTES: usize = 256;

export const BLOCK: i32 = 1024;

// The words of FIT, in the order of fitWords in ../layout.ts.
export const ROWS: usize = 0;
export const VALID_ROWS: usize = 1;
export const OUTPUTS: usize = 2;
export const COLUMNS: usize = 3;
export const FEATURES: usize = 4;
export const LEAVES: usize = 5;
export const OWN_ROWS: usize = 6;
export const SLOT_CODES: usize = 7;
export const CELLS: usize = 8;
export const VALID_BINS: usize = 9;
export const LIST: usize = 10;
export const SPARE: usize = 11;
export const LEAF_OF: usize = 12;
export const GRADIENTS: usize = 13;
export const RANGES: usize = 14;
export const SCORES: usize = 15;
export const VALID_SCORES: usize = 16;
export const TARGET: usize = 17;
export const WEIGHT: usize = 18;
export const SLOTS: usize = 19;
export const LEAF_RANGES: usize = 20;
export const LEAF_SUMS: usize = 21;
export const COLUMN_TABLE: usize = 22;
export const FEATURE_TABLE: usize = 23;
export const MEMBERS: usize = 24;
export const BIN_OF: usize = 25;
export const SCRATCH: usize = 26;
export const SCRATCH_BYTES: usize = 27;
export const NODES: usize = 28;
export const VALUES: usize = 29;
export const STAGE: usize = 30;
export const STAGE_CUTS: usize = 31;
export const MASKS: usize = 32;
export const JOINTS: usize = 33;
export const JOINT_BYTES: usize = 34;
export const SPARSE: usize = 35;
export const PRIVATE: usize = 36;
export const TABLE: usize = 37;
export const WHOLE: usize = 38;
export const QUANTA: usize = 39;
export const SHUFFLES: usize = 40;

// @ts-ignore: decorator
@inline
export function fit(word: usize): usize {
  return load<u32>(FIT + (word << 2));
}

// @ts-ignore: decorator
@inline
export function word(at: usize): u32 {
  return load<u32>(WORDS + (at << 2));
}

// @ts-ignore: decorator
@inline
export function number(at: usize): f64 {
  return load<f64>(NUMBERS + (at << 3));
}

/** The table row of a column (8 words): first code in a slot, codes, first place in MEMBERS, members, its JOINTS offset. */
// @ts-ignore: decorator
@inline
export function columnAt(column: usize): usize {
  return fit(COLUMN_TABLE) + (column << 5);
}

/** The table row of a feature (8 words): bins, nominal, monotone, column, its place in the column, first of its SPARSE codes, how many, the bin they leave out. */
// @ts-ignore: decorator
@inline
export function featureAt(feature: usize): usize {
  return fit(FEATURE_TABLE) + (feature << 5);
}

/** Where a leaf's rows of a thread begin, in words from its LIST on (they may lie in its SPARE or WHOLE), and how many they are. */
// @ts-ignore: decorator
@inline
export function leafAt(leaf: usize, thread: usize): usize {
  return fit(LEAF_RANGES) + ((thread * (fit(LEAVES) + 1) + leaf) << 3);
}

/** The list of a thread: numbers of rows, leaf after leaf, ascending or descending. SPARE and WHOLE have the same shape. */
// @ts-ignore: decorator
@inline
export function listOf(thread: usize): usize {
  return fit(LIST) + ((thread * fit(OWN_ROWS)) << 2);
}

// @ts-ignore: decorator
@inline
export function resultAt(thread: usize): usize {
  return RESULTS + thread * RESULT_BYTES;
}
