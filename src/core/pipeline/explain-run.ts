// How the trees of a finished run use the raw columns: exact contributions of up to 1,000 test rows (a seeded sample; fewer of
// large forests), the mean size of each column's, and for the first columns every row's contribution with where its value
// lies, for a beeswarm.
import type { WorkContext } from '../base/task.ts';
import { sequence, shuffle } from '../base/random.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { alone, type CleanContext } from '../clean/clean.ts';
import type { ShapKernels } from '../explain/shap-kernels.ts';
import { treeShap } from '../explain/tree-shap.ts';
import { nodesOf } from '../models/trees-nodes.ts';
import { applyRecipe } from '../recipe/apply-recipe.ts';
import { cellText } from '../table/cell.ts';
import type { Column, Rows, Table } from '../table/table.ts';
import { takeRows } from '../table/take.ts';
import { cleanData } from './clean-data.ts';
import { hasCovers, runCovers } from './explain-covers.ts';
import { outputsOf, scaleOf, type ScoreScale } from './explain-scale.ts';
import { splitTable } from './prepare.ts';
import type { RunSpec } from './run-spec.ts';

export type RunExplanation = {
  /** Explained, of so many test rows. */
  rows: number;
  testRows: number;
  scale: ScoreScale;
  /** What each output is a score of: the positive class, every class, or the target. */
  outputs: string[];
  /** By output: the score before anything is known of a row. */
  base: number[];
  /** The largest |base + contributions - score|. */
  error: number;
  /** Every column, by mean |contribution| over outputs, largest first; `means` by output. */
  columns: { column: string; mean: number; means: number[] }[];
  /** How many of the columns, from the first, have dots. */
  dotted: number;
  /** dotted x outputs x rows: contributions. */
  values: Float32Array;
  /** dotted x rows: where the row's value lies among the others', 0 = lowest, 1 = highest; NaN = missing or without order. */
  places: Float32Array;
  /** dotted x rows: the row's value as text, null = missing. */
  cells: (string | null)[][];
};
export interface ExplainOptions { readonly kernels?: ShapKernels; readonly tables?: CleanContext }

const mostRows = 1000;
const fewestRows = 200;
/** Nodes of a model for which so many rows take a second or two; larger ones are given fewer rows. */
const plainNodes = 60_000;
const mostDotted = 20;

/** `read` is the run's whole dataset as it was read; the bundle's model must be trees. A stop keeps the rows that are done. */
export async function explainRun(bundle: Pick<Bundle, 'recipe' | 'model'>, spec: RunSpec, read: Table, context: WorkContext, { kernels, tables = alone }: ExplainOptions = {}): Promise<RunExplanation> {
  context.report({ stage: 'explain', done: null, text: 'encoding test rows' });
  const { table } = cleanData(spec, read, tables);
  const { test } = splitTable(spec, table);
  const rows = takeRows(table, sampleOf(test, spec.seed, nodesOf(bundle.model).place.length));
  const matrix = applyRecipe(bundle.recipe, rows, { training: false, seed: spec.seed, withTarget: false });
  await context.breathe();
  const covers = hasCovers(bundle) ? null : runCovers(bundle, spec, read, tables);
  const found = await treeShap({ model: bundle.model, matrix, kernels, covers }, context);
  const means = found.columns.map((_, c) => meansOf(found.values, found.rows, found.outputs, found.columns.length, c));
  const order = found.columns.map((_, c) => c).sort((a, b) => mean(means[b]) - mean(means[a]) || (found.columns[a] < found.columns[b] ? -1 : 1));
  const dotted = order.slice(0, mostDotted);
  const values = new Float32Array(dotted.length * found.outputs * found.rows);
  let to = 0;
  for (const c of dotted) for (let k = 0; k < found.outputs; k++) for (let row = 0; row < found.rows; row++) values[to++] = found.values[(row * found.outputs + k) * found.columns.length + c];
  const raw = dotted.map((c) => rows.columns.find((column) => column.name === found.columns[c]) ?? null);
  const places = new Float32Array(dotted.length * found.rows);
  raw.forEach((column, at) => places.set(column ? placesOf(column, found.rows) : new Float32Array(found.rows).fill(NaN), at * found.rows));
  return {
    rows: found.rows, testRows: test.length, scale: scaleOf(bundle.model), outputs: outputsOf(bundle), base: Array.from(found.base), error: found.error,
    columns: order.map((c) => ({ column: found.columns[c], mean: mean(means[c]), means: means[c] })),
    dotted: dotted.length, values, places, cells: raw.map((column) => Array.from({ length: found.rows }, (_, row) => column && cellText(column, row))),
  };
}

function sampleOf(test: Rows, seed: number, nodes: number): Rows {
  const most = Math.max(fewestRows, Math.min(mostRows, Math.floor((mostRows * plainNodes) / Math.max(1, nodes))));
  return test.length <= most ? test : shuffle(test.slice(), sequence(seed, 'explain-sample')).slice(0, most).sort();
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function meansOf(values: Float64Array, rows: number, outputs: number, columns: number, column: number): number[] {
  return Array.from({ length: outputs }, (_, k) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += Math.abs(values[(row * outputs + k) * columns + column]);
    return rows > 0 ? sum / rows : 0;
  });
}

/** Rank of each value among the distinct ones that are there, from 0 to 1; NaN for missing values and kinds without order. */
function placesOf(column: Column, rows: number): Float32Array {
  const out = new Float32Array(rows).fill(NaN);
  if (column.kind === 'category' || column.kind === 'text') return out;
  const isThere = Array.from({ length: rows }, (_, row) => cellText(column, row) !== null);
  const distinct = [...new Set(Array.from(column.values).filter((value, row) => row < rows && isThere[row] && value === value))].sort((a, b) => a - b);
  const rank = new Map(distinct.map((value, at) => [value, distinct.length > 1 ? at / (distinct.length - 1) : 0.5]));
  for (let row = 0; row < rows; row++) if (isThere[row]) out[row] = rank.get(column.values[row]) ?? NaN;
  return out;
}
