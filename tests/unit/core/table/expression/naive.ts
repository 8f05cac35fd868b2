// The language row by row on plain values, written from its description: what the vectorised evaluator is held against.
// null is missing; times are Dates. A number that is not finite is missing.
import type { Expression } from '../../../../../src/core/table/expression/expression.ts';

export type Value = number | string | boolean | Date | null;
export type Row = { [column: string]: Value };

export function naive(e: Expression, row: Row): Value {
  const of = (x: Expression) => naive(x, row);
  switch (e.node) {
    case 'literal': return e.value;
    case 'column': return row[e.name];
    case 'unary': { const x = of(e.of); return x === null ? null : e.op === '-' ? -(x as number) : !(x as boolean); }
    case 'is-missing': return (of(e.of) === null) !== e.negated;
    case 'between': { const both = and(order(of(e.of), of(e.low), (d) => d >= 0), order(of(e.of), of(e.high), (d) => d <= 0)); return e.negated && both !== null ? !both : both; }
    case 'in': { const x = of(e.of); const hits = e.list.map((item) => order(x, of(item), (d) => d === 0)); const found = hits.includes(true) ? true : hits.includes(null) ? null : false; return e.negated && found !== null ? !found : found; }
    case 'binary': return binary(e.op, of(e.left), of(e.right));
    case 'call': return call(e.name, e.args.map(of));
  }
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
const and = (a: Value, b: Value): Value => (a === false || b === false ? false : a === null || b === null ? null : true);
function order(a: Value, b: Value, holds: (d: number) => boolean): Value {
  if (a === null || b === null) return null;
  const [x, y] = a instanceof Date || b instanceof Date ? [Number(asDate(a)), Number(asDate(b))] : [a, b];
  return holds(x < y ? -1 : x > y ? 1 : 0);
}
const asDate = (x: Value): Date => (x instanceof Date ? x : new Date(`${String(x)}Z`));

function binary(op: string, a: Value, b: Value): Value {
  if (op === 'and') return and(a, b);
  if (op === 'or') return a === true || b === true ? true : a === null || b === null ? null : false;
  if (op === '=') return order(a, b, (d) => d === 0);
  if (op === '!=') return order(a, b, (d) => d !== 0);
  if (op === '<') return order(a, b, (d) => d < 0);
  if (op === '<=') return order(a, b, (d) => d <= 0);
  if (op === '>') return order(a, b, (d) => d > 0);
  if (op === '>=') return order(a, b, (d) => d >= 0);
  if (a === null || b === null) return null;
  if (op === '&') return shown(a) + shown(b);
  if (a instanceof Date && b instanceof Date) return (Number(a) - Number(b)) / 86400000;
  if (a instanceof Date) return new Date(Number(a) + (op === '+' ? 1 : -1) * (b as number) * 86400000);
  if (b instanceof Date) return new Date(Number(b) + (a as number) * 86400000);
  const [x, y] = [a as number, b as number];
  if (op === '%') return finite(y === 0 ? NaN : x - y * Math.floor(x / y));
  return finite(op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : op === '/' ? x / y : x ** y);
}

function shown(x: Value): string {
  if (!(x instanceof Date)) return String(x === 0 ? 0 : x);
  const iso = x.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.endsWith('.000Z') ? iso.slice(0, 19).replace('T', ' ') : iso.slice(0, 23).replace('T', ' ');
}

function call(name: string, args: Value[]): Value {
  if (name === 'if') return args[0] === null ? null : args[0] ? args[1] : args[2];
  if (name === 'coalesce') return args.find((x) => x !== null) ?? null;
  if (args.includes(null)) return null;
  const [a, b, c] = args;
  const x = a as number;
  const t = a as string;
  switch (name) {
    case 'abs': return Math.abs(x);
    case 'floor': return Math.floor(x);
    case 'ceil': return Math.ceil(x);
    case 'sign': return Math.sign(x);
    case 'sqrt': return finite(Math.sqrt(x));
    case 'exp': return finite(Math.exp(x));
    case 'log': return finite(Math.log(x));
    case 'round': return Math.sign(x) * Math.round(Math.abs(x));
    case 'min': return args.reduce((m, y) => (y! < m! ? y : m));
    case 'max': return args.reduce((m, y) => (y! > m! ? y : m));
    case 'clip': return x < (b as number) ? b : x > (c as number) ? c : x;
    case 'lower': return t.toLowerCase();
    case 'upper': return t.toUpperCase();
    case 'length': return [...t].length;
    case 'contains': return t.includes(b as string);
    case 'starts': return t.startsWith(b as string);
    case 'ends': return t.endsWith(b as string);
    case 'replace': return b === '' ? t : t.split(b as string).join(c as string);
    case 'left': return [...t].slice(0, Math.max(0, Math.trunc(b as number))).join('');
    case 'right': return Math.trunc(b as number) < 1 ? '' : [...t].slice(-Math.trunc(b as number)).join('');
    case 'concat': return args.map(shown).join('');
    case 'text': return shown(a);
    case 'number': return typeof a === 'string' ? (/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(a) ? Number(a) : null) : Number(a);
    case 'year': return (a as Date).getUTCFullYear();
    case 'month': return (a as Date).getUTCMonth() + 1;
    case 'day': return (a as Date).getUTCDate();
    case 'weekday': return ((a as Date).getUTCDay() + 6) % 7;
    case 'hour': return (a as Date).getUTCHours();
    case 'days': return (Number(b) - Number(a)) / 86400000;
    case 'time': return new Date(`${t}Z`);
    default: throw new Error(`the naive evaluator does not know ${name}`);
  }
}
