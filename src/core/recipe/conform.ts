// A table as the recipe expects it: the columns of training, in their order and of their kinds; others are left out.
// In: any table. Out: a table that shares what needs no change. Throws missing-column and contract-refused.
import { BarnacleError } from '../base/errors.ts';
import type { Schema, Table } from '../table/table.ts';
import { asKind } from './as-kind.ts';

export function conform(input: Schema, table: Table): Table {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const columns = input.map(({ name, kind }) => {
    const column = byName.get(name);
    if (!column) throw new BarnacleError('missing-column', `column "${name}" is missing; the recipe was fitted with ${input.slice(0, 12).map((f) => f.name).join(', ')}${input.length > 12 ? ', ...' : ''}`, { column: name, known: [...byName.keys()].slice(0, 200) });
    return asKind(column, kind);
  });
  return { rows: table.rows, columns };
}
