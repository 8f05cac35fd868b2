// An Expression and a schema -> its type and a function that computes it on columns, whole arrays at a time.
// All that can be wrong with an expression is found here, before a single row is read. Missing goes through; and/or are
// Kleene's: false and missing is false, true or missing is true. What is not finite is missing.
import { BarnacleError } from '../../base/errors.ts';
import { parseTime } from '../parse-cell.ts';
import type { Column, Kind } from '../table.ts';
import { compare, isOneOf, kleene, type Comparison } from './compare.ts';
import { expressionError, columnText, nearest } from './expression-error.ts';
import type { BinaryOp, Expression } from './expression.ts';
import { functionOf } from './functions.ts';
import type { ExpressionFunction, Takes, Type } from './function.ts';
import { modulo, power } from './number-functions.ts';
import { asText, joined } from './text-functions.ts';
import { DAY } from './time-functions.ts';
import { anyMissing, booleans, constant, map1, map2, valuesOf, type BooleanValues, type NumberValues, type Values } from './values.ts';

export interface Source {
  readonly rows: number;
  column(name: string): Column;
}
export interface Compiled {
  readonly type: Type;
  run(source: Source): Values;
}

/** Throws bad-expression, missing-column. */
export function compile(expression: Expression, schema: ReadonlyMap<string, Kind>): Compiled {
  switch (expression.node) {
    case 'literal':
      return literal(expression.value);
    case 'column':
      return columnRead(expression.name, expression.at, schema);
    case 'unary':
      return unary(expression, compile(expression.of, schema));
    case 'binary':
      return binary(expression, schema);
    case 'call':
      return call(expression, schema);
    case 'is-missing': {
      const of = compile(expression.of, schema);
      return { type: 'boolean', run: (s) => booleans(missingFlags(cast(of, 'number').run(s), s.rows, expression.negated), null) };
    }
    case 'between': {
      const [of, low, high] = common([expression.of, expression.low, expression.high], schema, 'between');
      if (of.type === 'boolean') throw expressionError(expression.at, 'yes/no values have no order; compare them by =');
      return { type: 'boolean', run: (s) => {
        const x = of.run(s);
        const within = kleene('and', compare('>=', x, low.run(s), s.rows), compare('<=', x, high.run(s), s.rows));
        return expression.negated ? not(within) : within;
      } };
    }
    case 'in': {
      const [of, ...list] = common([expression.of, ...expression.list], schema, 'in');
      return { type: 'boolean', run: (s) => {
        const found = isOneOf(of.run(s), list.map((item) => item.run(s)), s.rows);
        return expression.negated ? not(found) : found;
      } };
    }
  }
}

function literal(value: number | string | boolean | null): Compiled {
  const type: Type = value === null ? 'missing' : typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'category';
  return { type, run: (s) => constant(value, storedAs(type), s.rows) };
}

const storedAs = (type: Type): Values['type'] => (type === 'category' ? 'text' : type === 'missing' ? 'number' : type);

function columnRead(name: string, at: number, schema: ReadonlyMap<string, Kind>): Compiled {
  const kind = schema.get(name);
  if (kind === undefined) {
    const known = [...schema.keys()];
    const meant = nearest(name, known).map(columnText);
    throw new BarnacleError('missing-column', `column "${name}" is missing${meant.length ? `; did you mean ${meant.join(' or ')}?` : `; the table has ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}`}`, { column: name, known: known.slice(0, 200), at });
  }
  return { type: kind, run: (s) => valuesOf(s.column(name)) };
}

function unary(expression: Expression & { node: 'unary' }, of: Compiled): Compiled {
  if (expression.op === 'not') {
    const flag = wanted(of, expression.of, 'boolean', 'not');
    return { type: 'boolean', run: (s) => not(flag.run(s) as BooleanValues) };
  }
  const number = wanted(of, expression.of, 'number', '-');
  return { type: 'number', run: (s) => {
    const a = number.run(s) as NumberValues;
    return { type: 'number', ...map1(a.values, a.missing, (x) => -x) };
  } };
}

const ARITHMETIC: { readonly [op: string]: (x: number, y: number) => number } = { '+': (x, y) => x + y, '-': (x, y) => x - y, '*': (x, y) => x * y, '/': (x, y) => x / y, '%': modulo, '^': power };

function binary({ op, left, right, at }: Expression & { node: 'binary' }, schema: ReadonlyMap<string, Kind>): Compiled {
  if (op === 'and' || op === 'or') {
    const a = wanted(compile(left, schema), left, 'boolean', op);
    const b = wanted(compile(right, schema), right, 'boolean', op);
    return { type: 'boolean', run: (s) => kleene(op, a.run(s) as BooleanValues, b.run(s) as BooleanValues) };
  }
  if (op === '&') {
    const a = compile(left, schema);
    const b = compile(right, schema);
    return { type: a.type === 'text' || b.type === 'text' ? 'text' : 'category', run: (s) => joined(asText(cast(a, 'category').run(s)), asText(cast(b, 'category').run(s)), s.rows) };
  }
  if (Object.hasOwn(ARITHMETIC, op)) return arithmetic(op, left, right, schema);
  const [a, b] = common([left, right], schema, op);
  if (a.type === 'boolean' && op !== '=' && op !== '!=') throw expressionError(at, 'yes/no values have no order; compare them by =');
  return { type: 'boolean', run: (s) => compare(op as Comparison, a.run(s), b.run(s), s.rows) };
}

