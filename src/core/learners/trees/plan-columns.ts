// Which features share a column of cells: greedily, those of few bins whose joint bins take few combinations (one-hot columns of
// one source, flags, levels that imply each other), so that they cost one byte and one histogram update a row together.
// Exact: a cell numbers a combination that occurs (exclusive feature bundling of LightGBM, without conflicts). Judged on
// evenly spaced rows with room to spare; should all rows hold more than 256 combinations, the session says so and the column is halved.
import { binOf } from './fill-bins.ts';
import type { FeatureBins } from './kernels.ts';

/** Features of more bins (the missing one counted) keep a column of their own. */
const CANDIDATE_BINS = 64;
const SAMPLE_ROWS = 20_000;
/** With many candidates fewer rows are looked at: about so many cells in all. */
const SAMPLE_CELLS = 8_000_000;
const FEWEST_ROWS = 4_000;
/** Combinations that a sample may show, so that all rows probably stay within 256. */
const MOST_SEEN = 192;
/** Combinations that a sample met once stand for up to so many that it missed. */
const UNSEEN_FACTOR = 8;
/** A feature is tried with the newest so many columns. */
const NEWEST = 24;
/** Numbers of combinations that a column may use up, those that no row holds any more counted. */
const MOST_IDS = 1024;

/** A sampled feature: the rows that are not in its most frequent bin, and their bins. */
type Sparse = { readonly rows: Int32Array; readonly bins: Uint8Array };
/** A column in the making: the combination of each sampled row, how often each occurs, and how many do. */
type Group = { readonly members: number[]; readonly codes: Uint16Array; readonly times: number[]; count: number };
type Joint = { readonly keys: readonly number[]; readonly times: readonly number[]; readonly count: number };

/** Bins at evenly spaced rows of the features that may share a column; null for the others. */
export function sampleBins(data: readonly Float32Array[], bins: readonly FeatureBins[], counts: readonly number[]): (Uint8Array | null)[] {
  const rows = data.length > 0 ? data[0].length : 0;
  const candidates = counts.filter((count) => count <= CANDIDATE_BINS).length;
  const most = Math.min(rows, SAMPLE_ROWS, Math.max(FEWEST_ROWS, Math.floor(SAMPLE_CELLS / Math.max(1, candidates))));
  const chosen = Int32Array.from({ length: most }, (_, i) => Math.floor((i * rows) / most));
  return data.map((values, f) => (counts[f] > CANDIDATE_BINS ? null : binsAt(values, bins[f], chosen)));
}

function binsAt(values: Float32Array, bins: FeatureBins, rows: Int32Array): Uint8Array {
  const out = new Uint8Array(rows.length);
  const cut = bins.kind === 'cuts' && bins.cuts.length === 1 ? bins.cuts[0] : NaN;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    out[i] = value > cut ? 2 : value <= cut ? 1 : value !== value ? 0 : binOf(value, bins);
  }
  return out;
}

/**
 * Columns of features 0 to counts.length - 1, each ascending, by their first feature. `counts` are bins of features, `sample`
 * what sampleBins gives, `rows` all training rows, `leaves` those of a tree: decoding joint sums once a leaf must cost less
 * than the cells that are saved.
 */
export function planColumns(sample: readonly (Uint8Array | null)[], counts: readonly number[], rows: number, leaves: number): number[][] {
  const groups: Group[] = [];
  const columns: number[][] = [];
  const payback = leaves / (1 + Math.log2(Math.max(1, leaves)) / 2);
  const table = new Int32Array(MOST_IDS * CANDIDATE_BINS).fill(-1);
  counts.forEach((_, f) => {
    const bins = sample[f];
    if (!bins || bins.length === 0) {
      columns.push([f]);
      return;
    }
    const sparse = sparseOf(bins);
    for (const group of groups.slice(-NEWEST)) {
      const joint = joinOf(group, sparse, rows, table);
      if (!joint) continue;
      const entries = group.members.length > 1 ? group.count * group.members.length : 0;
      if (rows <= payback * (joint.count * (group.members.length + 1) - entries)) continue;
      join(group, f, sparse, joint, table);
      return;
    }
    const group: Group = { members: [], codes: new Uint16Array(bins.length), times: [bins.length], count: 1 };
    const joint = joinOf(group, sparse, bins.length, table);
    if (joint) join(group, f, sparse, joint, table);
    columns.push(group.members);
    groups.push(group);
  });
  return columns;
}

/** Crowded columns halved; all that can be when none is named. */
export function splitColumns(columns: readonly (readonly number[])[], crowded: readonly number[]): number[][] {
  return columns.flatMap((column, c) => {
    const half = column.length >> 1;
    return half > 0 && (crowded.length === 0 || crowded.includes(c)) ? [column.slice(0, half), column.slice(half)] : [column.slice()];
  });
}

function sparseOf(bins: Uint8Array): Sparse {
  const times = new Int32Array(256);
  for (let i = 0; i < bins.length; i++) times[bins[i]]++;
  const frequent = times.indexOf(times.reduce((a, b) => Math.max(a, b)));
  const rows = new Int32Array(bins.length - times[frequent]);
  for (let i = 0, kept = 0; i < bins.length; i++) if (bins[i] !== frequent) rows[kept++] = i;
  const others = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) others[i] = bins[rows[i]];
  return { rows, bins: others };
}

/**
 * The combinations that one more feature makes of a column's: rows in its most frequent bin keep theirs, the others get new
 * ones. Null when there are, or on all rows probably would be, too many. `table` is all -1 before and after.
 */
function joinOf(group: Group, { rows, bins }: Sparse, allRows: number, table: Int32Array): Joint | null {
  const sampled = group.codes.length;
  const most = sampled === allRows ? 256 : MOST_SEEN;
  const rest = group.times.slice();
  const keys: number[] = [];
  const times: number[] = [];
  for (let i = 0; i < rows.length && keys.length <= most; i++) {
    const code = group.codes[rows[i]];
    const key = code * CANDIDATE_BINS + bins[i];
    if (table[key] < 0) {
      table[key] = keys.push(key) - 1;
      times.push(0);
    }
    times[table[key]]++;
    rest[code]--;
  }
  for (const key of keys) table[key] = -1;
  if (keys.length > most || group.times.length + keys.length > MOST_IDS) return null;
  let count = keys.length;
  let once = 0;
  for (const left of rest) {
    if (left > 0) count++;
    if (left === 1) once++;
  }
  for (const time of times) if (time === 1) once++;
  const unseen = once * Math.min(UNSEEN_FACTOR, allRows / sampled - 1);
  return count <= most && count + unseen <= 256 ? { keys, times, count } : null;
}

function join(group: Group, feature: number, { rows, bins }: Sparse, { keys, times, count }: Joint, table: Int32Array): void {
  const first = group.times.length;
  keys.forEach((key, i) => { table[key] = first + i; });
  for (let i = 0; i < rows.length; i++) {
    const code = group.codes[rows[i]];
    group.times[code]--;
    group.codes[rows[i]] = table[code * CANDIDATE_BINS + bins[i]];
  }
  for (const key of keys) table[key] = -1;
  group.times.push(...times);
  group.members.push(feature);
  group.count = count;
}
