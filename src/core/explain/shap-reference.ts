// Exact path-dependent TreeSHAP of one tree for a block of rows, in plain TypeScript: the truth of kernels/trees-shap-wasm.
// A leaf's game is a product over the features of its path: 1 or 0 for a known feature, the share of training rows that
// passed for an unknown one. Its Shapley values are integrals over t of products of (t * known + (1 - t) * share), polynomials
// in t, which Gauss-Legendre sums exactly. Products run down the tree, sums of leaves run up, so a row costs nodes x points
// (Lundberg et al. 2020 define the values; Yu et al. 2022, "Linear TreeSHAP", sum them on the tree by polynomials too).
import { NODE_WORDS, tableCells, type ShapKernels, type ShapPlan, type ShapSession } from './shap-kernels.ts';

export const referenceShap: ShapKernels = { backend: 'reference', open: openSession };

function openSession(plan: ShapPlan): ShapSession {
  const { rows, slots, outputs, places, setWords, nodes, cells } = plan;
  const arrays = {
    ranks: new Int32Array(rows * slots), sums: new Float64Array(rows * outputs * places * 2), sets: new Uint32Array(setWords),
    nodes: new Int32Array(nodes * NODE_WORDS), down: new Float64Array(cells), up: new Float64Array(cells),
  };
  const held = new Float64Array(cells / 3 + 2 * nodes + 64);
  const states = new Int32Array(2 * nodes + 1);
  return {
    plan,
    arrays,
    addTree(output, count, points, blockRows) {
      if (tableCells(count, points) > cells) throw new Error(`a tree of ${count} nodes at ${points} points is larger than planned`);
      const products = held.length >= (2 * count + 1) * points ? held : new Float64Array((2 * count + 1) * points);
      for (let row = 0; row < blockRows; row++) {
        walkDown(arrays, row * slots, count, points, products, states);
        sumUp(arrays, (row * outputs + output) * places * 2, count, points, products, states);
      }
    },
  };
}

type Arrays = ShapSession['arrays'];

/** products[edge] = the product over the edges above, by point; states: 0 = left the feature's path before, 1 = leaves it here, 2 = is on it. */
function walkDown({ nodes, ranks, sets, down }: Arrays, row: number, count: number, points: number, products: Float64Array, states: Int32Array): void {
  states[0] = 2;
  for (let q = 0; q < points; q++) products[q] = 1;
  for (let n = 0, at = 0; n < count; n++, at += NODE_WORDS) {
    const rank = ranks[row + nodes[at]];
    const cut = nodes[at + 1];
    const left = cut >= 0 ? Number(rank <= cut) : (sets[~cut + (rank >> 5)] >>> (rank & 31)) & 1;
    const on = states[nodes[at + 2]] >> 1;
    const a = on + (on & left);
    const b = on + (on & (left ^ 1));
    const edge = 2 * n + 1;
    states[edge] = a;
    states[edge + 1] = b;
    const from = nodes[at + 3] * points;
    const to = edge * points;
    const tableA = (6 * n + a) * points;
    const tableB = (6 * n + 3 + b) * points;
    for (let q = 0; q < points; q++) {
      products[to + q] = products[from + q] * down[tableA + q];
      products[to + points + q] = products[from + q] * down[tableB + q];
    }
  }
}

/** Leaves first: each edge holds the sum of the products of its leaves, whose integral is the share of the feature above it. */
function sumUp({ nodes, up, sums }: Arrays, row: number, count: number, points: number, products: Float64Array, states: Int32Array): void {
  for (let n = count - 1, at = n * NODE_WORDS; n >= 0; n--, at -= NODE_WORDS) {
    const left = (2 * n + 1) * points;
    const right = left + points;
    const to = nodes[at + 3] * points;
    const tableA = (6 * n + states[2 * n + 1]) * points;
    const tableB = (6 * n + 3 + states[2 * n + 2]) * points;
    let even = 0;
    let odd = 0;
    for (let q = 0; q < points; q += 2) {
      even += products[left + q] * up[tableA + q] + products[right + q] * up[tableB + q];
      odd += products[left + q + 1] * up[tableA + q + 1] + products[right + q + 1] * up[tableB + q + 1];
      products[to + q] = products[left + q] + products[right + q];
      products[to + q + 1] = products[left + q + 1] + products[right + q + 1];
    }
    const place = row + 2 * nodes[at + 4];
    sums[place] += even;
    sums[place + 1] += odd;
  }
}
