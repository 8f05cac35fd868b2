// Shapes that so many rows and values of a column have that they are a second kind of code (invoices and "C..."
// cancellations), no errors, though most of the column is written in another way.
import { textShape } from './text/text-shape.ts';
import type { Counted } from './units-of.ts';

const LEAST_ROWS = 0.02;
const LEAST_VALUES = 10;

/** The shapes among `others`, the values that do not fit; `present`: rows with a value. */
export function secondForms(others: readonly Counted[], present: number): Set<string> {
  const shapes = new Map<string, { rows: number; values: number }>();
  for (const { text, count } of others) {
    const shape = textShape(text);
    const held = shapes.get(shape) ?? { rows: 0, values: 0 };
    shapes.set(shape, { rows: held.rows + count, values: held.values + 1 });
  }
  return new Set([...shapes].flatMap(([shape, { rows, values }]) => (rows >= LEAST_ROWS * present && values >= LEAST_VALUES ? [shape] : [])));
}
