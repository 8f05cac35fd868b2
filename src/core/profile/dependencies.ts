// Approximate functional dependencies X -> Y between coded columns: does the value of X tell that of Y?
// Measured by leaving each row out: the other rows of its X group vote, and the share of rows they tell rightly is the
// accuracy; lambda (Goodman and Kruskal, 1954) is the part of Y's errors that knowing X removes. Rows whose X stands
// alone or in a pair have no say.
/** -1 = missing. `values` is how many codes there are. */
export type Codes = { readonly codes: Int32Array; readonly values: number; readonly distinct: number; readonly present: number };

export type Dependency = { from: number; to: number; accuracy: number; lambda: number; /** Rows in groups of 3 or more. */ rows: number; /** Of those, rows that the others contradict. */ broken: number };

/** Rows by code: those of code c are order[starts[c] .. starts[c + 1]). */
export type Groups = { readonly starts: Int32Array; readonly order: Int32Array };

export function groupsOf(x: Codes): Groups {
  const starts = new Int32Array(x.values + 1);
  for (let i = 0; i < x.codes.length; i++) if (x.codes[i] >= 0) starts[x.codes[i] + 1]++;
  for (let c = 0; c < x.values; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const order = new Int32Array(starts[x.values]);
  for (let i = 0; i < x.codes.length; i++) if (x.codes[i] >= 0) order[next[x.codes[i]]++] = i;
  return { starts, order };
}

/** About `most` rows of the groups: every n-th group, and of large ones 400 rows spread over them. */
export function sampleGroups({ starts, order }: Groups, most: number): Groups {
  const step = Math.max(1, Math.ceil(order.length / most / Math.max(1, order.length / (starts.length * 400))));
  const rows: number[] = [];
  const ends = [0];
  for (let g = 0; g + 1 < starts.length && rows.length < most; g += step) {
    const size = starts[g + 1] - starts[g];
    const stride = Math.max(1, size / 400);
    for (let k = 0; k < size; k += stride) rows.push(order[starts[g] + Math.floor(k)]);
    ends.push(rows.length);
  }
  return { starts: Int32Array.from(ends), order: Int32Array.from(rows) };
}

export const FEWEST_IN_GROUP = 3;
/** Half a row is added to the others, so that two that agree say less than twenty. */
const DOUBT = 0.5;

/** For each row of a group of `groups`, what the other rows of the group say of `y` (most frequent value), called by row. */
export function eachVote(groups: Groups, y: Codes, visit: (row: number, says: number, share: number) => void): void {
  const counts = new Int32Array(y.values);
  for (let g = 0; g + 1 < groups.starts.length; g++) {
    const from = groups.starts[g];
    const to = groups.starts[g + 1];
    if (to - from < FEWEST_IN_GROUP) continue;
    let size = 0;
    let first = -1;
    for (let k = from; k < to; k++) {
      const code = y.codes[groups.order[k]];
      if (code < 0) continue;
      size++;
      counts[code]++;
      if (first < 0 || counts[code] > counts[first]) first = code;
    }
    if (size >= FEWEST_IN_GROUP - 1) {
      let second = -1;
      for (let k = from; k < to; k++) {
        const code = y.codes[groups.order[k]];
        if (code >= 0 && code !== first && (second < 0 || counts[code] > counts[second])) second = code;
      }
      const [most, next] = [counts[first], second < 0 ? 0 : counts[second]];
      for (let k = from; k < to; k++) {
        const row = groups.order[k];
        const code = y.codes[row];
        if (code === first) {
          if (size < FEWEST_IN_GROUP) continue;
          if (most - 1 > next) visit(row, first, (most - 1) / (size - DOUBT));
          else visit(row, next > 0 ? second : -1, Math.max(most - 1, next) / (size - DOUBT));
        } else if (code < 0) visit(row, most > next ? first : -1, most / (size + 1 - DOUBT));
        else if (size >= FEWEST_IN_GROUP) visit(row, code === second || most > next ? first : -1, most / (size - DOUBT));
      }
    }
    for (let k = from; k < to; k++) {
      const code = y.codes[groups.order[k]];
      if (code >= 0) counts[code] = 0;
    }
  }
}

/** How well X tells Y. Accuracy NaN when no group has 3 rows. */
export function dependency(groups: Groups, y: Codes, from: number, to: number): Dependency {
  let rows = 0;
  let right = 0;
  eachVote(groups, y, (row, says) => {
    if (y.codes[row] < 0) return;
    rows++;
    if (says === y.codes[row]) right++;
  });
  const counts = new Int32Array(y.values);
  for (let i = 0; i < y.codes.length; i++) if (y.codes[i] >= 0) counts[y.codes[i]]++;
  let most = 0;
  for (const count of counts) if (count > most) most = count;
  const chance = y.present ? most / y.present : 1;
  const accuracy = rows ? right / rows : NaN;
  return { from, to, accuracy, lambda: chance < 1 ? (accuracy - chance) / (1 - chance) : 0, rows, broken: rows - right };
}
