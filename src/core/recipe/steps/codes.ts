// Categories as they are: one nominal feature each, a code per level without order, for learners that split levels into two sets.
// Codes number the training levels by code unit, whatever the order of rows; missing cells and unseen levels are missing.
// The column stays a category, marked nominal: steps that take every column of a kind leave it alone on its way to the Matrix.
import { makeBits, setBit, type Bits } from '../../base/bits.ts';
import { makeCategory } from '../../table/build.ts';
import { putColumns } from '../../table/take.ts';
import type { CategoryColumn } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { frequentLevels, slotRows } from '../levels.ts';
import { defineStep } from '../step.ts';

type Params = { maxLevels: number };
type State = { levels: string[][] };

export const codes = defineStep<Params, State>({
  type: 'codes',
  label: 'Keep as categories (trees only)',
  help: 'Levels go to tree learners as they are, and a split sends a set of levels to each side. No other learner takes them. Later steps leave them alone.',
  takes: ['category'],
  params: {
    maxLevels: { kind: 'number', label: 'Most levels', help: 'The most frequent levels that are told apart; the others count as missing.', fallback: 5000, min: 2, max: 50_000, integer: true },
  },
  fit: (table, columns, { maxLevels }) => ({ levels: columns.map((name) => frequentLevels(columnOf(table, name) as CategoryColumn, maxLevels).map((l) => l.level).sort()) }),
  apply(table, columns, _params, state) {
    return putColumns(table, columns.map((name, c): CategoryColumn => {
      const slots = slotRows(columnOf(table, name) as CategoryColumn, state.levels[c]);
      let missing: Bits | null = null;
      for (let i = 0; i < slots.length; i++) {
        if (slots[i] < state.levels[c].length) continue;
        slots[i] = 0;
        setBit((missing ??= makeBits(slots.length)), i);
      }
      return { ...makeCategory(name, slots, state.levels[c], missing), nominal: true };
    }));
  },
  describe: (columns, _params, { levels }) => columns.slice(0, 4).map((name, c) => `${name}: ${levels[c].length} levels`).join('; ') + (columns.length > 4 ? `; and ${columns.length - 4} more` : ''),
});
