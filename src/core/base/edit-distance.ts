// Edit distance of two texts: insertions, deletions, replacements and swaps of neighbours (optimal string alignment, the
// restricted form of Damerau-Levenshtein), in code units, given up once it is beyond `limit`.
let before = new Int32Array(64);
let last = new Int32Array(64);
let now = new Int32Array(64);

/** The distance, or limit + 1 when it is larger. O(length x limit). */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let from = 0;
  let endA = a.length;
  let endB = b.length;
  while (from < endA && from < endB && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  while (endA > from && endB > from && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const n = endA - from;
  const m = endB - from;
  if (!n || !m) return Math.min(limit + 1, n + m);
  if (m + 1 > now.length) [before, last, now] = [new Int32Array(m * 2 + 1), new Int32Array(m * 2 + 1), new Int32Array(m * 2 + 1)];
  const far = limit + 1;
  for (let j = 0; j <= m; j++) last[j] = Math.min(j, far);
  for (let i = 1; i <= n; i++) {
    const left = Math.max(1, i - limit);
    const right = Math.min(m, i + limit);
    now[0] = Math.min(i, far);
    if (left > 1) now[left - 1] = far;
    let best = now[left - 1];
    const x = a.charCodeAt(from + i - 1);
    for (let j = left; j <= right; j++) {
      const y = b.charCodeAt(from + j - 1);
      let cost = Math.min(last[j - 1] + (x === y ? 0 : 1), now[j - 1] + 1, j === i + limit ? far : last[j] + 1);
      if (i > 1 && j > 1 && x === b.charCodeAt(from + j - 2) && a.charCodeAt(from + i - 2) === y) cost = Math.min(cost, before[j - 2] + 1);
      now[j] = Math.min(cost, far);
      if (now[j] < best) best = now[j];
    }
    if (best > limit) return far;
    [before, last, now] = [last, now, before];
  }
  return Math.min(far, last[m]);
}
