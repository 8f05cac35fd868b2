// The words that a compiled net is told in: the twin of ../records.ts.
import { CONTROL } from '../../team/assembly/words';

const WORDS: usize = CONTROL + 512;
const NUMBERS: usize = WORDS + 1024;

// The session's table, in the order of tableWords.
export const ROWS: i32 = 0;
export const TILE_ROWS: i32 = 1;
export const SLICE_ROWS: i32 = 2;
export const SLICES: i32 = 3;
export const FULL: i32 = 4;
export const SEED: i32 = 5;
export const TRAIN: i32 = 6;
export const SERVE: i32 = 7;
export const REFS: i32 = 8;
export const CHUNKS: i32 = 9;
export const CHUNK_COUNT: i32 = 10;
export const PACKS: i32 = 11;
export const PACK_COUNT: i32 = 12;
export const WEIGHTS: i32 = 13;
export const GRADIENTS: i32 = 14;
export const STRIDE: i32 = 15;
export const FIRST: i32 = 16;
export const SECOND: i32 = 17;
export const SGD: i32 = 18;
export const WATCH: i32 = 19;
export const NORMS: i32 = 20;
export const RATES: i32 = 21;
export const DECAYS: i32 = 22;
export const LOSS_SUMS: i32 = 23;
export const GRADIENT_SUMS: i32 = 24;
export const WEIGHT_SUMS: i32 = 25;
export const SCRATCH: i32 = 26;
export const SCRATCH_BYTES: i32 = 27;
export const MOSTS: i32 = 28;
export const MOSTS_BYTES: i32 = 29;
export const LEASTS: i32 = 30;
export const LEASTS_BYTES: i32 = 31;
export const LEVELS: i32 = 32;
export const LOSS_KIND: i32 = 33;

// In the order of numberNames.
export const RATE: i32 = 0;
export const DECAY: i32 = 1;
export const BETA1: i32 = 2;
export const BETA2: i32 = 3;
export const EPSILON: i32 = 4;
export const UNBIAS1: i32 = 5;
export const UNBIAS2: i32 = 6;
export const CLIP: i32 = 7;
export const LOSS_PARAMETER: i32 = 8;

// Operations, in the order of opNames.
export const OP_ZERO: i32 = 0;
export const OP_COPY: i32 = 1;
export const OP_PLR: i32 = 2;
export const OP_PBLD: i32 = 3;
export const OP_PIECEWISE: i32 = 4;
export const OP_GATHER: i32 = 5;
export const OP_SCALE: i32 = 6;
export const OP_SHIFT: i32 = 7;
export const OP_AFFINE: i32 = 8;
export const OP_LAYER_NORM: i32 = 9;
export const OP_BATCH_PARTIALS: i32 = 10;
export const OP_APPLY_BATCH: i32 = 11;
export const OP_SERVE_BATCH: i32 = 12;
export const OP_ACTIVATE: i32 = 13;
export const OP_DROP: i32 = 14;
export const OP_SPREAD: i32 = 15;
export const OP_ADD: i32 = 16;
export const OP_HEADS: i32 = 17;
export const OP_LOSS: i32 = 18;
export const OP_OUT: i32 = 19;
export const OP_MOST: i32 = 20;
export const OP_LEAST: i32 = 21;
export const OP_BACK_AFFINE: i32 = 22;
export const OP_BACK_HEADS: i32 = 23;
export const OP_BACK_SCALE: i32 = 24;
export const OP_BACK_SHIFT: i32 = 25;
export const OP_BACK_LAYER_NORM: i32 = 26;
export const OP_BACK_BATCH_PARTIALS: i32 = 27;
export const OP_BACK_BATCH: i32 = 28;
export const OP_BACK_ACTIVATE: i32 = 29;
export const OP_BACK_SPREAD: i32 = 30;
export const OP_COPY_LINES: i32 = 31;
export const OP_BACK_PLR: i32 = 32;
export const OP_BACK_PBLD: i32 = 33;
export const OP_BACK_PIECEWISE: i32 = 34;
export const OP_SCATTER: i32 = 35;
export const OP_JOIN_BATCH: i32 = 36;
export const OP_JOIN_BACK: i32 = 37;
export const OP_END: i32 = 38;

// Words of an operation, in bytes.
export const OP_BYTES: usize = 96;
export const MEMBERS: usize = 4;
export const N: usize = 8;
export const M: usize = 12;
export const A: usize = 16;
export const B: usize = 20;
export const C: usize = 24;
export const D: usize = 28;
export const XS: usize = 32;
export const YS: usize = 36;
export const P: usize = 40;
export const Q: usize = 44;
export const R: usize = 48;
export const S: usize = 52;
export const G: usize = 56;
export const H: usize = 60;
export const I: usize = 64;
export const J: usize = 68;
export const KIND: usize = 72;
export const U: usize = 76;
export const V: usize = 80;
export const W: usize = 84;

// @ts-ignore: decorator
@inline
export function word(name: i32): i32 {
  return load<i32>(WORDS + (<usize>name << 2));
}

// @ts-ignore: decorator
@inline
export function number(name: i32): f64 {
  return load<f64>(NUMBERS + (<usize>name << 3));
}
