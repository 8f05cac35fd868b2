// Serving trees in AssemblyScript: the twin of core/models/trees-walk.ts, with the same sums in the same order, so the same bits.
// Pointers are byte offsets of what ../plan-trees.ts has laid out; nothing is allocated here.
//   headers   20 bytes a tree: u32 bytes of leaves (0 = walk it), u32 program or root node, u32 leaves, u32 sums, u32 1 = has sets
import { addSixteen, addSixtyFour } from './bits';
import { addAlone, addWalking } from './walk';

export { rankCodes, rankNumbers } from './rank';
export { addAlone };

/** Every tree over `rows` rows that have been ranked: groups of 64, `stride` bytes of ranks and 512 of sums (in each output) apart. */
export function addTrees(headers: usize, trees: i32, nodes: usize, extra: usize, ranks: usize, rows: i32, stride: i32, spare: usize): void {
  for (let t = 0; t < trees; t++) {
    const header = headers + (<usize>t) * 20;
    const bytes = load<u32>(header);
    const program = load<u32>(header, 4);
    const leaves = <usize>load<u32>(header, 8);
    let sums = <usize>load<u32>(header, 12);
    const mixed = load<i32>(header, 16);
    let at = ranks;
    for (let row = 0; row < rows; row += 64) {
      if (bytes) {
        if (rows - row > 48) addSixtyFour(<usize>program, bytes, leaves, at, sums, spare);
        else for (let i = 0; i < rows - row; i += 16) addSixteen(<usize>program, bytes, leaves, at + i, sums + (i << 3), spare);
      } else addWalking(nodes, extra, program, mixed, leaves, at, min(64, rows - row), sums);
      at += <usize>stride;
      sums += 512;
    }
  }
}
