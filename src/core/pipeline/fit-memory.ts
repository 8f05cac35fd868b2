// What a fit takes in memory beside the prepared data, before it starts: known for trees, whose arrays follow from their
// sizes. One byte a cell is most of it; the rest goes by rows and by leaves.
import { parseParams } from '../base/params.ts';
import type { Json } from '../base/json.ts';
import { learners } from '../learners/index.ts';
import type { Matrix } from '../table/matrix.ts';

/** `outputs`: one, or one per class when there are more than two. */
export type FitSize = { readonly rows: number; readonly validRows: number; readonly features: number; readonly outputs: number };
export type FitMemory = { bytes: number; parts: { label: string; bytes: number }[] };

const mostHistogramBytes = 256 * 2 ** 20;

export const fitSize = (train: Matrix, valid: Matrix | null): FitSize => ({
  rows: train.rows, validRows: valid?.rows ?? 0, features: train.features.length,
  outputs: train.target?.kind === 'class' && train.target.classes.length > 2 ? train.target.classes.length : 1,
});

/** Null for a learner that cannot say, or needs next to nothing. Throws bad-param. */
export function fitMemory(type: string, params: Json, { rows, validRows, features, outputs }: FitSize): FitMemory | null {
  const learner = learners.get(type);
  if (learner.fitsOn !== 'trees') return null;
  const { leaves = 31, bins = 255 } = parseParams(learner.params, params, type) as { leaves?: number; bins?: number };
  const parts = [
    { label: 'bins, one byte a cell', bytes: (rows + validRows) * features },
    { label: 'rows, gradients and scores', bytes: rows * (26 + 16 * outputs) + 8 * validRows * outputs },
    { label: 'histograms', bytes: Math.min(mostHistogramBytes, 8 * (bins + 1) * features * (leaves + 1)) },
  ];
  return { bytes: parts.reduce((sum, part) => sum + part.bytes, 0), parts };
}
