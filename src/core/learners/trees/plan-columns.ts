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

type Group = { members: number[]; codes: Uint8Array; count: number };

/** Bins at evenly spaced rows of the features that may share a column; null for the others. */
export function sampleBins(data: readonly Float32Array[], bins: readonly FeatureBins[], counts: readonly number[]): (Uint8Array | null)[] {
  const rows = data.length > 0 ? data[0].length : 0;
  const candidates = counts.filter((count) => count <= CANDIDATE_BINS).length;
  const most = Math.min(rows, SAMPLE_ROWS, Math.max(FEWEST_ROWS, Math.floor(SAMPLE_CELLS / Math.max(1, candidates))));
  return data.map((values, f) => (counts[f] > CANDIDATE_BINS ? null : Uint8Array.from({ length: most }, (_, i) => binOf(values[Math.floor((i * rows) / most)], bins[f]))));
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
  counts.forEach((count, f) => {
    const bins = sample[f];
    if (!bins || bins.length === 0) {
      columns.push([f]);
      return;
    }
    for (const group of groups.slice(-NEWEST)) {
      const joint = joinCodes(group, bins, count, rows);
      if (!joint) continue;
      const entries = group.members.length > 1 ? group.count * group.members.length : 0;
      if (rows <= payback * (joint.count * (group.members.length + 1) - entries)) continue;
      group.members.push(f);
      group.codes = joint.codes;
      group.count = joint.count;
      return;
    }
    const members = [f];
    columns.push(members);
    groups.push({ members, codes: bins, count });
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

/** Codes of the group with one more feature; null when they are, or on all rows probably would be, too many. */
function joinCodes(group: Group, bins: Uint8Array, width: number, rows: number): { codes: Uint8Array; count: number } | null {
  const isWhole = bins.length === rows;
  const most = isWhole ? 256 : MOST_SEEN;
  const table = new Int16Array(256 * width).fill(-1);
  const codes = new Uint8Array(bins.length);
  const times: number[] = [];
  for (let i = 0; i < bins.length; i++) {
    const key = group.codes[i] * width + bins[i];
    if (table[key] < 0) {
      if (times.length === most) return null;
      table[key] = times.push(0) - 1;
    }
    times[table[key]]++;
    codes[i] = table[key];
  }
  return isWhole || times.length + unseen(times, rows / bins.length) <= 256 ? { codes, count: times.length } : null;
}

/** About how many combinations the sample missed: those met once go on to turn up, up to so many times over. */
const unseen = (times: readonly number[], share: number): number => times.filter((count) => count === 1).length * Math.min(UNSEEN_FACTOR, share - 1);
