// Splits by a group column: all rows of a customer, patient or store land in one part, so what is learned of a group is
// never tested on itself. Groups are drawn in seeded order until a part is as near to its share as whole groups allow.
// Rows without a group stay together as one group.
import { sequence, shuffle } from '../base/random.ts';
import { groupCodes } from '../table/group-codes.ts';
import type { Column } from '../table/table.ts';
import { badSplit } from './bad-split.ts';
import type { SplitSpec } from './split.ts';

/** 0 = train, 1 = valid, 2 = test for each row. Throws bad-split when there are fewer groups than parts. */
export function groupRows(column: Column, spec: SplitSpec, seed: number): Uint8Array {
  const { groups, count } = groupCodes(column);
  const wanted = spec.valid > 0 ? 3 : 2;
  if (count < wanted) throw badSplit(`by "${column.name}" has ${count} groups for ${wanted} parts; choose another column or split`);
  const sizes = new Int32Array(count);
  for (let i = 0; i < groups.length; i++) sizes[groups[i]]++;
  const order = shuffle(Int32Array.from({ length: count }, (_, g) => g), sequence(seed, 'split'));
  const partOf = new Uint8Array(count);
  const tested = fill(partOf, order, sizes, 2, groups.length * spec.test, wanted - 1);
  if (spec.valid > 0) fill(partOf, order, sizes, 1, (groups.length - tested) * spec.valid, 1);
  return Uint8Array.from(groups, (g) => partOf[g]);
}

/** Gives groups of part 0 to `part` while that brings it nearer to `goal` rows; leaves at least `keep` groups. */
function fill(partOf: Uint8Array, order: Int32Array, sizes: Int32Array, part: number, goal: number, keep: number): number {
  let rows = 0;
  let free = partOf.reduce((n, p) => n + (p === 0 ? 1 : 0), 0);
  for (const g of order) {
    if (partOf[g] !== 0 || free <= keep || Math.abs(rows + sizes[g] - goal) >= Math.abs(rows - goal)) continue;
    partOf[g] = part;
    rows += sizes[g];
    free--;
  }
  if (rows) return rows;
  const smallest = order.reduce((best, g) => (partOf[g] === 0 && (best < 0 || sizes[g] < sizes[best]) ? g : best), -1);
  partOf[smallest] = part;
  return sizes[smallest];
}
