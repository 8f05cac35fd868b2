// The kind of column that an expression gives over a schema. Text made of text columns is text; all other text is categories.
import type { Field, Kind } from '../table.ts';
import { compile, type Compiled } from './compile.ts';
import { expressionError } from './expression-error.ts';
import type { Expression } from './expression.ts';

/** Throws bad-expression, missing-column. */
export const typeOf = (expression: Expression, schema: readonly Readonly<Field>[]): Kind => compiledOver(expression, schema).kind;

export function compiledOver(expression: Expression, schema: readonly Readonly<Field>[]): { compiled: Compiled; kind: Kind } {
  const compiled = compile(expression, new Map(schema.map(({ name, kind }) => [name, kind])));
  if (compiled.type === 'missing') throw expressionError(expression.at, 'the expression is always missing; write a value');
  return { compiled, kind: compiled.type };
}
