// A run's data as its recipe reads it: the dataset cleaned as the spec says, and what serving needs of that: the rows
// that a model will be given (`start`), the steps it repeats on them, and which of their columns each column needs.
import type { Hash, JsonObject } from '../base/json.ts';
import { applyClean } from '../clean/apply-clean.ts';
import { alone, type CleanContext, type CleanSpec } from '../clean/clean.ts';
import type { Rows, Table } from '../table/table.ts';
import type { RunSpec } from './run-spec.ts';

export interface CleanData {
  readonly table: Table;
  readonly start: Table;
  /** Row i of `table` came from row origin[i] of `start`; null = the same rows. */
  readonly origin: Rows | null;
  /** Null when serving repeats nothing. */
  readonly served: CleanSpec | null;
  /** Columns of `start`, in its order, that those columns of `table` are made of. */
  inputsOf(columns: readonly string[]): string[];
}

/** Throws what the first failing step throws: nothing is trained on data that is not as declared. */
export function cleanData(spec: Pick<RunSpec, 'clean'>, table: Table, tables: CleanContext = alone): CleanData {
  if (!spec.clean) return { table, start: table, origin: null, served: null, inputsOf: (columns) => [...columns] };
  const { table: cleaned, start, origin, served, inputs } = applyClean(spec.clean, table, tables);
  return {
    table: cleaned,
    start,
    origin,
    served: served.steps.length ? served : null,
    inputsOf(columns) {
      const needed = new Set(columns.flatMap((name) => inputs[name] ?? [name]));
      return start.columns.map((column) => column.name).filter((name) => needed.has(name));
    },
  };
}

/** The other tables that a cleaning reads, for the door to bring. */
export function joinedTables(clean: CleanSpec | null | undefined): Hash[] {
  const named = (clean?.steps ?? []).filter((step) => !step.disabled).map((step) => (step.params as JsonObject | null)?.table);
  return [...new Set(named.filter((id): id is string => typeof id === 'string' && id !== ''))];
}
