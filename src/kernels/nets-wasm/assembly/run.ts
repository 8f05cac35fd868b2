// Runs a compiled net: forward, loss and backward tile by tile, so that a tile's lines stay in the cache all the way; then the
// slices' gradients are summed in order and the optimiser moves the weights. Slices are a function of the rows alone and every
// sum goes by slices, tiles and chunks in order, so any number of threads gives the same bits.
import { barrier } from '../../team/assembly/team';
import { THREADS } from '../../team/assembly/words';
import { runOp } from './ops';
import { joinBatch, moveRunning } from './norm';
import { adamw, addSlices, sgd, sumSquares } from './optimise';
import { pack, packTransposed } from './matmul';
import {
  BETA1, BETA2, CHUNKS, CHUNK_COUNT, CLIP, DECAY, DECAYS, EPSILON, FIRST, GRADIENTS, GRADIENT_SUMS, LEASTS, LEASTS_BYTES, LOSS_SUMS, MOSTS, MOSTS_BYTES, NORMS,
  OP_BYTES, OP_END, OP_JOIN_BACK, OP_JOIN_BATCH, PACKS, PACK_COUNT, RATE, RATES, ROWS, SECOND, SERVE, SGD, SLICES, SLICE_ROWS, STRIDE, TILE_ROWS, TRAIN, UNBIAS1,
  UNBIAS2, WATCH, WEIGHTS, WEIGHT_SUMS, G, H, MEMBERS, N, P, Q, R, S, number, word,
} from './words';

/** First of a thread's slices, tiles or the like when `count` of them are shared out in order. */
function share(thread: i32, threads: i32, count: i32): i32 {
  return (thread * count) / threads;
}

function after(op: usize): usize {
  while (load<i32>(op) < OP_JOIN_BATCH) op += OP_BYTES;
  return op;
}

/** One training step: this thread's share of it. */
export function step(thread: i32): void {
  const threads = load<i32>(THREADS);
  const rows = word(ROWS);
  const slices = word(SLICES);
  const sliceRows = word(SLICE_ROWS);
  const tileRows = word(TILE_ROWS);
  const from = share(thread, threads, slices);
  const to = share(thread + 1, threads, slices);
  if (word(WATCH)) clearWatch(thread);
  let op = <usize>word(TRAIN);
  for (let s = from; s < to; s++) store<f64>(<usize>word(LOSS_SUMS) + (<usize>s << 3), 0);
  for (;;) {
    const end = after(op);
    for (let s = from; s < to; s++) {
      const last = min(rows, (s + 1) * sliceRows);
      for (let row = s * sliceRows; row < last; row += tileRows) runTile(op, end, thread, s, row, min(tileRows, last - row), row == s * sliceRows);
    }
    barrier(thread, threads);
    if (load<i32>(end) == OP_END) break;
    between(end, thread);
    op = end + OP_BYTES;
  }
  optimise(thread, threads, slices);
  barrier(thread, threads);
  packShare(thread, threads);
}

/** Scores as at serving: this thread's share of the tiles. */
export function forward(thread: i32): void {
  const threads = load<i32>(THREADS);
  const rows = word(ROWS);
  const tileRows = word(TILE_ROWS);
  const tiles = (rows + tileRows - 1) / tileRows;
  const op = <usize>word(SERVE);
  const end = after(op);
  for (let t = share(thread, threads, tiles); t < share(thread + 1, threads, tiles); t++) runTile(op, end, thread, 0, t * tileRows, min(tileRows, rows - t * tileRows), false);
}

function runTile(op: usize, end: usize, thread: i32, slice: i32, row: i32, rows: i32, isFirst: bool): void {
  for (; op < end; op += OP_BYTES) runOp(op, thread, slice, row, rows, isFirst);
}

/** What every thread does for itself between two barriers: the same numbers on all, in memory of its own. */
function between(op: usize, thread: i32): void {
  const width = <usize>load<i32>(op, N);
  const rows = word(ROWS);
  const members = load<i32>(op, MEMBERS);
  if (load<i32>(op) == OP_JOIN_BATCH) {
    const tileRows = word(TILE_ROWS);
    const mean = <usize>load<i32>(op, Q) + <usize>thread * 12 * width;
    const variance = mean + 4 * width;
    joinBatch(<usize>load<i32>(op, P), width << 1, (rows + tileRows - 1) / tileRows, rows * members, tileRows * members, mean, variance, mean + 8 * width, width);
    if (thread == 0) {
      moveRunning(<usize>load<i32>(op, R), mean, 1, width);
      moveRunning(<usize>load<i32>(op, S), variance, 1, width);
    }
  } else if (load<i32>(op) == OP_JOIN_BACK) {
    const own = <usize>load<i32>(op, Q) + <usize>thread * 8 * width;
    const base = <usize>word(GRADIENTS);
    addSlices(base + load<i32>(op, G), word(STRIDE), word(SLICES), own, 0, width);
    addSlices(base + load<i32>(op, H), word(STRIDE), word(SLICES), own + 4 * width, 0, width);
  }
}

