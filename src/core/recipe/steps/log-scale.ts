// The signed logarithm sign(x) * log(1 + |x|): pulls in long tails on either side, keeps 0 at 0 and the order of values.
import { log1p } from '../../base/numerics.ts';
import { makeNumber } from '../../table/build.ts';
import { putColumns } from '../../table/take.ts';
import type { NumberColumn } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { defineStep } from '../step.ts';

export const logScale = defineStep<Record<string, never>, null>({
  type: 'log-scale',
  label: 'Logarithm',
  help: 'log(1 + |x|) with the sign of x: for amounts and counts with a long tail. Trees ignore it.',
  takes: ['number'],
  params: {},
  fit: () => null,
  apply(table, columns) {
    return putColumns(table, columns.map((name) => {
      const { values, missing } = columnOf(table, name) as NumberColumn;
      const out = new Float64Array(values.length);
      for (let i = 0; i < out.length; i++) out[i] = values[i] < 0 ? -log1p(-values[i]) : log1p(values[i]);
      return makeNumber(name, out, missing);
    }));
  },
});
