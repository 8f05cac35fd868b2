// How many groups of a column a split tears apart: rows of one group in more than one part.
import { groupCodes } from '../table/group-codes.ts';
import type { Column, Rows } from '../table/table.ts';
import type { Split } from './split.ts';

export function tornGroups(column: Column, { train, valid, test }: Split): number {
  const { groups, count } = groupCodes(column);
  const partOf = new Uint8Array(count);
  const isTorn = new Uint8Array(count);
  const mark = (rows: Rows, part: number) => {
    for (const row of rows) {
      const group = groups[row];
      if (partOf[group] !== 0 && partOf[group] !== part) isTorn[group] = 1;
      partOf[group] = part;
    }
  };
  mark(train, 1);
  mark(valid, 2);
  mark(test, 3);
  return isTorn.reduce((sum, torn) => sum + torn, 0);
}
