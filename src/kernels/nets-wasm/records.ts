// The words that a compiled net is told to the kernel in: the session's table, operations of 24 words each, chunks of
// parameters and runs of panels to pack. The twin of assembly/words.ts: change both.
import { OWN } from '../team/words.ts';

/** The session's table of Int32 words, then its Float64 numbers. */
export const WORDS = OWN;
export const NUMBERS = OWN + 1024;

export const commands = { step: 1, forward: 2, pack: 3 } as const;

/** In the order of assembly/words.ts. */
export const tableWords = ['rows', 'tileRows', 'sliceRows', 'slices', 'full', 'seed', 'train', 'serve', 'refs', 'chunks', 'chunkCount', 'packs', 'packCount', 'weights', 'gradients', 'stride', 'first', 'second', 'sgd', 'watch', 'norms', 'rates', 'decays', 'lossSums', 'gradientSums', 'weightSums', 'scratch', 'scratchBytes', 'mosts', 'mostsBytes', 'leasts', 'leastsBytes', 'levels', 'lossKind'] as const;
export type TableWord = (typeof tableWords)[number];
export const numberNames = ['rate', 'decay', 'beta1', 'beta2', 'epsilon', 'unbias1', 'unbias2', 'clip', 'lossParameter'] as const;
export type NumberName = (typeof numberNames)[number];

/** Operations over a tile, then those that threads do between two barriers (from `joinBatch` on), then `end`. */
export const opNames = [
  'zero', 'copy', 'plr', 'pbld', 'piecewise', 'gather', 'scale', 'shift', 'affine', 'layerNorm', 'batchPartials', 'applyBatch', 'serveBatch', 'activate', 'drop',
  'spread', 'add', 'heads', 'loss', 'out', 'most', 'least', 'backAffine', 'backHeads', 'backScale', 'backShift', 'backLayerNorm', 'backBatchPartials', 'backBatch',
  'backActivate', 'backSpread', 'copyLines', 'backPlr', 'backPbld', 'backPiecewise', 'scatter', 'joinBatch', 'joinBack', 'end',
] as const;
export type OpName = (typeof opNames)[number];

/**
 * members: lines of a row at this point; n, m: width before and after. a-d: buffers, 0 = none. xs, ys: floats from line to
 * line where they are not the width. p-s: pointers to parameters or packed weights, 0 = none. g-j: bytes into a slice's
 * gradient, -1 = none. kind, u, v, w: as the operation reads them.
 */
export const opFields = ['members', 'n', 'm', 'a', 'b', 'c', 'd', 'xs', 'ys', 'p', 'q', 'r', 's', 'g', 'h', 'i', 'j', 'kind', 'u', 'v', 'w'] as const;
export type OpField = (typeof opFields)[number];
export const OP_WORDS = 24;
export const CHUNK_WORDS = 4;
export const PACK_WORDS = 8;
export type Op = { readonly op: OpName } & { readonly [field in OpField]?: number };

const gradientFields: readonly OpField[] = ['g', 'h', 'i', 'j'];

export function wordsOf(ops: readonly Op[]): Int32Array {
  const words = new Int32Array(ops.length * OP_WORDS);
  ops.forEach((op, i) => {
    words[i * OP_WORDS] = opNames.indexOf(op.op);
    opFields.forEach((field, f) => {
      words[i * OP_WORDS + 1 + f] = op[field] ?? (gradientFields.includes(field) ? -1 : 0);
    });
  });
  return words;
}
