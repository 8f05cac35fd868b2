// Levels as whole numbers 0, 1, 2, ...: alphabetically or by falling frequency. Unseen levels and missing cells are missing.
import { makeBits, setBit, type Bits } from '../../base/bits.ts';
import { makeNumber } from '../../table/build.ts';
import { putColumns } from '../../table/take.ts';
import type { CategoryColumn } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { frequentLevels, slotRows } from '../levels.ts';
import { defineStep } from '../step.ts';

type Params = { order: 'alphabetical' | 'frequency' };
type State = { levels: string[][] };
const MAX_LEVELS = 50_000;

export const ordinal = defineStep<Params, State>({
  type: 'ordinal',
  label: 'Ordinal',
  help: 'One whole number per level. Compact for trees; linear models read the order as a distance.',
  takes: ['category'],
  params: {
    order: { kind: 'choice', label: 'Order', help: 'How the levels are numbered.', fallback: 'alphabetical', choices: [{ value: 'alphabetical', label: 'Alphabetical' }, { value: 'frequency', label: 'Most frequent first' }] },
  },
  fit(table, columns, params) {
    return {
      levels: columns.map((name) => {
        const levels = frequentLevels(columnOf(table, name) as CategoryColumn, MAX_LEVELS).map((l) => l.level);
        return params.order === 'alphabetical' ? levels.sort() : levels;
      }),
    };
  },
  apply(table, columns, _params, state) {
    return putColumns(table, columns.map((name, c) => {
      const slots = slotRows(columnOf(table, name) as CategoryColumn, state.levels[c]);
      const known = state.levels[c].length;
      let missing: Bits | null = null;
      for (let i = 0; i < slots.length; i++) {
        if (slots[i] < known) continue;
        slots[i] = 0;
        setBit((missing ??= makeBits(slots.length)), i);
      }
      return makeNumber(name, slots, missing);
    }));
  },
  describe: (columns, _params, { levels }) => columns.slice(0, 4).map((name, c) => `${name}: ${levels[c].length} levels`).join('; '),
});
