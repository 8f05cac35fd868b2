// One category tells another in nearly all rows, and a few rows break it.
import { getBit } from '../../base/bits.ts';
import { dependency, eachVote, groupsOf, type Codes } from '../dependencies.ts';
import type { ColumnFacts } from '../profile-column.ts';
import { defineAlert } from './alert.ts';
import { cleanFix, makeAlert, percent, share } from './say.ts';

const MOST_ROWS = 5_000;
const MOST_COLUMNS = 20;
const MOST_EDITS = 2_000;

export const brokenDependency = defineAlert<{ holds: number }>({
  type: 'broken-dependency',
  label: 'Broken dependency',
  help: 'Rows that agree in one column agree in another, but for a few: the exceptions are often wrong cells.',
  params: { holds: share('Holds', 'Share of rows in which the one must tell the other.', 0.98) },
  find(facts, { holds }) {
    const usable = facts.columns.filter(({ column, source }) => source.kind === 'category' && column.distinct > 1 && column.distinct < 0.3 * (column.rows - column.missing)).slice(0, MOST_COLUMNS);
    const step = Math.max(1, Math.floor(facts.sample.length / MOST_ROWS));
    const rows = facts.sample.filter((_, k) => k % step === 0);
    const coded = usable.map((held) => codesOf(held, rows));
    return usable.flatMap((from, a) => {
      const groups = groupsOf(coded[a]);
      return usable.flatMap((to, b) => {
        if (a === b || to.column.distinct > from.column.distinct) return [];
        const d = dependency(groups, coded[b], a, b);
        if (!(d.accuracy >= holds) || d.broken === 0 || d.lambda < 0.9 || d.rows < 50) return [];
        const isAll = rows.length === facts.rows;
        return [makeAlert('broken-dependency', 'watch', to.column.name, `"${from.column.name}" tells "${to.column.name}", but for ${d.broken} rows${isAll ? '' : ` of a sample of ${rows.length}`}`, `${percent(d.accuracy)} of rows, threshold ${percent(holds)}`, d.broken, isAll ? editsFix(from, to, coded[a], coded[b]) : null)];
      });
    });
  },
});

function codesOf({ source }: ColumnFacts, rows: Int32Array): Codes {
  if (source.kind !== 'category') return { codes: new Int32Array(0), values: 0, distinct: 0, present: 0 };
  let present = 0;
  const codes = rows.map((row) => {
    if (source.missing && getBit(source.missing, row)) return -1;
    present++;
    return source.codes[row];
  });
  return { codes, values: source.levels.length, distinct: source.levels.length, present };
}

function editsFix(from: ColumnFacts, to: ColumnFacts, x: Codes, y: Codes): ReturnType<typeof cleanFix> {
  if (to.source.kind !== 'category') return null;
  const { levels } = to.source;
  const edits: [number, string][] = [];
  eachVote(groupsOf(x), y, (row, says, part) => {
    if (says >= 0 && y.codes[row] >= 0 && says !== y.codes[row] && part > 0.75) edits.push([row, levels[says]]);
  });
  edits.sort((a, b) => a[0] - b[0]);
  return edits.length && edits.length <= MOST_EDITS ? cleanFix(`Set ${edits.length} cells of ${to.column.name} as ${from.column.name} tells`, 'fix-cells', [to.column.name], { edits: JSON.stringify(edits) }) : null;
}
