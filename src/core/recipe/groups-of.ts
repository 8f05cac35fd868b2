// The groups of a table's rows by the recipe's group column, as a Matrix holds them.
import { getColumn } from '../table/build.ts';
import { groupCodes } from '../table/group-codes.ts';
import type { Table } from '../table/table.ts';
import type { RecipeSpec } from './spec.ts';

/** {} when the recipe names no group, or the table lacks its column and may (prediction). Throws missing-column when it must not. */
export function groupsOf(spec: Pick<RecipeSpec, 'group'>, table: Table, isNeeded: boolean): { groups?: Int32Array } {
  const { group } = spec;
  if (group === undefined || (!isNeeded && !table.columns.some((column) => column.name === group))) return {};
  return { groups: groupCodes(getColumn(table, group)).groups };
}
