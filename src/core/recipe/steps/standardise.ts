// Centres numbers at the training mean and divides by the training standard deviation (population form).
// A constant column is only centred; missing stays missing; a value is held within a million standard deviations, so that
// no later sum overflows. Linear models and nets need it, trees ignore it.
import { makeNumber } from '../../table/build.ts';
import { putColumns } from '../../table/take.ts';
import type { NumberColumn } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { presentValues } from '../present-values.ts';
import { defineStep } from '../step.ts';

type State = { mean: number[]; sd: number[] };
const FAR = 1e6;

export const standardise = defineStep<Record<string, never>, State>({
  type: 'standardise',
  label: 'Standardise',
  help: 'Mean 0 and standard deviation 1, so that no column outweighs another by its unit. Trees ignore it.',
  takes: ['number'],
  params: {},
  fit(table, columns) {
    const mean: number[] = [];
    const sd: number[] = [];
    for (const name of columns) {
      const values = presentValues(columnOf(table, name) as NumberColumn);
      const n = values.length || 1;
      let sum = 0;
      for (let i = 0; i < values.length; i++) sum += values[i] / n;
      let squares = 0;
      for (let i = 0; i < values.length; i++) squares += (values[i] - sum) * ((values[i] - sum) / n);
      const spread = Math.sqrt(squares);
      mean.push(Number.isFinite(sum) ? sum : 0);
      sd.push(spread > 1e-12 * Math.abs(sum) && Number.isFinite(spread) ? spread : 1);
    }
    return { mean, sd };
  },
  apply(table, columns, _params, state) {
    return putColumns(table, columns.map((name, c) => {
      const { values, missing } = columnOf(table, name) as NumberColumn;
      const out = new Float32Array(values.length);
      const mean = state.mean[c];
      const scale = 1 / state.sd[c];
      for (let i = 0; i < out.length; i++) {
        const z = (values[i] - mean) * scale;
        out[i] = z > FAR ? FAR : z < -FAR ? -FAR : z;
      }
      return makeNumber(name, out, missing);
    }));
  },
  describe: (columns, _params, { mean, sd }) => columns.slice(0, 3).map((name, c) => `${name}: mean ${Number(mean[c].toPrecision(4))}, sd ${Number(sd[c].toPrecision(4))}`).join('; ') + (columns.length > 3 ? `; and ${columns.length - 3} more` : ''),
});
