// A few real tables as matrices, read by the smallest possible reader: numbers standardised, the rest one-hot, missing
// as the mean or as a level of its own. For learner tests only; the product's own way is io and recipe.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Matrix, Target } from '../../../../src/core/table/matrix.ts';
import { sequence, shuffle } from '../../../../src/core/base/random.ts';

export const dataFolder = new URL('../../../../../shared/data/', import.meta.url);

/** Shuffled rows, the first fifth as test, a tenth of the rest as valid. */
export function readMatrices(file: string, target: string): { train: Matrix; valid: Matrix; test: Matrix } {
  const bytes = readFileSync(new URL(file, dataFolder));
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split(/\r?\n/).map((l) => l.split(',').map((c) => c.trim()));
  const [names, ...rows] = lines;
  shuffle(rows as never, sequence(7, 'rows'));
  const at = names.indexOf(target);
  const cells = rows.map((r) => r[at]);
  const isValue = cells.every((c) => c !== '' && Number.isFinite(Number(c))) && new Set(cells).size > 20;
  const classes = [...new Set(cells)].sort();
  const columns: { name: string; values: Float32Array }[] = [];
  names.forEach((name, j) => {
    if (j === at) return;
    const raw = rows.map((r) => (['?', 'NA', 'NaN', ''].includes(r[j] ?? '') ? null : r[j]));
    const numeric = raw.every((c) => c === null || Number.isFinite(Number(c)));
    if (numeric) columns.push({ name, values: standardise(raw.map((c) => (c === null ? NaN : Number(c)))) });
    else for (const level of [...new Set(raw)].slice(0, 200)) columns.push({ name: `${name}=${level}`, values: Float32Array.from(raw, (c) => (c === level ? 1 : 0)) });
  });
  const cut = (from: number, to: number): Matrix => {
    const part: Target = isValue ? { kind: 'value', values: Float64Array.from(cells.slice(from, to), Number) } : { kind: 'class', classes, codes: Int32Array.from(cells.slice(from, to), (c) => classes.indexOf(c)) };
    return { rows: to - from, features: columns.map((c) => ({ name: c.name, source: c.name })), data: columns.map((c) => c.values.slice(from, to)), target: part, weight: null };
  };
  const [a, b] = [Math.floor(rows.length * 0.2), Math.floor(rows.length * 0.28)];
  return { test: cut(0, a), valid: cut(a, b), train: cut(b, rows.length) };
}

/** Area under the ROC curve of P(classes[1]). */
export function auc(codes: Int32Array, scores: Float64Array): number {
  const order = [...codes.keys()].sort((i, j) => scores[i] - scores[j]);
  let [rank, sum, positives] = [0, 0, 0];
  while (rank < order.length) {
    let end = rank;
    while (end < order.length && scores[order[end]] === scores[order[rank]]) end++;
    for (let k = rank; k < end; k++) if (codes[order[k]] === 1) { sum += (rank + end + 1) / 2; positives++; }
    rank = end;
  }
  return (sum - (positives * (positives + 1)) / 2) / (positives * (codes.length - positives));
}

function standardise(values: number[]): Float32Array {
  const known = values.filter((v) => v === v);
  const mean = known.reduce((s, v) => s + v, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((s, v) => s + (v - mean) ** 2, 0) / known.length) || 1;
  return Float32Array.from(values, (v) => (v - mean) / deviation);
}
