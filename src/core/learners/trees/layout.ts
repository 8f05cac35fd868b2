// The arrays of one session, laid out in a given memory (or in memories of their own): one place decides sizes and order.
// Every array starts on a 16-byte boundary; `layoutBytes` is known before anything is allocated, so a plan can be shown and
// refused. A WASM kernel passes byteOffsets of these views as its pointers; scratch of its own comes after layoutBytes.
import { BarnacleError } from '../../base/errors.ts';
import type { TreeArrays, TreePlan } from './kernels.ts';

/** Codes of a joint column; a column of one feature has as many as that has bins. */
export const MOST_CODES = 256;

/** All arrays: those that core sees, and those that only the stages do. */
export type SessionArrays = TreeArrays & {
  /** Words of a slot: bin b of feature f has its hessian sum at 2 * (offsets[f] + b) and its gradient sum after it. */
  readonly offsets: Int32Array;
  /** The same for codes of columns, in `sums`. */
  readonly columnOffsets: Int32Array;
  /** 256 bytes a feature: the bin of each code of its column. */
  readonly binOf: Uint8Array;
  /** Row-major: one byte for each column, code of the training row. */
  readonly cells: Uint8Array;
  /** Row-major: one byte for each feature, bin of the validation row. */
  readonly validBins: Uint8Array;
  /** Two words a row: its number, and gradient << 16 | hessian in quanta. Leaf after leaf. */
  readonly rows: Int32Array;
  readonly spare: Int32Array;
  readonly histograms: Int32Array;
  /** For each thread: sums by column and code, before they are decoded to features. */
  readonly sums: Int32Array;
};

type Kind = 'u8' | 'u16' | 'i32' | 'f32' | 'f64';
type Shape = readonly [name: keyof SessionArrays, kind: Kind, length: number];
const width = { u8: 1, u16: 2, i32: 4, f32: 4, f64: 8 } as const;
const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Bins of all features together; a slot is twice as many words. */
export const totalBins = (plan: TreePlan): number => plan.features.reduce((sum, feature) => sum + feature.bins, 0);
const codesOf = (plan: TreePlan, column: readonly number[]): number => (column.length === 1 ? plan.features[column[0]].bins : MOST_CODES);
const totalCodes = (plan: TreePlan): number => plan.columns.reduce((sum, column) => sum + codesOf(plan, column), 0);

function shapes(plan: TreePlan, threads: number): Shape[] {
  const { rows, validRows, outputs, leaves } = plan;
  const features = plan.features.length;
  return [
    ['offsets', 'i32', features + 1],
    ['columnOffsets', 'i32', plan.columns.length + 1],
    ['binOf', 'u8', MOST_CODES * features],
    ['ranges', 'f32', 2 * outputs],
    ['leafSums', 'f64', 2 * (leaves + 1)],
    ['histograms', 'i32', 2 * totalBins(plan) * plan.slots],
    ['sums', 'i32', 2 * totalCodes(plan) * threads],
    ['rows', 'i32', 2 * rows],
    ['spare', 'i32', 2 * rows],
    ['leafOf', 'u16', rows],
    ['gradients', 'f32', 2 * rows * outputs],
    ['scores', 'f64', rows * outputs],
    ['target', 'f64', rows],
    ['weight', 'f32', plan.weighted ? rows : 0],
    ['validScores', 'f64', validRows * outputs],
    ['cells', 'u8', rows * plan.columns.length + 16],
    ['validBins', 'u8', validRows * features + 16],
  ];
}

/** Bytes of all arrays of a plan on so many threads. */
export function layoutBytes(plan: TreePlan, threads: number): number {
  return shapes(plan, threads).reduce((sum, [, kind, length]) => sum + aligned(length * width[kind]), 0);
}

/** The same by array, for who wants to know what takes the room. */
export function layoutTable(plan: TreePlan, threads: number): { name: string; bytes: number }[] {
  return shapes(plan, threads).map(([name, kind, length]) => ({ name, bytes: aligned(length * width[kind]) }));
}

/**
 * Views over `buffer` from byte `start`, or fresh arrays when it is null. Offsets are filled, and binOf for columns of one
 * feature (a code is its bin). Throws too-large.
 */
export function layoutArrays(plan: TreePlan, threads: number, buffer: ArrayBufferLike | null, start = 0): SessionArrays {
  const out: { [name: string]: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array } = {};
  let at = start;
  try {
    for (const [name, kind, length] of shapes(plan, threads)) {
      out[name] = viewOf(kind, buffer ?? new ArrayBuffer(aligned(length * width[kind])), buffer ? at : 0, length);
      at += aligned(length * width[kind]);
    }
  } catch (cause) {
    throw tooLarge(layoutBytes(plan, threads), cause);
  }
  const arrays = out as unknown as SessionArrays;
  plan.features.forEach(({ bins }, f) => {
    arrays.offsets[f + 1] = arrays.offsets[f] + bins;
    for (let code = 0; code < MOST_CODES; code++) arrays.binOf[MOST_CODES * f + code] = code;
  });
  plan.columns.forEach((column, c) => {
    arrays.columnOffsets[c + 1] = arrays.columnOffsets[c] + codesOf(plan, column);
  });
  return arrays;
}

function viewOf(kind: Kind, buffer: ArrayBufferLike, at: number, length: number): Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array {
  if (kind === 'u8') return new Uint8Array(buffer, at, length);
  if (kind === 'u16') return new Uint16Array(buffer, at, length);
  if (kind === 'i32') return new Int32Array(buffer, at, length);
  return kind === 'f32' ? new Float32Array(buffer, at, length) : new Float64Array(buffer, at, length);
}

export const tooLarge = (bytes: number, cause: unknown): BarnacleError =>
  new BarnacleError('too-large', `trees need ${Math.ceil(bytes / 2 ** 20)} MiB, more than this tab can get; use fewer rows, features or leaves`, { what: 'bytes for trees', value: bytes, limit: 2 ** 32 }, { cause });
