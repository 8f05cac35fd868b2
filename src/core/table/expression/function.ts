// The contract of a function of the expression language: what it takes, what it gives, and how it is computed on columns.
// A row of the result depends on that row of the arguments alone. Missing in any argument is missing in the result, unless
// `seesMissing` says that the function looks after it itself.
import type { Values } from './values.ts';

/** Static types: `category` and `text` are both text; text columns give text, all other text gives categories. */
export type Type = 'number' | 'boolean' | 'time' | 'category' | 'text' | 'missing';
/** any: whatever; same: all such arguments are of one type; ordered: likewise, numbers or times. */
export type Takes = 'number' | 'text' | 'time' | 'boolean' | 'any' | 'same' | 'ordered';

export interface ExpressionFunction {
  readonly name: string;
  /** As it is written, "round(x, digits)". */
  readonly signature: string;
  readonly help: string;
  readonly takes: readonly Takes[];
  /** How many arguments must be given; the rest are optional. */
  readonly fewest: number;
  /** True when the last argument may be repeated. */
  readonly repeats?: boolean;
  /** `same`: the common type of the arguments that share one. */
  readonly gives: 'number' | 'text' | 'time' | 'boolean' | 'same';
  readonly seesMissing?: boolean;
  run(args: readonly Values[], rows: number): Values;
}
export const defineFunction = (f: ExpressionFunction): ExpressionFunction => f;
