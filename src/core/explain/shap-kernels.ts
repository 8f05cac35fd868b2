// The seam of exact TreeSHAP: one tree, laid out by shap-tree.ts, added to the contributions of a block of rows.
// shap-reference.ts is the plain TypeScript, kernels/trees-shap-wasm its twin with the same bits: every sum runs in the order
// written down in shap-reference.ts, in doubles, two quadrature points side by side.
export interface ShapKernels {
  /** reference | wasm */
  readonly backend: string;
  /** Allocates once for a whole model. Throws too-large when the machine cannot give the memory. */
  open(plan: ShapPlan): ShapSession;
}

/** Sizes: rows of a block, ranks and contributions (of one output) of a row, words of all sets; nodes and quadrature points of the largest tree. */
export type ShapPlan = { readonly rows: number; readonly slots: number; readonly outputs: number; readonly places: number; readonly setWords: number; readonly nodes: number; readonly cells: number };

/**
 * Edge 0 leads to the root, edges 2n + 1 and 2n + 2 to the left and right child of node n. `down` and `up` hold for each edge
 * but 0 three vectors of `points` numbers: of a row that left the feature's path before, at this edge, or not at all.
 */
export type ShapArrays = {
  /** rows x slots, as rankRows (models/trees-walk.ts) gives them. */
  readonly ranks: Int32Array;
  /** rows x outputs x places x 2: sums over even and over odd points. */
  readonly sums: Float64Array;
  readonly sets: Uint32Array;
  /** NODE_WORDS words a node: slot, cut (or ~first word of its set), edge of the last ancestor that asks the same feature (0 = none), edge to the node, place. */
  readonly nodes: Int32Array;
  readonly down: Float64Array;
  readonly up: Float64Array;
};

export interface ShapSession {
  readonly plan: ShapPlan;
  readonly arrays: ShapArrays;
  /** sums of `output` += the contributions of the tree in nodes, down and up, for the first `rows` rows; points is even. */
  addTree(output: number, nodes: number, points: number, rows: number): void;
}

export const NODE_WORDS = 8;
/** Numbers in `down` and in `up` of a tree. */
export const tableCells = (nodes: number, points: number): number => 2 * nodes * 3 * points;
