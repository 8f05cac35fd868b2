// What a fit takes in memory beside the prepared data, before it starts: known for trees, whose arrays follow from their sizes.
import { parseParams } from '../base/params.ts';
import type { Json } from '../base/json.ts';
import { learners } from '../learners/index.ts';
import { treeMemory, type TreeMemory } from '../learners/trees/tree-memory.ts';
import type { Matrix } from '../table/matrix.ts';

/** `outputs`: one, or one per class when there are more than two. */
export type FitSize = { readonly rows: number; readonly validRows: number; readonly features: number; readonly outputs: number; readonly weighted: boolean };
export type FitMemory = TreeMemory;

export const fitSize = (train: Matrix, valid: Matrix | null): FitSize => ({
  rows: train.rows, validRows: valid?.rows ?? 0, features: train.features.length, weighted: train.weight !== null,
  outputs: train.target?.kind === 'class' && train.target.classes.length > 2 ? train.target.classes.length : 1,
});

/** An upper bound; null for a learner that cannot say, or needs next to nothing. Throws bad-param. */
export function fitMemory(type: string, params: Json, size: FitSize, threads: number): FitMemory | null {
  const learner = learners.get(type);
  if (learner.fitsOn !== 'trees') return null;
  const { leaves = 31, bins = 255 } = parseParams(learner.params, params, type) as { leaves?: number; bins?: number };
  return treeMemory({ ...size, leaves, bins, threads });
}
