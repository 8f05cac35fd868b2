// The memory of one session: where every array lies, known before anything is allocated. The first page is the module's own;
// then the words that threads talk through and the table of fit.ts, which names in `fitWords` follow; then the arrays.
// Scratch that is needed only while values become bins lies where row lists lie later.
import type { TreeArrays, TreePlan } from '../../core/learners/trees/kernels.ts';
import { MOST_CODES } from '../../core/learners/trees/layout.ts';
import { ARRAYS, CONTROL, OWN, PAGE } from '../team/words.ts';

export const WORDS = OWN;
export const NUMBERS = CONTROL + 768;
export const FIT = CONTROL + 1024;
export const RESULTS = CONTROL + 2048;
export const RESULT_BYTES = 256;
export const RESULT = 96;
export const TOTAL = 240;

/** Rows that belong to one thread at a stretch. */
export const BLOCK = 1024;
export const CUTS_BYTES = 1040;
export const JOINT_HEAD = 1040;
export const LINK_HEAD = 1040;
const STAGE_BYTES = 2 ** 22;
const SCRATCH = 8192 + 65536 + 2048 + 2064 + 528 + 96 + 4096 + 1024;

/** In the order of assembly/fit.ts. */
export const fitWords = ['rows', 'validRows', 'outputs', 'columns', 'features', 'leaves', 'ownRows', 'slotCodes', 'cells', 'validBins', 'list', 'spare', 'leafOf', 'gradients', 'ranges', 'scores', 'validScores', 'target', 'weight', 'slots', 'leafRanges', 'leafSums', 'columnTable', 'featureTable', 'members', 'binOf', 'scratch', 'scratchBytes', 'nodes', 'values', 'stage', 'stageCuts', 'masks', 'joints', 'jointBytes', 'sparse', 'private', 'table', 'whole', 'quanta', 'shuffles'] as const;
export type FitWord = (typeof fitWords)[number];

export type SessionLayout = {
  readonly pages: number;
  readonly bytes: number;
  /** What stands in the table: sizes, and the byte at which each array begins. */
  readonly words: { readonly [name in FitWord]: number };
  /** Rows that are staged at a time when values become bins. */
  readonly stageRows: number;
  /** Place of each column's tables among a thread's joints; -1 = a column of one feature. */
  readonly jointAt: readonly number[];
  /** First code of each column in a slot, and all codes. */
  readonly offsets: Int32Array;
};

export function layoutSession(plan: TreePlan, threads: number): SessionLayout {
  const { rows, validRows, outputs, leaves, slots } = plan;
  const columns = plan.columns.length;
  const features = plan.features.length;
  const ownRows = Math.max(1, Math.ceil(Math.ceil(rows / BLOCK) / threads)) * BLOCK;
  const offsets = new Int32Array(columns + 1);
  const jointAt: number[] = [];
  let jointBytes = 0;
  plan.columns.forEach((column, c) => {
    const isJoint = column.length > 1;
    offsets[c + 1] = offsets[c] + (isJoint ? MOST_CODES : plan.features[column[0]].bins);
    jointAt.push(isJoint ? jointBytes : -1);
    if (isJoint) jointBytes += JOINT_HEAD + column.reduce((sum, f) => sum + LINK_HEAD + 2 * MOST_CODES * plan.features[f].bins, 0);
  });
  const scratchBytes = aligned(Math.max(SCRATCH, 16 * outputs + 2048));
  const sizes = { rows, validRows, outputs, columns, features, leaves, ownRows, slotCodes: offsets[columns], scratchBytes, jointBytes: aligned(jointBytes) };
  const lists = 16 * threads * ownRows;
  const staged = Math.max(4 * features * BLOCK * threads, Math.min(STAGE_BYTES, lists));
  const arrays: readonly (readonly [FitWord, number])[] = [
    ['columnTable', 32 * columns],
    ['featureTable', 32 * features],
    ['members', 4 * features],
    ['binOf', MOST_CODES * features],
    ['sparse', MOST_CODES * features],
    ['table', 4 * MOST_CODES],
    ['shuffles', 512],
    ['masks', 2 * features],
    ['stageCuts', CUTS_BYTES * features],
    ['nodes', 48 * Math.max(1, leaves)],
    ['values', 8 * (leaves + 1)],
    ['leafRanges', 8 * threads * (leaves + 1)],
    ['leafSums', 16 * (leaves + 1) * (threads + 1)],
    ['ranges', 8 * outputs * (threads + 1)],
    ['scratch', scratchBytes * threads],
    ['private', 2048 * columns * threads],
    ['slots', 8 * offsets[columns] * slots],
    ['joints', sizes.jointBytes * threads],
    ['list', lists / 4],
    ['spare', lists / 4],
    ['whole', lists / 4],
    ['quanta', Math.max(lists / 4, staged - (3 * lists) / 4)],
    ['leafOf', 2 * rows],
    ['gradients', 8 * rows * outputs],
    ['scores', 8 * rows * outputs],
    ['target', 8 * rows],
    ['weight', plan.weighted ? 4 * rows : 0],
    ['validScores', 8 * validRows * outputs],
    ['cells', rows * columns],
    ['validBins', validRows * features],
  ];
  const words: { [name in FitWord]?: number } = { ...sizes };
  let at = ARRAYS;
  for (const [name, bytes] of arrays) {
    words[name] = at;
    at += aligned(bytes + 64);
  }
  words.stage = words.list;
  if (!plan.weighted) words.weight = 0;
  const stageRows = Math.max(1, Math.floor(staged / (4 * features * BLOCK * threads))) * BLOCK * threads;
  return { pages: Math.ceil(at / PAGE), bytes: at, words: words as { [name in FitWord]: number }, stageRows, jointAt, offsets };
}

const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Bytes that a session of this plan takes on so many threads. */
export const sessionBytes = (plan: TreePlan, threads: number): number => layoutSession(plan, threads).bytes;

/** The arrays that core sees. */
export function viewArrays(plan: TreePlan, { words }: SessionLayout, buffer: ArrayBufferLike): TreeArrays {
  const { rows, validRows, outputs, leaves } = plan;
  return {
    target: new Float64Array(buffer, words.target, rows),
    weight: new Float32Array(buffer, words.weight, plan.weighted ? rows : 0),
    scores: new Float64Array(buffer, words.scores, rows * outputs),
    validScores: new Float64Array(buffer, words.validScores, validRows * outputs),
    gradients: new Float32Array(buffer, words.gradients, 2 * rows * outputs),
    ranges: new Float32Array(buffer, words.ranges, 2 * outputs),
    leafOf: new Uint16Array(buffer, words.leafOf, rows),
    leafSums: new Float64Array(buffer, words.leafSums, 2 * (leaves + 1)),
  };
}
