// The structure of a table as plain data: principal components, clusters, and the rows that are drawn. Numbers are finite; arrays
// are JSON. `rows` named here are rows of the table that was given.
import type { Note } from '../base/task.ts';
import type { Feature } from '../table/matrix.ts';

/** `clusters` 0 = as many as the silhouette says, 2 to 12. */
export type StructureSpec = { clusters: number; seed: number };

export type Component = { /** Of standardised features, per weight. */ variance: number; /** Of the total variance. */ share: number; /** One per feature; their squares sum to 1. The largest in size is positive. */ loadings: number[] };

/** What a cluster's rows are like in one feature; `gap`: the cluster's mean less the overall one, in standard deviations. */
export type Apart = { feature: string; gap: number; mean: number; overall: number };

export type ClusterTarget = { kind: 'class'; counts: number[]; /** The most frequent class. */ top: number; purity: number } | { kind: 'value'; mean: number; deviation: number };

export type Cluster = { size: number; /** Of the rows looked at. */ share: number; /** One per feature, in its own unit. */ centre: number[]; /** Largest gap first, at most 6. */ apart: Apart[]; /** Null without a target. */ target: ClusterTarget | null };

/** One number of clusters that was tried: inertia per row of the sample it was tried on. */
export type Tried = { k: number; silhouette: number; inertia: number };

export type Clustering = {
  /** The largest first. */
  clusters: Cluster[];
  /** True when the silhouette chose their number. */
  isChosen: boolean;
  inertia: number;
  /** Mean over a sample of at most 2,000 rows; null with one cluster. */
  silhouette: number | null;
  tried: Tried[];
  /** Share of rows in the most frequent class of their cluster (classes), or of the target's variance that lies between clusters (a value); null without a target. */
  agreement: number | null;
};

export type ShownTarget = { kind: 'class'; name: string; classes: string[]; codes: number[] } | { kind: 'value'; name: string; values: number[] };

export type Structure = {
  /** Rows of the table that could be used, and of these those that were. */
  rows: number;
  used: number;
  features: Feature[];
  /** Features without spread, left out. */
  constant: string[];
  method: 'exact' | 'randomised';
  components: Component[];
  totalVariance: number;
  /** Null when the data has too few rows, or the person stopped before. */
  clustering: Clustering | null;
  /** At most 5,000 rows at even steps: scores[k][i] of component k (at most 8). `cluster` is empty without clusters. */
  shown: { rows: number[]; scores: number[][]; cluster: number[]; target: ShownTarget | null };
  /** The target over all rows used; null without one. */
  overall: ClusterTarget | null;
  notes: Note[];
};
