// One cleaning step on one table: params parsed, columns chosen, then applied.
import { parseParams } from '../base/params.ts';
import type { Table } from '../table/table.ts';
import { chooseColumns } from './choose-columns.ts';
import type { CleanContext, Cleaned, Cleaner, CleanStep } from './clean.ts';

export function applyStep(cleaner: Cleaner, step: CleanStep, table: Table, context: CleanContext): Cleaned {
  const params = parseParams(cleaner.params, step.params, `clean.${step.id}.params`);
  return cleaner.apply(table, chooseColumns(cleaner, table, step.columns), params, context);
}
