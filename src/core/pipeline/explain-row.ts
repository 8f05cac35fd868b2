// Why a bundle says what it says of a row: base value, exact contributions of the raw columns, score, and what the link makes of
// the first and the last. The rows come in by the same way as for a prediction (contract, cleaning, recipe).
import type { JsonObject } from '../base/json.ts';
import { quiet, type WorkContext } from '../base/task.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { tableFromRows } from '../contract/table-from-rows.ts';
import type { Contributions } from '../explain/contributions.ts';
import type { ShapKernels } from '../explain/shap-kernels.ts';
import { treeShap } from '../explain/tree-shap.ts';
import { link, readLink } from '../models/link.ts';
import { applyRecipe } from '../recipe/apply-recipe.ts';
import { cellText } from '../table/cell.ts';
import type { Table } from '../table/table.ts';
import { outputsOf, scaleOf, type ScoreScale } from './explain-scale.ts';
import type { RawRow } from './golden-rows.ts';
import { cleanRows, type Serving } from './predict.ts';

export type RowExplanation = {
  scale: ScoreScale;
  outputs: string[];
  /** By output: the score before anything is known of the row, and the row's. */
  base: number[];
  scores: number[];
  /** By output: what the link makes of base and scores (probabilities, values). */
  before: number[];
  after: number[];
  /** Raw columns with the row's value (null = missing) and their contribution by output, in the order of their first features. */
  columns: { column: string; cell: string | null; contributions: number[] }[];
  /** The largest |base + contributions - score|. */
  error: number;
};
export interface RowOptions { readonly kernels?: ShapKernels; /** Where the model holds none (explain-covers.ts). */ readonly covers?: ArrayLike<number> | null }

/** The bundle's model must be trees. Throws not-found without covers, missing-column. */
export async function explainRow(bundle: Serving & Pick<Bundle, 'recipe'>, row: RawRow, options: RowOptions = {}, context: WorkContext = quiet): Promise<RowExplanation> {
  const { table } = tableFromRows(bundle.contract, [row]);
  const cleaned = cleanRows(bundle, table);
  const found = await explainTable(bundle, table, options, context);
  const width = found.columns.length;
  const linked = (scores: ArrayLike<number>): number[] => {
    const values = Float64Array.from(scores);
    link(bundle.model.task, values, 0, values.length, readLink(bundle.model.task, (bundle.model.json as JsonObject).link));
    return Array.from(values);
  };
  const columns = found.columns.map((name, c) => {
    const column = cleaned.columns.find((each) => each.name === name);
    return { column: name, cell: column ? cellText(column, 0) : null, contributions: Array.from({ length: found.outputs }, (_, k) => found.values[k * width + c]) };
  });
  return { scale: scaleOf(bundle.model), outputs: outputsOf(bundle), base: Array.from(found.base), scores: Array.from(found.scores), before: linked(found.base), after: linked(found.scores), columns, error: found.error };
}

/** Contributions of every row of a table with the columns of training. */
export function explainTable(bundle: Serving, table: Table, { kernels, covers }: RowOptions = {}, context: WorkContext = quiet): Promise<Contributions> {
  const matrix = applyRecipe(bundle.recipe, cleanRows(bundle, table), { training: false, seed: 0, withTarget: false });
  return treeShap({ model: bundle.model, matrix, kernels, covers }, context);
}
