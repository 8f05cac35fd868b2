// Edits of a list of cleaning steps, and what a step did in words. Lists are never changed in place.
import type { Json } from '../../../../core/base/json.ts';
import type { CleanScope, CleanStep, StepOutcome } from '../../../../core/clean/clean.ts';
import type { Field, Kind } from '../../../../core/table/table.ts';
import type { Catalog } from '../../../../wire/engine.ts';
import { plural } from '../../../format.ts';

export type CleanerCard = Catalog['cleaners'][number];
export type Params = { [key: string]: Json };
export type NewStep = { type: string; columns: readonly string[]; params: { readonly [key: string]: Json }; comment?: string };

/** How many columns each step found, by its id: what the step before it left, at first those that were read. */
export function columnsFound(outcomes: readonly StepOutcome[], read: number): ReadonlyMap<string, number> {
  return new Map(outcomes.map((outcome, i) => [outcome.id, i === 0 ? read : outcomes[i - 1]!.columns]));
}
/** A step id that the list does not have yet: c1, c2, ... */
export function nextId(steps: readonly CleanStep[]): string {
  const used = new Set(steps.map((step) => step.id));
  let n = steps.length + 1;
  while (used.has(`c${n}`)) n += 1;
  return `c${n}`;
}
/** The list with these steps behind it, each with an id of its own. */
export function added(steps: readonly CleanStep[], news: readonly NewStep[]): CleanStep[] {
  const list = [...steps];
  for (const { type, columns, params, comment } of news) list.push({ id: nextId(list), type, columns: [...columns], params: { ...params }, ...(comment === undefined ? {} : { comment }) });
  return list;
}
/** Put in the place of the step with its id, else behind the last. */
export const put = (steps: readonly CleanStep[], step: CleanStep): CleanStep[] => (steps.some((each) => each.id === step.id) ? steps.map((each) => (each.id === step.id ? step : each)) : [...steps, step]);
export const without = (steps: readonly CleanStep[], ids: readonly string[]): CleanStep[] => steps.filter((step) => !ids.includes(step.id));
/** One place up (-1) or down (1); ends stay ends. */
export function moved(steps: readonly CleanStep[], id: string, by: number): CleanStep[] {
  const from = steps.findIndex((step) => step.id === id);
  const to = Math.max(0, Math.min(steps.length - 1, from + by));
  const next = [...steps];
  const [step] = next.splice(from, 1);
  if (step) next.splice(to, 0, step);
  return next;
}
export function toggled(steps: readonly CleanStep[], id: string): CleanStep[] {
  return steps.map((step) => {
    if (step.id !== id) return step;
    const { disabled, ...rest } = step;
    return disabled === true ? rest : { ...rest, disabled: true };
  });
}
/** With the person's own words; none = no words. */
export function commented(steps: readonly CleanStep[], id: string, comment: string): CleanStep[] {
  return steps.map((step) => {
    if (step.id !== id) return step;
    const { comment: _old, ...rest } = step;
    return comment.trim() === '' ? rest : { ...rest, comment: comment.trim().slice(0, 500) };
  });
}

export const paramsOf = (step: Pick<CleanStep, 'params'>): Params => (step.params !== null && typeof step.params === 'object' && !Array.isArray(step.params) ? { ...(step.params as Params) } : {});

/** "changed 412 cells, removed 3 rows, added 1 column"; "no cell changed" when it did nothing. */
export function outcomeWords(outcome: Pick<StepOutcome, 'rowsBefore' | 'rowsAfter' | 'changed' | 'columns'>, columnsBefore = outcome.columns): string {
  const columns = outcome.columns - columnsBefore;
  const rows = outcome.rowsAfter - outcome.rowsBefore;
  const told = [outcome.changed > 0 ? `changed ${plural(outcome.changed, 'cell')}` : '', rows < 0 ? `removed ${plural(-rows, 'row')}` : rows > 0 ? `added ${plural(rows, 'row')}` : '', columns < 0 ? `dropped ${plural(-columns, 'column')}` : columns > 0 ? `added ${plural(columns, 'column')}` : ''].filter((part) => part !== '');
  return told.length === 0 ? 'no cell changed' : told.join(', ');
}

export const scopeWords: { [scope in CleanScope]: { title: string; text: string } } = {
  row: { title: 'Each row by itself', text: 'Done again to every row that the model is asked about.' },
  data: { title: 'The stored rows', text: 'Choose, order or correct rows; left out at prediction.' },
  shape: { title: 'Another shape', text: 'Make another table; the model takes the rows of that table.' },
};
const scopes: readonly CleanScope[] = ['row', 'data', 'shape'];
/** Cleaners by scope, those with the words of the query only. */
export function byScope(cleaners: readonly CleanerCard[], query: string): { scope: CleanScope; cleaners: CleanerCard[] }[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const hits = cleaners.filter((each) => { const text = `${each.label} ${each.help} ${each.type}`.toLowerCase(); return words.every((word) => text.includes(word)); });
  return scopes.map((scope) => ({ scope, cleaners: hits.filter((each) => each.scope === scope) })).filter((group) => group.cleaners.length > 0);
}
export const kindWords: { [kind in Kind]: string } = { number: 'numbers', category: 'categories', boolean: 'yes-or-no columns', time: 'times', text: 'texts' };
/** Columns of the schema that a cleaner can take. */
export const fitting = (schema: readonly Field[], cleaner: CleanerCard): Field[] => schema.filter((field) => cleaner.takes.includes(field.kind));
/** What is still missing before the step can be tried; null when nothing is. */
export function lackOf(step: Pick<CleanStep, 'columns'>, cleaner: CleanerCard | undefined): string | null {
  if (cleaner === undefined) return 'This step is not known here.';
  const { fewest, most } = cleaner.arity;
  if (step.columns.length < fewest) return fewest === 1 ? 'Choose a column.' : `Choose ${fewest} columns.`;
  return most > 0 && step.columns.length > most ? `Choose at most ${plural(most, 'column')}.` : null;
}
