// One operation of a compiled net over one tile: its rows `row` to `row + rows` of the batch. Buffers lie in the table of
// references (first byte, bytes of a row); those of a tile begin at the thread's own rows, or at the batch's rows where batch
// norm needs all lines at once.
import { activate, backActivate } from './activate';
import { drop } from './drop';
import { add, backScale, backShift, backSpread, copyColumns, least, most, scale, shift, spread, zero } from './lines';
import { loss } from './losses';
import { affine, backInput, backWeights, packedFloats } from './matmul';
import { applyBatch, backBatch, backBatchPartials, backLayerNorm, batchPartials, inverseOf, layerNorm } from './norm';
import { backPiecewise, piecewise } from './piecewise';
import { gather, scatter } from './tables';
import { backPbld, backPlr, pbld, plr } from './waves';
import {
  A, B, C, D, FULL, G, GRADIENTS, H, I, J, KIND, LEASTS, LEASTS_BYTES, LEVELS, LOSS_KIND, LOSS_PARAMETER, LOSS_SUMS, M, MEMBERS, MOSTS, MOSTS_BYTES, N, P, Q, R, REFS, ROWS, S, SCRATCH,
  SCRATCH_BYTES, SEED, STRIDE, TILE_ROWS, U, V, W, WATCH, XS, YS, number, word,
  OP_ACTIVATE, OP_ADD, OP_AFFINE, OP_APPLY_BATCH, OP_BACK_ACTIVATE, OP_BACK_AFFINE, OP_BACK_BATCH, OP_BACK_BATCH_PARTIALS, OP_BACK_HEADS, OP_BACK_LAYER_NORM, OP_BACK_PBLD, OP_BACK_PIECEWISE,
  OP_BACK_PLR, OP_BACK_SCALE, OP_BACK_SHIFT, OP_BACK_SPREAD, OP_BATCH_PARTIALS, OP_COPY, OP_COPY_LINES, OP_DROP, OP_GATHER, OP_HEADS, OP_LAYER_NORM, OP_LEAST, OP_LOSS, OP_MOST, OP_OUT,
  OP_PBLD, OP_PIECEWISE, OP_PLR, OP_SCALE, OP_SCATTER, OP_SERVE_BATCH, OP_SHIFT, OP_SPREAD, OP_ZERO,
} from './words';

// @ts-ignore: decorator
@inline
function field(op: usize, name: usize): usize {
  return <usize>load<i32>(op + name);
}

/** The tile of the buffer that the field names, from row `local` on; 0 = none. */
function buffer(op: usize, name: usize, local: usize): usize {
  const ref = field(op, name);
  if (!ref) return 0;
  const at = <usize>word(REFS) + (ref << 3);
  return <usize>load<i32>(at) + local * <usize>load<i32>(at, 4);
}

export function runOp(op: usize, thread: i32, slice: i32, row: i32, rows: i32, isFirst: bool): void {
  const local = <usize>(word(FULL) ? row : thread * word(TILE_ROWS));
  const members = field(op, MEMBERS);
  const lines = <usize>rows * members;
  const n = field(op, N);
  const m = field(op, M);
  const a = buffer(op, A, local);
  const b = buffer(op, B, local);
  const p = field(op, P);
  const q = field(op, Q);
  const gradient = <usize>word(GRADIENTS) + ((<usize>slice * <usize>word(STRIDE)) << 2);
  const g = gradient + field(op, G);
  switch (load<i32>(op)) {
    case OP_ZERO:
      if (isFirst) zero(g, 0, n);
      break;
    case OP_COPY: copyColumns(input(op, row), field(op, XS), b + (field(op, V) << 2), field(op, YS), 0, rows, n); break;
    case OP_PLR: plr(input(op, row), field(op, XS), p, q, field(op, R), b, field(op, YS), buffer(op, C, local), 0, rows, n, field(op, U), m); break;
    case OP_PBLD: pbld(input(op, row), field(op, XS), p, field(op, S), q, field(op, R), b, field(op, YS), buffer(op, C, local), 0, rows, n, field(op, U), m); break;
    case OP_PIECEWISE: piecewise(input(op, row), field(op, XS), p, q, field(op, S), field(op, R), b, field(op, YS), buffer(op, C, local), 0, rows, n, field(op, U), m); break;
    case OP_GATHER: gather(p, input(op, row), field(op, XS), b + (field(op, V) << 2), field(op, YS), 0, rows, n); break;
    case OP_SCALE: scale(a, p, b, 0, lines, n, field(op, KIND)); break;
    case OP_SHIFT: shift(a, p, b, 0, lines, n, field(op, KIND)); break;
    case OP_AFFINE: affine(a, n, p, q, b, m, 0, lines, n, m, load<i32>(op, KIND)); break;
    case OP_LAYER_NORM: layerNorm(a, p, q, b, buffer(op, C, local), 0, lines, n); break;
    case OP_BATCH_PARTIALS: batchPartials(a, p + (((<usize>row / <usize>word(TILE_ROWS)) * n) << 3), 0, lines, n); break;
    case OP_APPLY_BATCH: {
      const mean = field(op, R) + 12 * n * thread;
      applyBatch(a, mean, mean + 8 * n, p, q, b, 0, lines, n);
      break;
    }
    case OP_SERVE_BATCH: {
      const inverse = field(op, R) + 12 * n * thread;
      inverseOf(field(op, S), inverse, n);
      applyBatch(a, field(op, U), inverse, p, q, b, 0, lines, n);
      break;
    }
    case OP_ACTIVATE: activate(a, b, 0, lines, n, load<i32>(op, KIND), p); break;
    case OP_DROP: {
      if (!load<i32>(op, KIND) && a == b) break;
      const first = <usize>row * members * n;
      drop(a - (first << 2), b - (first << 2), first, first + lines * n, word(SEED), load<i32>(op, U), load<i32>(op, KIND), load<f32>(op, V));
      break;
    }
    case OP_SPREAD: spread(a, b, 0, rows, n, m); break;
    case OP_ADD: add(a, b, buffer(op, C, local), 0, lines * n); break;
    case OP_HEADS: {
      const each = packedFloats(n, m) << 2;
      for (let k: usize = 0; k < members; k++) affine(a + ((k * n) << 2), members * n, p + k * each, q + ((k * m) << 2), b + ((k * m) << 2), members * m, 0, rows, n, m, 0);
      break;
    }
    case OP_LOSS: {
      const truth = field(op, P) + ((<usize>row * n) << 2);
      const sums = <usize>word(LOSS_SUMS) + (slice << 3);
      const more = loss(word(LOSS_KIND), a, truth, field(op, Q) + (row << 2), b, 0, rows, n, members, <f32>number(LOSS_PARAMETER), word(LEVELS));
      store<f64>(sums, load<f64>(sums) + more);
      break;
    }
    case OP_OUT: memory.copy(p + ((<usize>row * members * n) << 2), a, (lines * n) << 2); break;
    case OP_MOST:
      if (word(WATCH)) most(a, <usize>word(MOSTS) + thread * word(MOSTS_BYTES) + field(op, U), 0, lines, n);
      break;
    case OP_LEAST:
      if (word(WATCH)) least(a, <usize>word(LEASTS) + thread * word(LEASTS_BYTES) + field(op, U), 0, lines, n);
      break;
    default: runBack(op, thread, slice, row, rows, isFirst, local, members, lines, n, m, a, b, p, q, gradient, g);
  }
}

