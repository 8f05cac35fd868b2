// Random expressions of every node and most functions, over random columns: whole columns at a time give what row by row gives,
// and one row alone gives what it gave in the table.
import { expect, test } from 'vitest';
import { makeBits, setBit } from '../../../../../src/core/base/bits.ts';
import { sequence, type Random } from '../../../../../src/core/base/random.ts';
import { categoriesOf, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../../../../src/core/table/build.ts';
import { cellValue } from '../../../../../src/core/table/cell.ts';
import { evaluate } from '../../../../../src/core/table/expression/evaluate.ts';
import { parseExpression } from '../../../../../src/core/table/expression/parse-expression.ts';
import { takeRows } from '../../../../../src/core/table/take.ts';
import type { Column, Table } from '../../../../../src/core/table/table.ts';
import { naive, type Row, type Value } from './naive.ts';

const ROWS = 23;
const WORDS = ['ab', 'b', 'Abc', '12', '\u00e9\u{1f600}', '-1.5', ''];
function tableOf(r: Random): Table {
  const cells = <T>(make: () => T) => Array.from({ length: ROWS }, () => (r.unit() < 0.2 ? null : make()));
  const holes = makeBits(ROWS);
  for (let i = 0; i < ROWS; i++) if (r.unit() < 0.2) setBit(holes, i);
  const clear = (i: number, value: number) => (holes[i >> 3] & (1 << (i & 7)) ? 0 : value);
  return makeTable([
    numbersOf('x', cells(() => [0, 1, -2, 3.5, 10, -0.25][r.below(6)])),
    numbersOf('y z', cells(() => r.below(7) - 3)),
    categoriesOf('c', cells(() => WORDS[r.below(7)])),
    textsOf('t', cells(() => WORDS[r.below(7)])),
    makeBoolean('f', Uint8Array.from({ length: ROWS }, (_, i) => clear(i, r.below(2))), holes),
    makeTime('w', Float64Array.from({ length: ROWS }, (_, i) => clear(i, [0, 951825600000, -86400000, 1.7e12, 1.6e12 + 3600000][r.below(5)])), 'ms', holes),
  ]);
}

type Kind = 'number' | 'text' | 'flag' | 'time';
function write(r: Random, kind: Kind, depth: number): string {
  const pick = (...options: (() => string)[]) => options[r.below(options.length)]();
  const sub = (k: Kind) => write(r, k, depth - 1);
  if (depth <= 0) {
    if (kind === 'number') return pick(() => 'x', () => '[y z]', () => String(r.below(5)), () => '0.5');
    if (kind === 'text') return pick(() => 'c', () => 't', () => `"${WORDS[r.below(7)]}"`, () => `'b'`);
    if (kind === 'flag') return pick(() => 'f', () => '(x > 0)', () => 'true', () => '(t is missing)');
    return pick(() => 'w', () => 'w', () => 'time("2024-01-31")');
  }
  const any = () => sub((['number', 'text', 'flag', 'time'] as const)[r.below(4)]);
  const common = [() => `if(${sub('flag')}, ${sub(kind)}, ${sub(kind)})`, () => `coalesce(${sub(kind)}, ${sub(kind)})`, () => `(${sub(kind)})`, () => `if(${sub('flag')}, missing, ${sub(kind)})`];
  if (kind === 'number') {
    return pick(...common, ...['+', '-', '*', '/', '%'].map((op) => () => `(${sub('number')} ${op} ${sub('number')})`), () => `(-${sub('number')})`, () => `(${sub('number')}) ^ 2`,
      ...['abs', 'floor', 'ceil', 'sign', 'sqrt', 'log', 'round'].map((f) => () => `${f}(${sub('number')})`), () => `min(${sub('number')}, ${sub('number')})`, () => `max(${sub('number')}, 1, ${sub('number')})`, () => `clip(${sub('number')}, -1, 2)`,
      () => `length(${sub('text')})`, () => `number(${sub('text')})`, () => `number(${sub('flag')})`, () => `year(${sub('time')})`, () => `month(${sub('time')}) + day(${sub('time')})`, () => `weekday(${sub('time')})`, () => `hour(${sub('time')})`, () => `days(${sub('time')}, ${sub('time')})`, () => `(${sub('time')} - ${sub('time')})`);
  }
  if (kind === 'text') return pick(...common, () => `(${sub('text')} & ${any()})`, () => `concat(${any()}, ${any()})`, () => `upper(${sub('text')})`, () => `lower(${sub('text')})`, () => `left(${sub('text')}, ${r.below(3)})`, () => `right(${sub('text')}, x)`, () => `replace(${sub('text')}, "b", ${sub('text')})`, () => `text(${sub('flag')})`);
  if (kind === 'time') return pick(...common, () => `(${sub('time')} + 2)`, () => `(${sub('time')} - [y z])`, () => `min(${sub('time')}, ${sub('time')})`);
  const pair = () => { const k = (['number', 'text', 'time'] as const)[r.below(3)]; return [sub(k), sub(k)]; };
  return pick(...common, () => `(${sub('flag')} and ${sub('flag')})`, () => `(${sub('flag')} or ${sub('flag')})`, () => `(not ${sub('flag')})`,
    () => { const [a, b] = pair(); return `((${a}) ${['=', '!=', '<', '<=', '>', '>='][r.below(6)]} (${b}))`; },
    () => { const [a, b] = pair(); return `((${a}) ${['in', 'not in'][r.below(2)]} (${b}, ${b}))`; },
    () => { const [a, b] = pair(); return `((${a}) ${['between', 'not between'][r.below(2)]} (${b}) and (${a}))`; },
    () => `((${any()}) ${['is missing', 'is not missing'][r.below(2)]})`, () => `contains(${sub('text')}, ${sub('text')})`, () => `starts(${sub('text')}, "a")`, () => `ends(${sub('text')}, ${sub('text')})`);
}

const plain = (column: Column, i: number): Value => {
  const value = cellValue(column, i);
  return column.kind === 'time' && value !== null ? new Date(column.values[i]) : value;
};
const rowOf = (table: Table, i: number): Row => Object.fromEntries(table.columns.map((column) => [column.name, plain(column, i)]));
function close(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  return a instanceof Date && b instanceof Date ? Math.abs(Number(a) - Number(b)) < 1 : a === b;
}

test('column by column gives what row by row gives', () => {
  const r = sequence(11, 'expressions');
  let compared = 0;
  for (let k = 0; k < 1500; k++) {
    const table = tableOf(r);
    const text = write(r, (['number', 'text', 'flag', 'time'] as const)[r.below(4)], 1 + r.below(3));
    const expression = parseExpression(text);
    const column = evaluate(expression, table, 'out');
    for (let i = 0; i < ROWS; i++) {
      const expected = naive(expression, rowOf(table, i));
      if (!close(plain(column, i), expected)) expect({ text, row: rowOf(table, i), value: plain(column, i) }).toEqual({ text, row: rowOf(table, i), value: expected });
      compared++;
    }
    const alone = evaluate(expression, takeRows(table, Int32Array.of(5)), 'out');
    expect([alone.kind, plain(alone, 0)], text).toEqual([column.kind, plain(column, 5)]);
  }
  expect(compared).toBe(1500 * ROWS);
});
