// Where the columns of fixed-width text begin: at the blank places that run through all lines. Counted in UTF-16 units, as the
// eye counts characters in nearly all files.
const WIDEST = 20_000;
const RARE = 0.3;

export interface BlankCounts {
  lines: number;
  /** Lines with something other than a blank at that place. */
  filled: Int32Array;
  width: number;
}
export const makeCounts = (): BlankCounts => ({ lines: 0, filled: new Int32Array(WIDEST), width: 0 });

export function countLine(counts: BlankCounts, line: string): void {
  const end = Math.min(line.length, WIDEST);
  let any = false;
  for (let i = 0; i < end; i++) {
    if (line.charCodeAt(i) === 32) continue;
    counts.filled[i]++;
    any = true;
    if (i >= counts.width) counts.width = i + 1;
  }
  if (any) counts.lines++;
}

/** The first place of each column. Blanks between two columns belong to the right one. A rare word behind a single blank is no column of its own. */
export function findBreaks(counts: BlankCounts): number[] {
  const runs: { from: number; to: number; most: number }[] = [];
  for (let i = 0; i < counts.width; i++) {
    if (counts.filled[i] === 0) continue;
    const run = { from: i, to: i, most: 0 };
    for (; i < counts.width && counts.filled[i] > 0; i++) run.most = Math.max(run.most, counts.filled[i]);
    run.to = i;
    const before = runs[runs.length - 1];
    if (before && run.from - before.to === 1 && run.most < counts.lines * RARE) before.to = run.to;
    else runs.push(run);
  }
  return runs.map((_, k) => (k === 0 ? 0 : runs[k - 1].to));
}

/** Strong evidence only: many lines, three columns or more, no delimiter, and words that do not count the same in every line. */
export function looksFixed(text: string): boolean {
  const lines = text.split('\n').slice(0, -1).map((line) => line.replace(/\r$/, '')).filter((line) => line.trim() !== '');
  if (lines.length < 20) return false;
  if (lines.filter((line) => /[,;\t|]/.test(line)).length > lines.length * 0.1) return false;
  const counts = makeCounts();
  lines.forEach((line) => countLine(counts, line));
  const breaks = findBreaks(counts);
  if (breaks.length < 3 || counts.width > 2000) return false;
  const words = lines.map((line) => line.trim().split(/ +/).length);
  const usual = [...words].sort((a, b) => a - b)[words.length >> 1];
  if (words.filter((n) => n === usual).length > words.length * 0.95) return false;
  const cells = lines.reduce((n, line) => n + breaks.filter((from, k) => line.slice(from, breaks[k + 1]).trim() !== '').length, 0);
  return cells >= lines.length * breaks.length * 0.6;
}