/** Numbers; and time - time = days, time + days, days + time, time - days. */
function arithmetic(op: BinaryOp, left: Expression, right: Expression, schema: ReadonlyMap<string, Kind>): Compiled {
  let a = compile(left, schema);
  let b = compile(right, schema);
  const f = ARITHMETIC[op];
  const run = (type: 'number' | 'time', g: (x: number, y: number) => number) => ({ type, run: (s: Source): Values => {
    const x = a.run(s) as NumberValues;
    const y = b.run(s) as NumberValues;
    return { type, ...map2(x.values, y.values, anyMissing([x, y]), g) } as Values;
  } });
  if (op === '-' && a.type === 'time') {
    b = asTimeLiteral(b, right);
    if (b.type === 'time') return run('number', (x, y) => (x - y) / DAY);
  }
  if ((op === '+' || op === '-') && a.type === 'time') {
    b = wanted(b, right, 'number', op);
    return run('time', (x, y) => f(x, y * DAY));
  }
  if (op === '+' && b.type === 'time') {
    a = wanted(a, left, 'number', op);
    return run('time', (x, y) => x * DAY + y);
  }
  a = wanted(a, left, 'number', op);
  b = wanted(b, right, 'number', op);
  return run('number', f);
}

function call({ name, args, at }: Expression & { node: 'call' }, schema: ReadonlyMap<string, Kind>): Compiled {
  const f = functionOf(name)!;
  if (args.length < f.fewest || (!f.repeats && args.length > f.takes.length)) throw expressionError(at, `${name} takes ${countWords(f)}, not ${args.length}; write ${f.signature}`);
  const takes = args.map((_, i): Takes => f.takes[Math.min(i, f.takes.length - 1)]);
  const shared = args.filter((_, i) => takes[i] === 'same' || takes[i] === 'ordered');
  const unified = new Map(shared.length ? common(shared, schema, name).map((compiled, i) => [shared[i], compiled]) : []);
  const compiled = args.map((arg, i) => {
    const one = unified.get(arg);
    if (!one) return takes[i] === 'any' ? cast(compile(arg, schema), 'category') : wanted(compile(arg, schema), arg, takes[i] as Type, name);
    if (takes[i] === 'ordered' && one.type !== 'number' && one.type !== 'time') throw expressionError(arg.at, `${name} takes numbers or times, not ${words(one.type)}`);
    return one;
  });
  const isText = compiled.some((c) => c.type === 'text');
  const type: Type = f.gives === 'same' ? unified.get(shared[0])!.type : f.gives === 'text' ? (isText ? 'text' : 'category') : f.gives;
  return { type, run: (s) => f.run(compiled.map((c) => c.run(s)), s.rows) };
}

/** The parts, all as one type: text and times in quotes meet, missing takes the others' type. Throws bad-expression. */
function common(parts: readonly Expression[], schema: ReadonlyMap<string, Kind>, where: string): Compiled[] {
  let compiled = parts.map((part) => compile(part, schema));
  if (compiled.some((c) => c.type === 'time')) compiled = compiled.map((c, i) => asTimeLiteral(c, parts[i]));
  const first = compiled.find((c) => c.type !== 'missing')?.type ?? 'missing';
  const type: Type = compiled.some((c) => c.type === 'text') && first === 'category' ? 'text' : first;
  return compiled.map((c, i) => {
    if (c.type !== 'missing' && c.type !== type && !(isTextual(c.type) && isTextual(type))) throw expressionError(parts[i].at, `${where} meets ${words(type)} and ${words(c.type)}; ${remedy(c.type, type)}`);
    return { type, run: cast(c, type).run };
  });
}

function wanted(of: Compiled, node: Expression, type: Type, where: string): Compiled {
  const known = type === 'time' ? asTimeLiteral(of, node) : of;
  if (known.type === type || known.type === 'missing' || (isTextual(type) && isTextual(known.type))) return cast(known, type);
  throw expressionError(node.at, `${where} takes ${words(type)}, not ${words(known.type)}; ${remedy(known.type, type)}`);
}

/** `missing` as a value of that type; all else as it is. */
const cast = (of: Compiled, type: Type): Compiled => (of.type === 'missing' ? { type, run: (s) => constant(null, storedAs(type), s.rows) } : of);
function asTimeLiteral(of: Compiled, node: Expression): Compiled {
  if (node.node !== 'literal' || typeof node.value !== 'string') return of;
  const text = node.value;
  if (parseTime(text) === null) throw expressionError(node.at, `${JSON.stringify(text.slice(0, 40))} is no time; write it as "2024-12-31" or "2024-12-31 18:30"`);
  return { type: 'time', run: (s) => constant(text, 'time', s.rows) };
}

const isTextual = (type: Type): boolean => type === 'text' || type === 'category';
const words = (type: Type): string => ({ number: 'a number', boolean: 'a yes/no value', time: 'a time', category: 'text', text: 'text', missing: 'missing' })[type];
function remedy(given: Type, asked: Type): string {
  if (asked === 'number') return given === 'boolean' || isTextual(given) ? 'number(...) reads it as one' : 'days(from, to) gives one';
  if (asked === 'boolean') return 'a comparison gives one (x > 0, x = "yes")';
  if (asked === 'time') return isTextual(given) ? 'time(...) reads it as one' : 'date(year, month, day) makes one';
  return 'text(...) writes it as text';
}
const countWords = (f: ExpressionFunction): string => (f.repeats ? `${f.fewest} or more arguments` : f.fewest === f.takes.length ? `${f.fewest} ${f.fewest === 1 ? 'argument' : 'arguments'}` : `${f.fewest} to ${f.takes.length} arguments`);

function not(a: BooleanValues): BooleanValues {
  return booleans(a.values.map((value) => (value ? 0 : 1)), a.missing);
}
function missingFlags(values: Values, rows: number, negated: boolean): Uint8Array {
  const flags = values.missing ? values.missing.slice() : new Uint8Array(rows);
  return negated ? flags.map((flag) => flag ^ 1) : flags;
}
