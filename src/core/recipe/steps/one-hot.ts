// One 0/1 column per level. Levels beyond the limit, and levels unseen in training, share the column "(other)" when there
// is one; else an unseen level is all zeros. Missing has its own column when training has missing values, else is all zeros.
// Columns are ordered by level (code unit), whatever the order of rows.
import { makeBoolean } from '../../table/build.ts';
import { dropColumns, putColumns } from '../../table/take.ts';
import type { CategoryColumn, Column } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { countLevels, freshName, frequentLevels, slotRows } from '../levels.ts';
import { defineStep } from '../step.ts';

type Params = { maxLevels: number; minRows: number };
type Encoding = { levels: string[]; names: string[]; missing: string | null; other: string | null };
type State = { encodings: Encoding[] };

export const oneHot = defineStep<Params, State>({
  type: 'one-hot',
  label: 'One-hot',
  help: 'One yes/no column per level; rare levels share one. Best for categories with few levels.',
  takes: ['category'],
  params: {
    maxLevels: { kind: 'number', label: 'Most levels', help: 'The most frequent levels that get a column of their own; the others share "(other)".', fallback: 20, min: 1, max: 1000, integer: true },
    minRows: { kind: 'number', label: 'Fewest rows', help: 'Levels with fewer training rows go to "(other)".', fallback: 1, min: 1, max: 1e6, integer: true },
  },
  fit(table, columns, params) {
    const taken = new Set(table.columns.map((c) => c.name));
    const encodings = columns.map((name): Encoding => {
      const column = columnOf(table, name) as CategoryColumn;
      const all = frequentLevels(column);
      const levels = all.slice(0, params.maxLevels).filter((l) => l.count >= params.minRows).map((l) => l.level).sort();
      const names = levels.map((level) => freshName(`${name}=${level}`, taken));
      const missing = countLevels(column).missing ? freshName(`${name} is missing`, taken) : null;
      const other = levels.length < all.length ? freshName(`${name}=(other)`, taken) : null;
      return { levels, names, missing, other };
    });
    return { encodings };
  },
  apply(table, columns, _params, state, context) {
    const made = columns.flatMap((name, c): Column[] => {
      const { levels, names, missing, other } = state.encodings[c];
      const outputs = [...names, missing, other];
      const arrays = outputs.map((output) => (output === null ? null : new Uint8Array(table.rows)));
      const slots = slotRows(columnOf(table, name) as CategoryColumn, levels);
      for (let i = 0; i < slots.length; i++) {
        const array = arrays[slots[i]];
        if (array) array[i] = 1;
      }
      return outputs.flatMap((output, k) => {
        if (output === null) return [];
        context.sources.set(output, context.sources.get(name) ?? name);
        return [makeBoolean(output, arrays[k]!)];
      });
    });
    return putColumns(dropColumns(table, columns), made);
  },
  describe: (columns, _params, { encodings }) => columns.slice(0, 4).map((name, c) => `${name}: ${encodings[c].levels.length} levels${encodings[c].other ? ' and others' : ''}`).join('; ') + (columns.length > 4 ? `; and ${columns.length - 4} more` : ''),
});
