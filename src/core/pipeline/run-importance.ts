// Permutation importance of a finished run: its bundle on the test rows of its own split, in raw columns.
import type { WorkContext } from '../base/task.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { alone, type CleanContext } from '../clean/clean.ts';
import { permutationImportance, type Importance } from '../explain/permutation-importance.ts';
import { predictModel } from '../models/predict-model.ts';
import { servingCost } from '../models/serving-cost.ts';
import type { ServingContext } from '../models/serving-kernels.ts';
import { applyRecipe } from '../recipe/apply-recipe.ts';
import { groupsOf } from '../recipe/groups-of.ts';
import { weightsOf } from '../recipe/weights-of.ts';
import { readTarget } from '../recipe/read-target.ts';
import { takeRows } from '../table/take.ts';
import type { Table } from '../table/table.ts';
import { cleanData } from './clean-data.ts';
import { splitTable } from './prepare.ts';
import type { RunSpec } from './run-spec.ts';

/** `read` is the run's whole dataset as it was read. The loss is that of the spec's first metric. */
export function runImportance(bundle: Pick<Bundle, 'recipe' | 'model'>, spec: RunSpec, read: Table, context: WorkContext & ServingContext, tables: CleanContext = alone): Promise<Importance[]> {
  const { table } = cleanData(spec, read, tables);
  const test = takeRows(table, splitTable(spec, table).test);
  const target = readTarget(spec.recipe, test, bundle.recipe.classes.length ? bundle.recipe.classes : null);
  const predict = (rows: Table) => predictModel(bundle.model, applyRecipe(bundle.recipe, rows, { training: false, seed: spec.seed, withTarget: false }), context.serving);
  return permutationImportance({ table: test, columns: bundle.recipe.input.map((field) => field.name), predict, target, weight: weightsOf(spec.recipe, test, true), ...groupsOf(spec.recipe, test, true), metric: spec.metrics[0], seed: spec.seed, cost: servingCost(bundle.model) }, context);
}
