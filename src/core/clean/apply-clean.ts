// A CleanSpec on the table that was read: each enabled step in order, with what it did, where rows and columns come from,
// and which steps serving replays. Strict: a step's error is thrown. Lenient: the step is left out, its error in the outcome.
import { errorRecord, type ErrorRecord } from '../base/errors.ts';
import { parseParams } from '../base/params.ts';
import { takeValues } from '../table/take.ts';
import type { Rows, Table } from '../table/table.ts';
import { applyStep } from './apply-step.ts';
import type { CleanContext, Cleaned, CleanResult, CleanSpec, CleanStep, StepOutcome } from './clean.ts';
import { cleaners } from './index.ts';

type Ancestry = Map<string, readonly string[]>;

export function applyClean(spec: CleanSpec, table: Table, context: CleanContext, options: { lenient?: boolean } = {}): CleanResult {
  let at = table;
  let start = table;
  let origin: Rows | null = null;
  let served: CleanStep[] = [];
  let lineage = ownNames(table);
  let inputs = ownNames(table);
  const outcomes: StepOutcome[] = [];
  for (const step of spec.steps) {
    if (step.disabled) continue;
    let cleaned: Cleaned;
    try {
      cleaned = applyStep(cleaners.get(step.type), step, at, context);
    } catch (error) {
      if (!options.lenient) throw error;
      outcomes.push(outcomeOf(step, at, null, errorRecord(error)));
      continue;
    }
    outcomes.push(outcomeOf(step, at, cleaned, null));
    at = cleaned.table;
    lineage = trace(at, cleaned, lineage);
    const { scope } = cleaners.get(step.type);
    if (scope === 'shape') {
      start = at;
      origin = null;
      served = [];
      inputs = ownNames(at);
      continue;
    }
    inputs = trace(at, cleaned, inputs);
    if (scope === 'row') served.push(step);
    else if (cleaned.rows) origin = origin ? takeValues(origin, cleaned.rows) : cleaned.rows;
  }
  return { table: at, start, origin, served: { version: 1, steps: served }, outcomes, lineage: Object.fromEntries(lineage), inputs: Object.fromEntries(inputs) };
}

/** The step in one plain line; its label when its params cannot be read. */
export function describeCleanStep(step: CleanStep): string {
  const cleaner = cleaners.get(step.type);
  try {
    return cleaner.describe(step.columns, parseParams(cleaner.params, step.params, `clean.${step.id}.params`));
  } catch {
    return cleaner.label;
  }
}

function outcomeOf(step: CleanStep, before: Table, cleaned: Cleaned | null, error: ErrorRecord | null): StepOutcome {
  const after = cleaned?.table ?? before;
  const text = cleaners.has(step.type) ? describeCleanStep(step) : step.type;
  return { id: step.id, text, rowsBefore: before.rows, rowsAfter: after.rows, columns: after.columns.length, changed: cleaned?.changed ?? 0, notes: cleaned?.notes ?? [], error };
}

const ownNames = (table: Table): Ancestry => new Map(table.columns.map(({ name }) => [name, [name]]));

function trace(table: Table, cleaned: Cleaned, before: Ancestry): Ancestry {
  const sources = new Map(Object.entries(cleaned.sources));
  return new Map(table.columns.map(({ name }) => [name, [...new Set((sources.get(name) ?? [name]).flatMap((from) => before.get(from) ?? []))]]));
}
