// How many training rows came to each leaf, for a trees model of an older bundle that does not say: its own run's training rows
// through its own recipe, at most 100,000 of them. Models made since hold their covers, and need no rows.
import type { Bundle } from '../bundle/bundle.ts';
import { alone, type CleanContext } from '../clean/clean.ts';
import { routeCovers } from '../explain/route-covers.ts';
import { nodesOf } from '../models/trees-nodes.ts';
import { applyRecipe } from '../recipe/apply-recipe.ts';
import type { Table } from '../table/table.ts';
import { takeRows } from '../table/take.ts';
import { cleanData } from './clean-data.ts';
import { splitTable } from './prepare.ts';
import type { RunSpec } from './run-spec.ts';

const mostRows = 100_000;

export const hasCovers = (bundle: Pick<Bundle, 'model'>): boolean => bundle.model.type === 'trees' && nodesOf(bundle.model).covers !== null;

/** `read` is the run's whole dataset as it was read. */
export function runCovers(bundle: Pick<Bundle, 'recipe' | 'model'>, spec: RunSpec, read: Table, tables: CleanContext = alone): Float64Array {
  const { table } = cleanData(spec, read, tables);
  const train = takeRows(table, splitTable(spec, table).train.slice(0, mostRows));
  return routeCovers(bundle.model, applyRecipe(bundle.recipe, train, { training: false, seed: spec.seed, withTarget: false }));
}
