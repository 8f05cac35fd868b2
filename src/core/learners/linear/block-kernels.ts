// The seam of faster loops over a block of rows: what kernels/linear-wasm does, with the bits of the plain loops of this room.
// A block has `columns` dense columns of 256 doubles one after another, the last all 1 (the intercept).

export interface BlockKernels {
  readonly backend: string;
  open(columns: number): FastBlock;
  /** As chunkMoments of column-moments.ts. */
  moments(column: Float32Array, weight: Float32Array | null, from: number, rows: number, out: Float64Array): void;
  /** As lossOfRows of softmax. */
  softmax(rows: number, outputs: number, truth: Float64Array, from: number, weights: Float64Array, scores: Float64Array, slopes: Float64Array): number;
}

export interface FastBlock {
  /** The columns themselves; may be written directly. */
  readonly dense: Float64Array;
  /** Column = ((value missing ? missing : value) - center) * scale of values[from .. from + rows). */
  fill(column: number, values: Float32Array, from: number, rows: number, center: number, scale: number, missing: number): void;
  /** columns x columns, its upper triangle: the sum of h * z * z'. Valid until the next call. */
  gram(rows: number, h: Float64Array): Float64Array;
  /** The sum of values[from ..] * z for each column. Valid until the next call. */
  sums(rows: number, values: Float64Array, from: number): Float64Array;
  /** Writes scores of `parameters` (one for each column) to to[offset ..]. */
  scores(rows: number, parameters: Float64Array, to: Float64Array, offset: number): void;
  /** As lossOfRows. */
  loss(kind: 'logistic' | 'poisson', rows: number, truth: Float64Array, from: number, weights: Float64Array, scores: Float64Array, slopes: Float64Array, bends: Float64Array): number;
  /** Gives it back; not to be used afterwards. */
  close(): void;
}
