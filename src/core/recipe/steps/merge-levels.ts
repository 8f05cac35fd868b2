// Merges spellings of one level that differ only in case, white space or accents: " Male", "male", "MALE" -> "Male".
// The most frequent training spelling wins (ties by code unit); a spelling unseen in training joins its group all the same.
import { putColumns } from '../../table/take.ts';
import type { CategoryColumn } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { frequentLevels } from '../levels.ts';
import { spellingKey } from '../../profile/spelling-key.ts';
import { defineStep } from '../step.ts';

type State = { groups: { key: string; level: string }[][] };
const MAX_LEVELS = 50_000;

export const mergeLevels = defineStep<Record<string, never>, State>({
  type: 'merge-levels',
  label: 'Merge spellings',
  help: 'Levels that differ only in case, spaces or accents become one.',
  takes: ['category'],
  params: {},
  fit(table, columns) {
    return {
      groups: columns.map((name) => {
        const winners = new Map<string, string>();
        for (const { level } of frequentLevels(columnOf(table, name) as CategoryColumn, MAX_LEVELS)) {
          const key = spellingKey(level);
          if (!winners.has(key)) winners.set(key, level);
        }
        return [...winners].map(([key, level]) => ({ key, level }));
      }),
    };
  },
  apply(table, columns, _params, state) {
    return putColumns(table, columns.map((name, c) => {
      const column = columnOf(table, name) as CategoryColumn;
      const winners = new Map(state.groups[c].map(({ key, level }) => [key, level]));
      const index = new Map<string, number>();
      const map = Int32Array.from(column.levels, (level) => {
        const merged = winners.get(spellingKey(level)) ?? level;
        if (!index.has(merged)) index.set(merged, index.size);
        return index.get(merged)!;
      });
      const codes = column.codes.map((code) => map[code] ?? 0);
      return { ...column, codes, levels: [...index.keys()] };
    }));
  },
});
