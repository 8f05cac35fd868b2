// Pollock's own measures of one loaded file against its clean version: success, then precision, recall and F1 of header,
// records and cells, each a comparison of multisets (HPI-Information-Systems/Pollock, pollock/metrics.py, functions
// successful_csv and header_record_cell_measures_csv). As there, precision divides by the source and recall by what was loaded.
// There header and records are compared after normalize_cell (dates, prices, case) and records as joined text; here cell for
// cell as written. Equal cells stay equal under any such function, so no score here is above the published measure's.

export const MEASURES = ['success', 'header_precision', 'header_recall', 'header_f1', 'record_precision', 'record_recall', 'record_f1', 'cell_precision', 'cell_recall', 'cell_f1'] as const;
/** One number in 0..1 for each of MEASURES. */
export type Scores = readonly number[];

/** `loaded` null = the file could not be loaded at all, which scores 0 in everything. */
export function scoreFile(clean: readonly string[][], loaded: readonly string[][] | null): Scores {
  if (loaded === null) return MEASURES.map(() => 0);
  if (!clean.length) return MEASURES.map(() => 1);
  const header = !clean[0].length ? [1, 1, 1] : loaded.length ? measures(clean[0], loaded[0]) : [0, 0, 0];
  const records = clean.length === 1 ? [1, 1, 1] : measures(clean.slice(1).map(rowKey), loaded.slice(1).map(rowKey));
  return [1, ...header, ...records, ...measures(clean.flat(), loaded.flat())];
}

const rowKey = (row: readonly string[]): string => JSON.stringify(row);

function measures(source: readonly string[], loaded: readonly string[]): [number, number, number] {
  const counts = new Map<string, number>();
  for (const item of source) counts.set(item, (counts.get(item) ?? 0) + 1);
  let both = 0;
  for (const item of loaded) {
    const left = counts.get(item) ?? 0;
    if (left > 0) both++;
    counts.set(item, left - 1);
  }
  if (both === 0) return [0, 0, 0];
  const precision = both / source.length;
  const recall = both / loaded.length;
  return [precision, recall, ((precision * recall) / (precision + recall)) * 2];
}

/** The simple score: the ten means over all files, summed, 0..10 (evaluate.py). */
export const simpleScore = (files: readonly { scores: Scores }[]): number => MEASURES.reduce((total, _, m) => total + files.reduce((n, file) => n + file.scores[m], 0) / files.length, 0);

/** The weighted score: each file's ten measures summed, weighted by how often its defect occurs in the wild, 0..10. */
export function weightedScore(files: readonly { name: string; scores: Scores }[], weights: { readonly [name: string]: number }): number {
  const weightOf = (name: string): number => weights[name] ?? -1;
  const total = files.reduce((n, file) => n + weightOf(file.name), 0);
  return files.reduce((n, file) => n + (file.scores.reduce((a, b) => a + b, 0) * weightOf(file.name)) / total, 0);
}

/** The rows of a clean file: commas, double quotes, doubled inside, as Python's csv module reads it. */
export function cleanRows(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else isQuoted = false;
    } else if (c === '"' && cell === '') isQuoted = true;
    else if (c === ',' || c === '\n') {
      row.push(cell);
      cell = '';
      if (c === '\n') rows.push(row.splice(0));
    } else if (c !== '\r') cell += c;
  }
  if (cell !== '' || row.length) rows.push([...row, cell]);
  return rows;
}