function runBack(
  op: usize, thread: i32, slice: i32, row: i32, rows: i32, isFirst: bool, local: usize, members: usize, lines: usize, n: usize, m: usize,
  a: usize, b: usize, p: usize, q: usize, gradient: usize, g: usize,
): void {
  const h = gradient + field(op, H);
  const scratch = <usize>word(SCRATCH) + thread * word(SCRATCH_BYTES);
  const keep = isFirst ? 0 : 1;
  switch (load<i32>(op)) {
    case OP_BACK_AFFINE:
      backWeights(a, n, b, m, g, 0, lines, n, m, keep, scratch);
      if (load<i32>(op, H) >= 0) backShift(b, h, 0, lines, m, 1);
      if (p) backInput(b, m, p, buffer(op, C, local), n, 0, lines, n, m, load<i32>(op, KIND) ? a : 0);
      break;
    case OP_BACK_HEADS: {
      const each = packedFloats(m, n) << 2;
      const below = buffer(op, C, local);
      for (let k: usize = 0; k < members; k++) {
        const x = (k * n) << 2;
        const y = (k * m) << 2;
        backWeights(a + x, members * n, b + y, members * m, g + k * ((n * m) << 2), 0, rows, n, m, keep, scratch);
        if (p) backInput(b + y, members * m, p + k * each, below + x, members * n, 0, rows, n, m, load<i32>(op, KIND) ? a + x : 0);
      }
      backShift(b, h, 0, lines, m, members);
      break;
    }
    case OP_BACK_SCALE: backScale(a, b, p, buffer(op, C, local), g, 0, lines, n, field(op, KIND)); break;
    case OP_BACK_SHIFT: backShift(b, g, 0, lines, n, field(op, KIND)); break;
    case OP_BACK_LAYER_NORM: backLayerNorm(a, b, p, buffer(op, C, local), b, g, h, 0, lines, n); break;
    case OP_BACK_BATCH_PARTIALS: {
      const mean = field(op, R) + 12 * n * thread;
      backBatchPartials(a, b, mean, mean + 8 * n, g, h, 0, lines, n);
      break;
    }
    case OP_BACK_BATCH: {
      const mean = field(op, R) + 12 * n * thread;
      const sums = field(op, S) + 8 * n * thread;
      backBatch(a, b, mean, mean + 8 * n, p, sums, sums + 4 * n, <usize>word(ROWS) * members, b, 0, lines, n);
      break;
    }
    case OP_BACK_ACTIVATE: backActivate(a, buffer(op, C, local), b, b, 0, lines, n, load<i32>(op, KIND), p, g); break;
    case OP_BACK_SPREAD: backSpread(a, b, 0, rows, n, m); break;
    case OP_COPY_LINES: memory.copy(b, a, (lines * n) << 2); break;
    case OP_BACK_PLR:
      backPlr(input(op, row), field(op, XS), q, buffer(op, D, local), b, field(op, YS), buffer(op, C, local), g, h, gradient + field(op, I), scratch, 0, rows, n, field(op, U), m);
      break;
    case OP_BACK_PBLD:
      backPbld(input(op, row), field(op, XS), q, b, field(op, YS), buffer(op, C, local), g, gradient + field(op, J), h, gradient + field(op, I), scratch, 0, rows, n, field(op, U), m);
      break;
    case OP_BACK_PIECEWISE:
      backPiecewise(input(op, row), field(op, XS), b, field(op, YS), buffer(op, C, local), h, gradient + field(op, J), gradient + field(op, I), scratch, 0, rows, n, field(op, U), m);
      break;
    case OP_SCATTER: scatter(g, input(op, row), field(op, XS), b + (field(op, V) << 2), field(op, YS), 0, rows, n); break;
  }
}

/** What came with the batch, of the tile's first row: w = where it begins, xs = its floats (or codes) of a row. */
function input(op: usize, row: i32): usize {
  return field(op, W) + ((<usize>row * field(op, XS)) << 2);
}
