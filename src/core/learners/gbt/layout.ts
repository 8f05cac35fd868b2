// The arrays of one fit, laid out in a given memory (or in memories of their own): one place decides sizes and order.
// Every array starts on a 16-byte boundary; `layoutBytes` is what a kernel must allocate, counted from its first byte.
// A WASM kernel passes byteOffsets of these views as its pointers.
import { BarnacleError } from '../../base/errors.ts';
import type { TreeArrays, TreePlan } from './kernels.ts';

/** Most rows of one histogram block: their cells and gradients sit in scratch while all features are summed. */
export const HISTOGRAM_BLOCK = 1024;
/** Up to so many features bins are also held by column; of more, partition is a small part of the work. */
const COLUMNS_UP_TO = 128;
/** Rows binned at a time. */
export const BIN_BLOCK = 4096;

type Shape = readonly [name: keyof TreeArrays, kind: 'u8' | 'u16' | 'i32' | 'f32' | 'f64', length: number];

function shapes(plan: TreePlan): Shape[] {
  const { rows, validRows, outputs, leaves } = plan;
  const features = plan.bins.length;
  return [
    ['offsets', 'i32', features + 1],
    ['cuts', 'f32', 256],
    ['nodes', 'i32', 4 * Math.max(1, leaves)],
    ['leaves', 'f64', leaves + 1],
    ['leafSums', 'f64', 2 * (leaves + 1)],
    ['leafSpare', 'f64', 3 * (leaves + 1)],
    ['block', 'f64', Math.max(HISTOGRAM_BLOCK, BIN_BLOCK, outputs + 4)],
    ['histograms', 'i32', 2 * totalBins(plan) * (leaves + 1)],
    ['cells', 'u8', 64 * HISTOGRAM_BLOCK],
    ['ranges', 'f32', 2 * outputs],
    ['rows', 'i32', 2 * rows],
    ['spare', 'i32', 2 * rows],
    ['leafOf', 'u16', rows],
    ['gradients', 'f32', 2 * rows * outputs],
    ['scores', 'f64', rows * outputs],
    ['target', 'f64', rows],
    ['weight', 'f32', plan.weighted ? rows : 0],
    ['validScores', 'f64', validRows * outputs],
    ['bins', 'u8', rows * features + 16],
    ['validBins', 'u8', validRows * features + 16],
    ['columns', 'u8', features <= COLUMNS_UP_TO ? rows * features : 0],
  ];
}

const width = { u8: 1, u16: 2, i32: 4, f32: 4, f64: 8 } as const;
export const totalBins = (plan: TreePlan): number => plan.bins.reduce((sum, bins) => sum + bins, 0);

/** Bytes of all arrays of a plan. */
export function layoutBytes(plan: TreePlan): number {
  let bytes = 0;
  for (const [, kind, length] of shapes(plan)) bytes += Math.ceil((length * width[kind]) / 16) * 16;
  return bytes;
}

/** Views over `buffer` from byte `start`, or fresh arrays when it is null; offsets are filled. Throws too-large. */
export function layoutArrays(plan: TreePlan, buffer: ArrayBufferLike | null, start = 0): TreeArrays {
  const out: { [name: string]: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array } = {};
  let at = start;
  try {
    for (const [name, kind, length] of shapes(plan)) {
      const bytes = Math.ceil((length * width[kind]) / 16) * 16;
      const home = buffer ?? new ArrayBuffer(bytes);
      const offset = buffer ? at : 0;
      out[name] = kind === 'u8' ? new Uint8Array(home, offset, length) : kind === 'u16' ? new Uint16Array(home, offset, length) : kind === 'i32' ? new Int32Array(home, offset, length) : kind === 'f32' ? new Float32Array(home, offset, length) : new Float64Array(home, offset, length);
      at += bytes;
    }
  } catch (cause) {
    throw tooLarge(layoutBytes(plan), cause);
  }
  const arrays = out as unknown as TreeArrays;
  for (let f = 0; f < plan.bins.length; f++) arrays.offsets[f + 1] = arrays.offsets[f] + plan.bins[f];
  return arrays;
}

export const tooLarge = (bytes: number, cause: unknown) =>
  new BarnacleError('too-large', `trees need ${Math.ceil(bytes / 2 ** 20)} MiB, more than this tab can get; use fewer rows, features or leaves`, { what: 'bytes for trees', value: bytes, limit: 2 ** 32 }, { cause });
