// What a fit of trees takes in memory beside the prepared data, from its sizes alone: said before it starts, and refused when
// this machine cannot have it. Counts what layout.ts will lay out, with every feature in a column of its own.
import { layoutTable, tooLarge } from './layout.ts';
import { planFit } from './open-fit.ts';

export type TreeSizes = {
  readonly rows: number;
  readonly validRows: number;
  readonly features: number;
  /** Scores of a row: one, or one per class when there are more than two. */
  readonly outputs: number;
  readonly leaves: number;
  /** Most value bins of a feature. */
  readonly bins: number;
  readonly weighted: boolean;
  readonly threads: number;
};
export type TreeMemory = { bytes: number; parts: { label: string; bytes: number }[] };

/** More cannot be addressed by a kernel of 32 bits. */
export const MOST_BYTES = 2 ** 32 - 2 ** 16;

const labels: { readonly [label: string]: readonly string[] } = {
  'bins, one byte a cell': ['cells', 'validBins'],
  'rows, gradients and scores': ['rows', 'spare', 'leafOf', 'gradients', 'scores', 'validScores', 'target', 'weight'],
  histograms: ['histograms', 'sums'],
};

/** An upper bound: joint columns take less. */
export function treeMemory({ rows, validRows, features, outputs, leaves, bins, weighted, threads }: TreeSizes): TreeMemory {
  const plans = Array.from({ length: features }, () => ({ bins: bins + 1, nominal: false, monotone: 0 as const }));
  const plan = planFit(rows, validRows, plans, plans.map((_, f) => [f]), { outputs, leaves, weighted });
  const table = layoutTable(plan, threads);
  const sumOf = (names: (name: string) => boolean) => table.reduce((sum, { name, bytes }) => sum + (names(name) ? bytes : 0), 0);
  const parts = Object.entries(labels).map(([label, names]) => ({ label, bytes: sumOf((name) => names.includes(name)) }));
  const known = Object.values(labels).flat();
  parts.push({ label: 'tables', bytes: sumOf((name) => !known.includes(name)) });
  return { bytes: sumOf(() => true), parts };
}

/** Throws too-large when the fit cannot be held. */
export function checkTreeMemory(sizes: TreeSizes): void {
  const { bytes } = treeMemory(sizes);
  if (bytes > MOST_BYTES) throw tooLarge(bytes, null);
}
