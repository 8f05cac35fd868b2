// How the codes of a nominal feature become bins: each level that occurs gets its own while there are bins; of more levels the
// most frequent do (ties: the lower code), and the rest count as missing.

/** For each of `levels` codes its bin, 1 to `maxBins` in order of codes; 0 = as missing. `count` = bins given. */
export function levelBins(values: Float32Array, levels: number, maxBins: number): { bins: Uint8Array; count: number } {
  const rows = new Float64Array(levels);
  for (const value of values) if (value >= 0 && value < levels) rows[value]++;
  const seen: number[] = [];
  for (let code = 0; code < levels; code++) if (rows[code] > 0) seen.push(code);
  const kept = seen.length <= maxBins ? seen : seen.sort((a, b) => rows[b] - rows[a] || a - b).slice(0, maxBins).sort((a, b) => a - b);
  const bins = new Uint8Array(levels);
  kept.forEach((code, i) => { bins[code] = i + 1; });
  return { bins, count: kept.length };
}
