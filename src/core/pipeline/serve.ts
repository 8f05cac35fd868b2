// The entry of the predict-only build (virtual:serve): packed parts of a bundle -> predict, columns, info.
// Opening checks the golden rows (check-golden.ts), so a damaged or mis-built export never answers. Comes through pipeline/predict like everything that predicts, and never imports a learner.
import { unpackServing } from '../bundle/serving.ts';
import type { Breach, ColumnContract } from '../contract/contract.ts';
import { checkGolden } from './check-golden.ts';
import type { RawRow } from './golden-rows.ts';
import { decodeRow, predictRows, type Answer } from './predict.ts';

/** `prediction` is null where the contract refuses the row; the breach with policy "refuse" says why. */
export type Served = Answer & { breaches: Breach[] };
export interface ServedModel {
  /** One row gives one answer, an array of rows an array of answers. Breaches say where a row is unlike the training rows. */
  predict(rows: RawRow): Served;
  predict(rows: readonly RawRow[]): Served[];
  readonly columns: readonly ColumnContract[];
  readonly info: { readonly name: string; readonly task: string; readonly target: string; readonly classes: readonly string[]; readonly model: string };
}

/** Throws when a golden row is not predicted as it was when the model was exported. */
export function openModel(head: string, arrays: string): ServedModel {
  const serving = unpackServing(head, arrays);
  const { name, recipe, contract, model } = serving;

  function predict(rows: RawRow): Served;
  function predict(rows: readonly RawRow[]): Served[];
  function predict(rows: RawRow | readonly RawRow[]): Served | Served[] {
    const many = Array.isArray(rows) ? (rows as readonly RawRow[]) : [rows as RawRow];
    for (const row of many) if (row === null || typeof row !== 'object') throw new TypeError(`a row is an object { column: value }, not ${String(row)}`);
    const { prediction, breaches, refused } = predictRows(serving, many);
    const served = many.map((_, row): Served => ({ ...decodeRow(prediction, row, refused), breaches: [] }));
    for (const breach of breaches) for (const one of breach.row === null ? served : [served[breach.row]]) one.breaches.push(breach);
    return Array.isArray(rows) ? served : served[0];
  }

  checkGolden(serving);
  return { predict, columns: contract.columns, info: { name, task: model.task, target: recipe.spec.target, classes: recipe.classes, model: model.type } };
}
