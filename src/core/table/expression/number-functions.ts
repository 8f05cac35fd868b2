// Functions of numbers. Results that are not finite (log of 0, root of a negative number) are missing.
import { exp, log, pow } from '../../base/numerics.ts';
import { defineFunction, type ExpressionFunction, type Takes } from './function.ts';
import { anyMissing, booleans, map1, map2, numbers, type NumberValues } from './values.ts';

const of1 = (name: string, help: string, f: (x: number) => number): ExpressionFunction =>
  defineFunction({ name, signature: `${name}(x)`, help, takes: ['number'], fewest: 1, gives: 'number', run: ([x]) => ({ type: 'number', ...map1((x as NumberValues).values, x.missing, f) }) });
const ordered = (name: string, help: string, better: (x: number, y: number) => boolean): ExpressionFunction =>
  defineFunction({
    name, signature: `${name}(a, b, ...)`, help, takes: ['ordered', 'ordered'], fewest: 2, repeats: true, gives: 'same',
    run(args, rows) {
      const out = (args[0] as NumberValues).values.slice();
      for (const arg of args.slice(1) as NumberValues[]) for (let i = 0; i < rows; i++) if (better(arg.values[i], out[i])) out[i] = arg.values[i];
      return { type: args[0].type, values: out, missing: anyMissing(args) } as NumberValues;
    },
  });

export const numberFunctions: readonly ExpressionFunction[] = [
  of1('abs', 'The number without its sign.', Math.abs),
  defineFunction({
    name: 'round', signature: 'round(x, digits)', help: 'Rounded to so many decimals (none when left out), halves away from zero; negative digits round to tens, hundreds.', takes: ['number', 'number'], fewest: 1, gives: 'number',
    run: ([x, digits]) => ({ type: 'number', ...(digits ? map2((x as NumberValues).values, (digits as NumberValues).values, anyMissing([x, digits]), roundTo) : map1((x as NumberValues).values, x.missing, (v) => roundTo(v, 0))) }),
  }),
  of1('floor', 'The next whole number below.', Math.floor),
  of1('ceil', 'The next whole number above.', Math.ceil),
  of1('sign', '-1, 0 or 1.', Math.sign),
  of1('sqrt', 'The square root; missing below 0.', Math.sqrt),
  of1('exp', 'e to the power of x.', exp),
  of1('log', 'The natural logarithm; missing at 0 and below.', log),
  of1('log10', 'The decimal logarithm; missing at 0 and below.', log10),
  ordered('min', 'The smallest of the arguments, row by row.', (x, y) => x < y),
  ordered('max', 'The largest of the arguments, row by row.', (x, y) => x > y),
  defineFunction({
    name: 'clip', signature: 'clip(x, low, high)', help: 'x, but not below low and not above high.', takes: ['ordered', 'ordered', 'ordered'] satisfies Takes[], fewest: 3, gives: 'same',
    run(args, rows) {
      const [x, low, high] = (args as readonly NumberValues[]).map((a) => a.values);
      const out = new Float64Array(rows);
      for (let i = 0; i < rows; i++) out[i] = x[i] < low[i] ? low[i] : x[i] > high[i] ? high[i] : x[i];
      return { type: args[0].type, values: out, missing: anyMissing(args) } as NumberValues;
    },
  }),
  defineFunction({
    name: 'isnan', signature: 'isnan(x)', help: 'Whether a number is there but is not a finite one (NaN or infinite).', takes: ['number'], fewest: 1, gives: 'boolean',
    run: ([x]) => booleans(Uint8Array.from((x as NumberValues).values, (v) => (Number.isFinite(v) ? 0 : 1)), x.missing),
  }),
  defineFunction({
    name: 'pi', signature: 'pi()', help: 'The number 3.14159...', takes: [], fewest: 0, gives: 'number',
    run: (_, rows) => numbers(new Float64Array(rows).fill(Math.PI), null),
  }),
];

/** Powers of ten by their decimal spelling, so that they are the nearest doubles on every engine. */
const ten = (n: number): number => Number(`1e${n}`);

export function roundTo(x: number, digits: number): number {
  const d = Math.trunc(digits);
  if (!(Math.abs(d) <= 15)) return d > 15 ? x : d < -15 ? 0 : NaN;
  const scale = ten(Math.abs(d));
  const whole = d >= 0 ? Math.abs(x) * scale : Math.abs(x) / scale;
  if (!(whole < 2 ** 52)) return x;
  const rounded = Math.floor(whole + 0.5 + (whole + 1) * 4e-16);
  return Math.sign(x) * (d >= 0 ? rounded / scale : rounded * scale);
}

/** Exact at powers of ten. */
export function log10(x: number): number {
  const value = log(x) / 2.302585092994046;
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-9 && ten(whole) === x ? whole : value;
}

/** x to the power y: whole powers up to 64 by squaring; NaN where there is no real result. */
export function power(x: number, y: number): number {
  if (Number.isInteger(y) && Math.abs(y) <= 64) {
    let result = 1;
    let square = x;
    for (let n = Math.abs(y); n; n >>= 1) {
      if (n & 1) result *= square;
      square *= square;
    }
    return y < 0 ? 1 / result : result;
  }
  if (x > 0) return pow(x, y);
  if (x === 0) return y > 0 ? 0 : NaN;
  if (!Number.isInteger(y)) return NaN;
  return (y % 2 ? -1 : 1) * pow(-x, y);
}

/** The remainder with the sign of y, as in mathematics (-1 % 3 is 2). */
export function modulo(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}
