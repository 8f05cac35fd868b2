// Each level as its share of training rows, in [0, 1]. Missing has its own share; a level unseen in training is 0.
import { makeNumber } from '../../table/build.ts';
import { putColumns } from '../../table/take.ts';
import type { CategoryColumn } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { countLevels, frequentLevels, slotRows } from '../levels.ts';
import { defineStep } from '../step.ts';

type State = { encodings: { levels: string[]; shares: number[] }[] };
const MAX_LEVELS = 50_000;

export const frequency = defineStep<Record<string, never>, State>({
  type: 'frequency',
  label: 'Frequency',
  help: 'Each level as the share of training rows that have it: one column, no target needed.',
  takes: ['category'],
  params: {},
  fit(table, columns) {
    const rows = table.rows || 1;
    return {
      encodings: columns.map((name) => {
        const column = columnOf(table, name) as CategoryColumn;
        const seen = frequentLevels(column, MAX_LEVELS);
        return { levels: seen.map((l) => l.level), shares: [...seen.map((l) => l.count / rows), countLevels(column).missing / rows] };
      }),
    };
  },
  apply(table, columns, _params, state) {
    return putColumns(table, columns.map((name, c) => {
      const { levels, shares } = state.encodings[c];
      const table32 = Float32Array.from([...shares, 0]);
      const slots = slotRows(columnOf(table, name) as CategoryColumn, levels);
      const out = new Float32Array(slots.length);
      for (let i = 0; i < out.length; i++) out[i] = table32[slots[i]];
      return makeNumber(name, out);
    }));
  },
  describe: (columns, _params, { encodings }) => columns.slice(0, 4).map((name, c) => `${name}: ${encodings[c].levels.length} levels`).join('; '),
});
