// Serving's half of cleaning: the row steps behind the last shape step on rows that come in at prediction, which may lack
// columns (the target) that the stored data had. A step that treats each column by itself treats those that are there; any
// other step whose column is absent makes nothing, and who needs what it makes says so (missing-column, by the recipe).
import { isBarnacleError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { findColumn } from '../table/build.ts';
import type { Table } from '../table/table.ts';
import { applyStep } from './apply-step.ts';
import { alone, type CleanSpec } from './clean.ts';
import { parseSpec } from './parse-spec.ts';
import { rowCleaners } from './row-steps.ts';

/** Rows in, the same rows out, in order. `table` holds the kinds that the stored start had. Throws unknown-type, bad-param. */
export function replayClean(served: CleanSpec, table: Table): Table {
  let at = table;
  for (const step of served.steps) {
    if (step.disabled) continue;
    const cleaner = rowCleaners.get(step.type);
    const columns = cleaner.each ? step.columns.filter((name) => findColumn(at, name)) : step.columns;
    if (cleaner.each && step.columns.length && !columns.length) continue;
    try {
      at = applyStep(cleaner, { ...step, columns }, at, alone).table;
    } catch (error) {
      if (!isBarnacleError(error, 'missing-column')) throw error;
    }
  }
  return at;
}

/** Untrusted JSON -> a CleanSpec of row steps only, as a bundle holds it. Throws bad-param, unknown-type, newer-version. */
export const parseServed = (json: Json): CleanSpec => parseSpec(json, rowCleaners);
