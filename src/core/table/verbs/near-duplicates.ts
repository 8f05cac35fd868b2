// Rows that are nearly the same: each row's cluster, named by its first row. Two rows are near when the mean distance of
// their cells is at most a limit: text by edit distance over length once case, accents and punctuation are gone (1 when
// digits differ, the first 400 characters compared), numbers by relative difference, times by 30 days, a missing cell against a value 1/2.
// Candidates are neighbours in several sorted orders, each by another column, also read backwards (sorted neighbourhood,
// Hernandez and Stolfo 1995): not all pairs are compared. Near rows chain: what is near to one of a cluster belongs to it.
import { getBit } from '../../base/bits.ts';
import { editDistance } from '../../base/edit-distance.ts';
import { BarnacleError } from '../../base/errors.ts';
import { textsOfColumn } from '../texts.ts';
import type { Column } from '../table.ts';
import { rowIds } from './row-ids.ts';

const WINDOW = 10;
const MOST_ORDERS = 4;
const MOST_ROWS = 1_000_000;
const MOST_LENGTH = 400;
const MONTH = 30 * 86400000;

type Compared = { rank: Float64Array; backwards: Float64Array | null; distinct: number; distance(a: number, b: number, limit: number): number };

/** cluster[row] is the first row of its cluster. Throws too-large beyond a million different rows. */
export function nearClusters(columns: readonly Column[], rows: number, limit: number): Int32Array {
  const { ids, first, count } = rowIds(columns, rows);
  if (count > MOST_ROWS) throw new BarnacleError('too-large', `${count} different rows are more than near duplicates are looked for among; filter or sample first`, { what: 'different rows', value: count, limit: MOST_ROWS });
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const rootOf = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const compared = columns.map((column) => comparedColumn(column, first));
  const budget = limit * compared.length;
  const isNear = (a: number, b: number): boolean => {
    let left = budget;
    for (const { distance } of compared) if ((left -= distance(a, b, left)) < -1e-9) return false;
    return true;
  };
  for (const rank of ordersOf(compared)) {
    const order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => rank[a] - rank[b] || a - b);
    for (let k = 0; k < count; k++) {
      for (let j = k + 1; j <= Math.min(count - 1, k + WINDOW); j++) {
        const [a, b] = [rootOf(order[k]), rootOf(order[j])];
        if (a !== b && isNear(order[k], order[j])) parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  const cluster = new Int32Array(rows);
  for (let i = 0; i < rows; i++) cluster[i] = first[rootOf(ids[i])];
  return cluster;
}

/** The sort orders: by the columns with most different values, text also backwards. */
function ordersOf(compared: readonly Compared[]): Float64Array[] {
  const best = [...compared].sort((a, b) => b.distinct - a.distinct).slice(0, MOST_ORDERS);
  return best.flatMap(({ rank, backwards }) => (backwards ? [rank, backwards] : [rank]));
}

function comparedColumn(column: Column, rows: Int32Array): Compared {
  const gone = Uint8Array.from(rows, (row) => (column.missing && getBit(column.missing, row) ? 1 : 0));
  const measured = column.kind === 'category' || column.kind === 'text' ? comparedText(column, rows) : comparedNumber(column, rows);
  return { ...measured, distance: (a, b, limit) => (gone[a] || gone[b] ? (gone[a] && gone[b] ? 0 : 0.5) : measured.distance(a, b, limit)) };
}

function comparedText(column: Column, rows: Int32Array): Compared {
  const { codes, levels } = textsOfColumn(column);
  const plain = levels.map(plainText);
  const digits = plain.map((text) => text.replace(/\D+/g, ' ').trim());
  const ranks = ranksOf(plain);
  const turned = ranksOf(plain.map((text) => [...text].reverse().join('')));
  return {
    rank: Float64Array.from(rows, (row) => ranks[codes[row]] ?? 0),
    backwards: Float64Array.from(rows, (row) => turned[codes[row]] ?? 0),
    distinct: levels.length,
    distance(a, b, limit) {
      const [x, y] = [codes[rows[a]], codes[rows[b]]];
      if (plain[x] === plain[y]) return 0;
      if (digits[x] !== digits[y]) return 1;
      const longest = Math.max(plain[x].length, plain[y].length);
      return editDistance(plain[x], plain[y], Math.max(0, Math.min(longest, Math.ceil(limit * longest)))) / longest;
    },
  };
}

function comparedNumber(column: Exclude<Column, { kind: 'category' | 'text' }>, rows: Int32Array): Compared {
  const values = Float64Array.from(rows, (row) => column.values[row]);
  const gap = column.kind === 'time' ? (x: number, y: number) => Math.min(1, Math.abs(x - y) / MONTH) : column.kind === 'boolean' ? (x: number, y: number) => Math.abs(x - y) : relative;
  return { rank: values.map((value) => (value === value ? value : 0)), backwards: null, distinct: column.kind === 'boolean' ? 2 : rows.length, distance: (a, b) => gap(values[a], values[b]) };
}

function relative(x: number, y: number): number {
  if (x === y || (x !== x && y !== y)) return 0;
  const most = Math.max(Math.abs(x), Math.abs(y));
  const share = Math.abs(x - y) / most;
  return share <= 1 ? share : 1;
}

const plainText = (text: string): string => text.slice(0, MOST_LENGTH).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

function ranksOf(texts: readonly string[]): Int32Array {
  const order = texts.map((_, i) => i).sort((a, b) => (texts[a] < texts[b] ? -1 : texts[a] > texts[b] ? 1 : a - b));
  const ranks = new Int32Array(texts.length);
  order.forEach((i, rank) => (ranks[i] = rank));
  return ranks;
}