function clearWatch(thread: i32): void {
  memory.fill(<usize>word(MOSTS) + thread * word(MOSTS_BYTES), 0, word(MOSTS_BYTES));
  const leasts = <usize>word(LEASTS) + thread * word(LEASTS_BYTES);
  for (let at = 0; at < word(LEASTS_BYTES); at += 4) store<f32>(leasts + at, Infinity);
}

/** Chunks of parameters are shared out in turn: slices summed in order, the norm over all, then the optimiser. */
function optimise(thread: i32, threads: i32, slices: i32): void {
  const count = word(CHUNK_COUNT);
  const chunks = <usize>word(CHUNKS);
  const gradients = <usize>word(GRADIENTS);
  const sums = <usize>word(GRADIENT_SUMS);
  const needsNorm = word(NORMS) != 0;
  const most = number(CLIP);
  if (needsNorm) {
    for (let c = thread; c < count; c += threads) {
      const from = <usize>load<i32>(chunks + (c << 4));
      const to = from + load<i32>(chunks + (c << 4), 4);
      if (!load<i32>(chunks + (c << 4), 12)) continue;
      if (slices > 1) addSlices(gradients, word(STRIDE), slices, gradients, from, to);
      store<f64>(sums + (c << 3), sumSquares(gradients, from, to));
    }
    if (most > 0) barrier(thread, threads);
  }
  let clip: f32 = 1;
  if (most > 0) {
    let sum: f64 = 0;
    for (let c = 0; c < count; c++) sum += load<f64>(sums + (c << 3));
    const norm = sqrt(sum);
    if (norm > most) clip = <f32>(most / norm);
  }
  for (let c = thread; c < count; c += threads) {
    const at = chunks + (c << 4);
    const from = <usize>load<i32>(at);
    const to = from + load<i32>(at, 4);
    if (load<i32>(at, 12)) {
      if (!needsNorm && slices > 1) addSlices(gradients, word(STRIDE), slices, gradients, from, to);
      move(from, to, load<i32>(at, 8), clip);
    }
    if (word(WATCH)) store<f64>(<usize>word(WEIGHT_SUMS) + (c << 3), sumSquares(<usize>word(WEIGHTS), from, to));
  }
}

function move(from: usize, to: usize, slot: i32, clip: f32): void {
  const r = load<f32>(<usize>word(RATES) + (slot << 2));
  const d = <f32>(<f64>load<f32>(<usize>word(DECAYS) + (slot << 2)) * number(DECAY));
  const rate = <f32>number(RATE);
  if (word(SGD)) sgd(<usize>word(WEIGHTS), <usize>word(GRADIENTS), <usize>word(FIRST), from, to, rate, r, d, <f32>number(BETA1), clip);
  else {
    adamw(
      <usize>word(WEIGHTS), <usize>word(GRADIENTS), <usize>word(FIRST), <usize>word(SECOND), from, to, rate, r, d,
      number(BETA1), number(BETA2), <f32>number(EPSILON), <f32>number(UNBIAS1), <f32>number(UNBIAS2), clip,
    );
  }
}

/** Runs of panels: u = 1 packs the transposed. */
export function packShare(thread: i32, threads: i32): void {
  const count = word(PACK_COUNT);
  for (let c = thread; c < count; c += threads) {
    const at = <usize>word(PACKS) + (c << 5);
    const w = <usize>load<i32>(at, 4);
    const to = <usize>load<i32>(at, 8);
    const n = <usize>load<i32>(at, 12);
    const m = <usize>load<i32>(at, 16);
    if (load<i32>(at)) packTransposed(w, to, n, m, load<i32>(at, 20), load<i32>(at, 24));
    else pack(w, to, n, m, load<i32>(at, 20), load<i32>(at, 24));
  }
}
