// A session with the bins of training and validation rows in it, its columns planned so that none is crowded.
import type { Matrix } from '../../table/matrix.ts';
import type { BinnedFeatures } from './bin-features.ts';
import type { TreeKernels, TreePlan, TreeSession } from './kernels.ts';
import { planColumns, sampleBins, splitColumns } from './plan-columns.ts';

export type FitSizes = { readonly outputs: number; readonly leaves: number; readonly weighted: boolean };
/** Histograms are held up to so many bytes; leaves beyond are summed anew when their turn comes. */
const HISTOGRAM_BYTES = 256 * 2 ** 20;

/** The plan of a fit with its columns given. */
export function planFit(rows: number, validRows: number, plans: BinnedFeatures['plans'], columns: TreePlan['columns'], { outputs, leaves, weighted }: FitSizes): TreePlan {
  const slotBytes = 8 * plans.reduce((sum, { bins }) => sum + bins, 0);
  const slots = Math.max(2, Math.min(leaves + 1, Math.floor(HISTOGRAM_BYTES / Math.max(1, slotBytes))));
  return { rows, validRows, outputs, leaves, slots, weighted, features: plans, columns };
}

export async function openFit(matrix: Matrix, valid: Matrix | null, features: BinnedFeatures, sizes: FitSizes, kernels: TreeKernels): Promise<TreeSession> {
  const { used, bins, plans } = features;
  const data = used.map((f) => matrix.data[f]);
  const counts = plans.map((plan) => plan.bins);
  let columns = planColumns(sampleBins(data, bins, counts), counts, matrix.rows, sizes.leaves);
  for (;;) {
    const session = await kernels.open(planFit(matrix.rows, valid?.rows ?? 0, plans, columns, sizes));
    try {
      const isBinned = session.bin(0, data, bins);
      if (isBinned) {
        if (valid) session.bin(1, used.map((f) => valid.data[f]), bins);
        return session;
      }
    } catch (error) {
      session.close();
      throw error;
    }
    columns = splitColumns(columns, session.crowded);
    session.close();
  }
}
