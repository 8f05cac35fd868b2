// A known-answer test of SHAP kernels: trees of every unrolled width on a few rows, held bit by bit against the reference.
import { sequence } from '../../core/base/random.ts';
import { NODE_WORDS, tableCells, type ShapKernels } from '../../core/explain/shap-kernels.ts';
import { referenceShap } from '../../core/explain/shap-reference.ts';

/** What went wrong, or null when all widths gave the reference's bits. */
export function selfTest(kernels: ShapKernels): string | null {
  for (const points of [2, 4, 6, 8, 10]) {
    const [expected, found] = [run(referenceShap, points), run(kernels, points)];
    if (expected.some((value, at) => !Object.is(value, found[at]))) return `the ${kernels.backend} SHAP kernel failed its self-test at ${points} points`;
  }
  return null;
}

/** A chain of nodes, the second half asking features again, one of them by a set. */
function run(kernels: ShapKernels, points: number): Float64Array {
  const [nodes, rows, slots] = [11, 3, 5];
  const random = sequence(points, 'shap-self-test');
  const session = kernels.open({ rows, slots, outputs: 2, places: slots, setWords: 1, nodes, cells: tableCells(nodes, points) });
  const { arrays } = session;
  arrays.sets[0] = 0b10110;
  for (let i = 0; i < arrays.ranks.length; i++) arrays.ranks[i] = random.below(6);
  for (let n = 0; n < nodes; n++) arrays.nodes.set([n % slots, n % slots === 3 ? ~0 : 2, n >= slots ? 2 * (n - slots) + 1 : 0, n === 0 ? 0 : 2 * (n - 1) + 1, n % slots], n * NODE_WORDS);
  for (const table of [arrays.down, arrays.up]) for (let i = 0; i < table.length; i++) table[i] = random.normal();
  session.addTree(1, nodes, points, rows);
  session.addTree(0, nodes - 3, points, rows - 1);
  return arrays.sums.slice();
}
