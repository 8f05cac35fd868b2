// What an explanation of rows is: for each row and output a base value and one number for each column, which sum to the score.
// Scores are raw: log odds, logits, or what the model's link is applied to. Columns are raw ones: encodings (one-hots, dates'
// parts, embeddings of texts) are summed back to their source, which keeps the sum.
import type { Feature } from '../table/matrix.ts';

export type Contributions = {
  readonly rows: number;
  readonly outputs: number;
  readonly columns: readonly string[];
  /** By output: the score before anything is known of a row. */
  readonly base: Float64Array;
  /** rows x outputs x columns, row-major. */
  readonly values: Float64Array;
  /** rows x outputs: what the model itself says. */
  readonly scores: Float64Array;
  /** The largest |base + sum of contributions - score| of these rows. */
  readonly error: number;
};

/** The distinct sources of the features, in order of first feature, and the index of each feature's. */
export function sourcesOf(features: readonly Feature[]): { columns: string[]; columnOf: Int32Array } {
  const found = new Map<string, number>();
  const columnOf = Int32Array.from(features, ({ source }) => {
    if (!found.has(source)) found.set(source, found.size);
    return found.get(source)!;
  });
  return { columns: [...found.keys()], columnOf };
}

/** How far the contributions are from adding up to the scores. */
export function additivityError({ rows, outputs, columns, base, values, scores }: Omit<Contributions, 'error'>): number {
  const width = columns.length;
  let most = 0;
  for (let at = 0; at < rows * outputs; at++) {
    let sum = base[at % outputs];
    for (let c = at * width; c < (at + 1) * width; c++) sum += values[c];
    most = Math.max(most, Math.abs(sum - scores[at]));
  }
  return most;
}
