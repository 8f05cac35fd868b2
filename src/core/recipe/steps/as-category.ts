// Codes that only look like numbers (zip, store, diagnosis), booleans and short texts as categories of their text.
import { putColumns } from '../../table/take.ts';
import { columnOf } from '../column-of.ts';
import { asCategory as categoryOf } from '../as-kind.ts';
import { defineStep } from '../step.ts';

export const asCategory = defineStep<Record<string, never>, null>({
  type: 'as-category',
  label: 'Treat as category',
  help: 'For codes that only look like numbers: their order and distance then mean nothing.',
  takes: ['number', 'boolean', 'text'],
  params: {},
  fit: () => null,
  apply: (table, columns) => putColumns(table, columns.map((name) => categoryOf(columnOf(table, name)))),
});
