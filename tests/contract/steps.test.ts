// What every registered recipe step must hold (house.md 14), over one table that has every kind with gaps and rare levels.
import { describe, expect, test } from 'vitest';
import { setBit, makeBits } from '../../src/core/base/bits.ts';
import { defaults } from '../../src/core/base/params.ts';
import { sequence } from '../../src/core/base/random.ts';
import type { Json } from '../../src/core/base/json.ts';
import { emptyColumn } from '../../src/core/recipe/as-kind.ts';
import type { StepContext } from '../../src/core/recipe/step.ts';
import { steps } from '../../src/core/recipe/steps/index.ts';
import { categoriesOf, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../src/core/table/build.ts';
import { cellValue } from '../../src/core/table/cell.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';
import type { Target } from '../../src/core/table/matrix.ts';
import { takeRows } from '../../src/core/table/take.ts';
import type { Table } from '../../src/core/table/table.ts';

const ROWS = 120;
function sample(seed: number): Table {
  const r = sequence(seed, 'contract');
  const gap = () => r.unit() < 0.1;
  const holes = makeBits(ROWS);
  setBit(holes, 3);
  const cells = <T>(make: () => T) => Array.from({ length: ROWS }, () => (gap() ? null : make()));
  return makeTable([
    numbersOf('amount', cells(() => Math.round(r.normal() * 1000) / 10)),
    categoriesOf('colour', cells(() => ['red', 'Red ', 'blue', 'green', 'violet'][r.below(5)])),
    makeBoolean('member', Uint8Array.from({ length: ROWS }, () => r.below(2)), holes),
    makeTime('when', Float64Array.from({ length: ROWS }, () => 1e12 + Math.floor(r.unit() * 1e11)), 'second', holes),
    textsOf('note', cells(() => 'word '.repeat(r.below(6)))),
  ]);
}
const targetOf = (rows: number): Target => ({ kind: 'class', classes: ['no', 'yes'], codes: Int32Array.from({ length: rows }, (_, i) => (i * 7) % 3 === 0 ? 1 : 0) });
const contextOf = (table: Table, training = false): StepContext => ({ seed: 5, target: training ? targetOf(table.rows) : null, training, sources: new Map(table.columns.map((c) => [c.name, c.name])) });
const cellsOf = (table: Table) => table.columns.map((c) => [c.name, c.kind, ...Array.from({ length: table.rows }, (_, i) => cellValue(c, i))]);
const fitContext = (table: Table): StepContext => ({ ...contextOf(table), target: targetOf(table.rows), training: true });

describe.each(steps.all.map((step) => [step.type, step] as const))('step %s', (type, step) => {
  const table = sample(1);
  const params = type === 'blank' ? { values: '1|red' } : defaults(step.params);
  const columns = table.columns.filter((c) => step.takes.includes(c.kind)).map((c) => c.name);
  const state = step.fit(table, columns, params, fitContext(table));

  test('takes at least one column of the sample', () => expect(columns.length).toBeGreaterThan(0));
  test('fit is pure and repeatable, and leaves the table as it was', () => {
    const before = hashTable(table);
    expect(step.fit(table, columns, params, fitContext(table))).toEqual(state);
    step.apply(table, columns, params, state, contextOf(table));
    step.apply(table, columns, params, state, fitContext(table));
    expect(hashTable(table)).toBe(before);
  });
  test('state survives JSON', () => {
    const copy = JSON.parse(JSON.stringify(state)) as Json;
    expect(copy).toEqual(state);
    expect(hashTable(step.apply(table, columns, params, copy, contextOf(table)))).toBe(hashTable(step.apply(table, columns, params, state, contextOf(table))));
  });
  test('one row gives what it gave in the batch', () => {
    const batch = cellsOf(step.apply(table, columns, params, state, contextOf(table)));
    for (const row of [0, 3, 17, ROWS - 1]) {
      const alone = cellsOf(step.apply(takeRows(table, Int32Array.of(row)), columns, params, state, contextOf(table)));
      expect(alone.map((c) => c.slice(0, 3))).toEqual(batch.map((c) => [c[0], c[1], c[2 + row]]));
    }
  });
  test('other rows of the same table never change the state', () => {
    const train = Int32Array.from({ length: 60 }, (_, i) => i);
    const whole = makeTable([...table.columns.map((c) => (c.kind === 'category' ? { ...c, levels: [...c.levels, 'only in test'], codes: c.codes.map((code, i) => (i >= 60 ? c.levels.length : code)) } : c))]);
    const one = step.fit(takeRows(table, train), columns, params, fitContext(takeRows(table, train)));
    const two = step.fit(takeRows(whole, train), columns, params, fitContext(takeRows(whole, train)));
    expect(two).toEqual(one);
    expect(JSON.stringify(two)).not.toContain('only in test');
  });
  test('the order of levels in the table does not matter', () => {
    const turned = makeTable(table.columns.map((c) => (c.kind === 'category' ? { ...c, levels: [...c.levels].reverse(), codes: c.codes.map((code) => c.levels.length - 1 - code) } : c)));
    expect(step.fit(turned, columns, params, fitContext(turned))).toEqual(state);
  });
  test('unseen levels and all-missing columns give finite or missing cells and the same columns', () => {
    const strange = makeTable(table.columns.map((c) => (c.kind === 'category' ? categoriesOf(c.name, Array.from({ length: ROWS }, () => 'never seen')) : c)));
    const empty = makeTable(table.columns.map((c) => emptyColumn(c.name, c.kind, ROWS)));
    const names = cellsOf(step.apply(table, columns, params, state, contextOf(table))).map((c) => c.slice(0, 2));
    for (const odd of [strange, empty]) {
      const out = step.apply(odd, columns, params, state, contextOf(odd));
      expect(cellsOf(out).map((c) => c.slice(0, 2))).toEqual(names);
      for (const column of cellsOf(out)) for (const cell of column.slice(2)) if (typeof cell === 'number') expect(Number.isFinite(cell)).toBe(true);
    }
    const stateOfEmpty = step.fit(empty, columns, params, fitContext(empty));
    expect(JSON.stringify(stateOfEmpty)).not.toContain('null,null');
    expect(step.apply(table, columns, params, stateOfEmpty, contextOf(table)).rows).toBe(ROWS);
  });
  test('an empty table keeps its columns', () => {
    const none = takeRows(table, new Int32Array(0));
    const out = step.apply(none, columns, params, state, contextOf(none));
    expect(out.rows).toBe(0);
    expect(out.columns.map((c) => c.name)).toEqual(step.apply(table, columns, params, state, contextOf(table)).columns.map((c) => c.name));
  });
  test('new columns say where they came from', () => {
    const context = contextOf(table);
    const out = step.apply(table, columns, params, state, context);
    for (const column of out.columns) expect(table.columns.map((c) => c.name)).toContain(context.sources.get(column.name));
  });
  test('is described in words', () => {
    expect(step.help.length).toBeGreaterThan(20);
    expect(type).toMatch(/^[a-z]+(-[a-z]+)*$/);
    if (step.describe) expect(step.describe(columns, params, state)).not.toContain('undefined');
  });
});
