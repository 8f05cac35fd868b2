// How columns go together, on sample rows that have both values: Pearson and Spearman for two numbers (times and booleans
// count as numbers), Cramer's V with Bergsma's bias correction (2013) for two categories, and the correlation ratio eta,
// adjusted for the number of levels (Kelley's epsilon, 1935), for a category and a number.
// Spearman ranks are taken once per column over its present values. Levels beyond the 99 most frequent count as one.
import { getBit } from '../base/bits.ts';
import type { WorkContext } from '../base/task.ts';
import type { CategoryColumn, Column, Rows } from '../table/table.ts';
import type { Pair } from './profile.ts';

const MOST_LEVELS = 100;
/** So many rows for each level make a perfect relation no accident, and no correction for chance is due. */
const EXACT_ROWS = 10;
type Numbers = { name: string; kind: 'number' | 'boolean'; values: Float64Array; ranks: Float64Array };
type Codes = { name: string; kind: 'category'; codes: Int32Array; count: number };

/** Pairs in the order of the columns; those without a value (a constant side, fewer than 3 rows) are left out. */
export async function pairsOf(columns: readonly Column[], rows: Rows, context: WorkContext): Promise<Pair[]> {
  const sides = columns.flatMap((column): (Numbers | Codes)[] => (column.kind === 'text' ? [] : column.kind === 'category' ? [codesOf(column, rows)] : [numbersOf(column, rows)]));
  const pairs: Pair[] = [];
  const add = (a: string, b: string, measure: Pair['measure'], found: { value: number; rows: number } | null): void => {
    if (found && Number.isFinite(found.value)) pairs.push({ a, b, measure, value: Number(found.value.toFixed(6)), rows: found.rows });
  };
  for (let i = 0; i < sides.length; i++) {
    context.report({ stage: 'profile', done: null, text: `relations of ${sides[i].name}` });
    if ((await context.breathe()) === 'stop') break;
    for (let j = i + 1; j < sides.length; j++) {
      const a = sides[i];
      const b = sides[j];
      if (a.kind === 'category') add(a.name, b.name, b.kind === 'category' ? 'cramers-v' : 'eta', b.kind === 'category' ? cramersV(a, b) : eta(a, b));
      else if (b.kind === 'category') add(a.name, b.name, 'eta', eta(b, a));
      else {
        add(a.name, b.name, 'pearson', pearson(a.values, b.values));
        if (a.kind === 'number' || b.kind === 'number') add(a.name, b.name, 'spearman', pearson(a.ranks, b.ranks));
      }
    }
  }
  return pairs;
}

function numbersOf(column: Exclude<Column, { kind: 'category' | 'text' }>, rows: Rows): Numbers {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const v = column.values[rows[i]];
    values[i] = v - v !== 0 || (column.missing && getBit(column.missing, rows[i])) ? NaN : v;
  }
  return { name: column.name, kind: column.kind === 'boolean' ? 'boolean' : 'number', values, ranks: ranksOf(values) };
}

/** Mean ranks; NaN stays NaN. */
function ranksOf(values: Float64Array): Float64Array {
  const sorted = values.filter((v) => v === v).sort();
  const starts = new Float64Array(sorted.length);
  const ranks = new Float64Array(sorted.length);
  let groups = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    starts[groups] = sorted[i];
    ranks[groups++] = (i + end - 1) / 2;
    i = end;
  }
  return values.map((v) => {
    if (v !== v) return NaN;
    let low = 0;
    let high = groups - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= v) low = middle;
      else high = middle - 1;
    }
    return ranks[low];
  });
}

function codesOf(column: CategoryColumn, rows: Rows): Codes {
  const counts = new Uint32Array(column.levels.length);
  const isMissing = (row: number): boolean => column.missing !== null && getBit(column.missing, row);
  for (let i = 0; i < rows.length; i++) if (!isMissing(rows[i])) counts[column.codes[rows[i]]]++;
  const seen = [...counts.keys()].filter((code) => counts[code] > 0).sort((a, b) => counts[b] - counts[a] || a - b);
  const map = new Int32Array(column.levels.length);
  seen.forEach((code, k) => (map[code] = Math.min(k, MOST_LEVELS - 1)));
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = isMissing(rows[i]) ? -1 : map[column.codes[rows[i]]];
  return { name: column.name, kind: 'category', codes, count: Math.min(seen.length, MOST_LEVELS) };
}

function pearson(a: Float64Array, b: Float64Array): { value: number; rows: number } | null {
  let n = 0;
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    const y = b[i];
    if (x !== x || y !== y) continue;
    n++;
    sumA += x;
    sumB += y;
  }
  if (n < 3) return null;
  const meanA = sumA / n;
  const meanB = sumB / n;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] - meanA;
    const y = b[i] - meanB;
    if (x !== x || y !== y) continue;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const value = ab / Math.sqrt(aa * bb);
  return { value: Math.max(-1, Math.min(1, value)), rows: n };
}

function cramersV(a: Codes, b: Codes): { value: number; rows: number } | null {
  const cells = new Float64Array(a.count * b.count);
  const rowSums = new Float64Array(a.count);
  const columnSums = new Float64Array(b.count);
  let n = 0;
  for (let i = 0; i < a.codes.length; i++) {
    const x = a.codes[i];
    const y = b.codes[i];
    if (x < 0 || y < 0) continue;
    n++;
    cells[x * b.count + y]++;
    rowSums[x]++;
    columnSums[y]++;
  }
  const r = rowSums.filter((s) => s > 0).length;
  const c = columnSums.filter((s) => s > 0).length;
  if (n < 3 || r < 2 || c < 2) return null;
  let phi2 = -1;
  for (let x = 0; x < a.count; x++) for (let y = 0; y < b.count; y++) {
    const count = cells[x * b.count + y];
    if (count) phi2 += ((count / rowSums[x]) * count) / columnSums[y];
  }
  if (n >= EXACT_ROWS * Math.max(r, c) && phi2 > Math.min(r, c) - 1 - 1e-9) return { value: 1, rows: n };
  const corrected = Math.max(0, phi2 - ((r - 1) * (c - 1)) / (n - 1));
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1;
  return least > 0 ? { value: Math.min(1, Math.sqrt(corrected / least)), rows: n } : null;
}

function eta(category: Codes, numbers: Numbers): { value: number; rows: number } | null {
  const counts = new Float64Array(category.count);
  const sums = new Float64Array(category.count);
  let n = 0;
  let sum = 0;
  for (let i = 0; i < numbers.values.length; i++) {
    const v = numbers.values[i];
    const code = category.codes[i];
    if (code < 0 || v !== v) continue;
    n++;
    sum += v;
    counts[code]++;
    sums[code] += v;
  }
  const mean = sum / n;
  let between = 0;
  let levels = 0;
  for (let k = 0; k < category.count; k++) if (counts[k]) {
    levels++;
    between += counts[k] * (sums[k] / counts[k] - mean) ** 2;
  }
  let total = 0;
  for (let i = 0; i < numbers.values.length; i++) {
    const d = numbers.values[i] - mean;
    if (d === d && category.codes[i] >= 0) total += d * d;
  }
  if (levels < 2 || n <= levels || !(total > 0)) return null;
  const epsilon2 = 1 - ((1 - between / total) * (n - 1)) / (n - levels);
  return { value: Math.sqrt(Math.min(1, Math.max(0, epsilon2))), rows: n };
}
