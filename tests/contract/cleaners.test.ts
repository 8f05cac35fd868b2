// What every registered cleaning step must hold, over one table that has every kind with gaps, odd spellings and a few rows.
import { describe, expect, test } from 'vitest';
import { getBit, makeBits, setBit } from '../../src/core/base/bits.ts';
import type { Json } from '../../src/core/base/json.ts';
import { isBarnacleError } from '../../src/core/base/errors.ts';
import { parseParams, type AnyParams } from '../../src/core/base/params.ts';
import { sequence } from '../../src/core/base/random.ts';
import { applyClean } from '../../src/core/clean/apply-clean.ts';
import type { CleanContext } from '../../src/core/clean/clean.ts';
import { cleaners } from '../../src/core/clean/index.ts';
import { parseClean } from '../../src/core/clean/parse-clean.ts';
import { parseServed, replayClean } from '../../src/core/clean/replay-clean.ts';
import { rowCleaners } from '../../src/core/clean/row-steps.ts';
import { categoriesOf, columnRows, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../src/core/table/build.ts';
import { cellValue } from '../../src/core/table/cell.ts';
import { columnOfNothing } from '../../src/core/table/column-of-nothing.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';
import { takeRows } from '../../src/core/table/take.ts';
import type { Column, Table } from '../../src/core/table/table.ts';

const ROWS = 90;
function sample(seed: number): Table {
  const r = sequence(seed, 'cleaners');
  const holes = makeBits(ROWS);
  setBit(holes, 3);
  const clear = <T extends { [i: number]: number }>(values: T): T => Object.assign(values, { 3: 0 });
  const cells = <T>(make: () => T) => Array.from({ length: ROWS }, () => (r.unit() < 0.1 ? null : make()));
  return makeTable([
    numbersOf('amount', cells(() => Math.round(r.normal() * 1000) / 10)),
    categoriesOf('colour', cells(() => ['red', 'Red ', 'blue', 'gr\u00fcn', 'NEW  york'][r.below(5)])),
    makeBoolean('member', clear(Uint8Array.from({ length: ROWS }, () => r.below(2))), holes),
    makeTime('when', clear(Float64Array.from({ length: ROWS }, () => 1e12 + Math.floor(r.unit() * 1e8) * 1000)), 'second', holes),
    textsOf('note', cells(() => `${r.below(40)} oz, ${'word '.repeat(r.below(4))}`)),
    numbersOf('same', Array.from({ length: ROWS }, () => 7)),
  ]);
}
const OTHER = 'f'.repeat(32);
const other = makeTable([
  categoriesOf('colour', ['red', 'blue', 'red', null]),
  numbersOf('amount', [1, 2, 3, 4]),
  makeTime('when', Float64Array.of(1e12, 1e12 + 5e10, 2e12, 1e12 + 1e9), 'second'),
  textsOf('hint', ['warm', 'cold', null, 'none']),
]);
const context: CleanContext = { table: (id) => (id === OTHER ? other : null) };

/** For each type: columns and params that do something to the sample. */
const samples: { [type: string]: { columns: string[]; params: { [key: string]: Json } } } = {
  rename: { columns: ['colour'], params: { name: 'shade' } },
  retype: { columns: ['note', 'amount'], params: { kind: 'category' } },
  trim: { columns: [], params: {} },
  'letter-case': { columns: ['colour', 'note'], params: { to: 'title' } },
  replace: { columns: ['colour'], params: { find: 'e', with: 'E!' } },
  'set-missing': { columns: [], params: { values: 'red|7' } },
  'strip-unit': { columns: ['note'], params: { unit: 'oz,', thousands: ',' } },
  'split-column': { columns: ['note'], params: { by: ',', names: 'size|rest' } },
  'join-columns': { columns: ['colour', 'amount'], params: { name: 'both', separator: '/' } },
  'merge-variants': { columns: ['colour'], params: { map: '{"Red ":"red","blue":null}' } },
  fill: { columns: ['amount'], params: { value: '0' } },
  clip: { columns: ['amount'], params: { low: '-50', high: '50', outside: 'missing' } },
  extract: { columns: ['note'], params: { from: 'number', name: 'ounces' } },
  'drop-columns': { columns: ['same'], params: {} },
  'keep-columns': { columns: ['note', 'amount'], params: {} },
  compute: { columns: [], params: { name: 'twice', expression: 'if(member, amount * 2, length(colour))' } },
  filter: { columns: [], params: { expression: 'amount > 0 or colour = "blue"' } },
  dedupe: { columns: ['colour'], params: {} },
  'drop-outliers': { columns: ['amount'], params: { factor: 1 } },
  'drop-missing': { columns: [], params: { share: 0 } },
  sort: { columns: ['colour', 'amount'], params: { descending: true } },
  'fill-down': { columns: ['amount', 'note', 'colour'], params: {} },
  'fix-cells': { columns: ['colour'], params: { edits: '[[0,"mauve"],[5,null]]' } },
  sample: { columns: [], params: { rows: 20, seed: 3 } },
  group: { columns: ['colour'], params: { aggregates: 'n = count()\nmean amount = mean(amount)\nlast note = last(note)' } },
  pivot: { columns: ['member'], params: { names: 'colour', values: 'amount', aggregate: 'mean' } },
  unpivot: { columns: ['amount', 'same'], params: { names: 'what', values: 'how much' } },
  join: { columns: ['colour'], params: { table: OTHER, kind: 'left' } },
  'as-of-join': { columns: ['when'], params: { table: OTHER, time: 'when', by: 'colour' } },
  stack: { columns: [], params: { table: OTHER } },
};
const cellsOf = (table: Table) => table.columns.map((c) => [c.name, c.kind, ...Array.from({ length: table.rows }, (_, i) => (c.kind === 'time' ? (cellValue(c, i) === null ? null : c.values[i]) : cellValue(c, i)))]);
const withColumns = (table: Table) => table.columns.map((c) => c.name);

test('every step has a sample, and every row step is in the registry of serving', () => {
  expect(cleaners.all.map((c) => c.type).filter((type) => !samples[type])).toEqual([]);
  expect(rowCleaners.all.map((c) => c.type).sort()).toEqual(cleaners.all.filter((c) => c.scope === 'row').map((c) => c.type).sort());
});

describe.each(cleaners.all.map((cleaner) => [cleaner.type, cleaner] as const))('cleaner %s', (type, cleaner) => {
  const table = sample(1);
  const { columns, params } = samples[type];
  const spec = { version: 1 as const, steps: [{ id: 'one', type, columns, params }] };
  const apply = (on: Table) => applyClean(spec, on, context);

  test('leaves its input byte for byte and does the same twice', () => {
    const before = hashTable(table);
    const once = apply(table);
    expect(hashTable(table)).toBe(before);
    expect(hashTable(apply(sample(1)).table)).toBe(hashTable(once.table));
  });
  test('does something to the sample', () => expect(cellsOf(apply(table).table)).not.toEqual(cellsOf(table)));
  test('declares what the files agree on', () => {
    expect(type).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(cleaner.help.length).toBeGreaterThan(20);
    expect(cleaner.help.endsWith('.')).toBe(true);
    for (const param of Object.values(cleaner.params as { [key: string]: { help: string } })) expect(param.help.length).toBeGreaterThan(5);
  });
  test('params survive JSON', () => {
    const parsed = parseClean(JSON.parse(JSON.stringify(spec)) as Json);
    expect(parseClean(JSON.parse(JSON.stringify(parsed)) as Json)).toEqual(parsed);
    expect(hashTable(applyClean(parsed, table, context).table)).toBe(hashTable(apply(table).table));
  });
  test('an empty table keeps its columns', () => {
    const none = takeRows(table, new Int32Array(0));
    const out = apply(none).table;
    if (type === 'stack') return expect(out.rows).toBe(other.rows);
    expect(out.rows).toBe(0);
    if (type !== 'pivot') expect(withColumns(out)).toEqual(withColumns(apply(table).table));
  });
  test('a table without a single value is taken', () => {
    const empty = makeTable(table.columns.map((c) => columnOfNothing(c.name, c.kind, ROWS)));
    expect(apply(empty).table.columns.length).toBeGreaterThan(0);
  });
  test('an unknown column throws missing-column', () => {
    if (!cleaner.takes.length) return;
    const wrong = { version: 1 as const, steps: [{ id: 'one', type, columns: [...columns.slice(1), 'nowhere'], params }] };
    expect(() => applyClean(wrong, table, context)).toThrow(expect.objectContaining({ code: 'missing-column' }) as Error);
    const lenient = applyClean(wrong, table, context, { lenient: true });
    expect(lenient.table).toBe(table);
    expect(lenient.outcomes[0].error?.code).toBe('missing-column');
    expect(lenient.served.steps).toEqual([]);
  });
  test('columns have distinct names, and lineage names columns of the table that was read', () => {
    const { table: out, lineage, inputs, start } = apply(table);
    expect(new Set(withColumns(out)).size).toBe(out.columns.length);
    for (const name of withColumns(out)) {
      expect(lineage[name]).toBeDefined();
      for (const from of lineage[name]) expect(withColumns(table)).toContain(from);
      for (const from of inputs[name]) expect(withColumns(start)).toContain(from);
    }
  });
  test('is described by a sentence', () => {
    const text = cleaner.describe(columns, parseParams(cleaner.params, params, 'params'));
    expect(text.length).toBeGreaterThan(5);
    expect(text).not.toMatch(/undefined|\[object|NaN/);
  });
  test('keeps to its scope', () => {
    const cleaned = cleaner.apply(table, columns.length ? columns : table.columns.filter((c) => cleaner.takes.includes(c.kind)).map((c) => c.name), parseParams(cleaner.params, params, 'params'), context);
    if (cleaner.scope !== 'data') expect(cleaned.rows).toBeNull();
    if (cleaner.scope === 'row') expect(cleaned.table.rows).toBe(table.rows);
    if (cleaner.scope === 'data') {
      expect(cleaned.table.columns.map((c) => [c.name, c.kind])).toEqual(table.columns.map((c) => [c.name, c.kind]));
      const rows = cleaned.rows ?? Int32Array.from({ length: ROWS }, (_, i) => i);
      expect(cleaned.table.rows).toBe(rows.length);
      expect(new Set(rows).size).toBe(rows.length);
      for (const row of rows) expect(row >= 0 && row < ROWS).toBe(true);
    }
  });
  test('row steps: one row gives what it gave in the batch, also when replayed', () => {
    if (cleaner.scope !== 'row') return;
    const { table: out, served } = apply(table);
    const batch = cellsOf(out);
    const held = parseServed(JSON.parse(JSON.stringify(served)) as Json);
    for (const row of [0, 3, 17, ROWS - 1]) {
      const one = takeRows(table, Int32Array.of(row));
      expect(cellsOf(apply(one).table)).toEqual(batch.map((c) => [c[0], c[1], c[2 + row]]));
      expect(cellsOf(replayClean(held, one))).toEqual(batch.map((c) => [c[0], c[1], c[2 + row]]));
    }
  });
});

test('names that are taken are refused', () => {
  const table = sample(1);
  const taken: { [type: string]: { [key: string]: Json } } = { rename: { name: 'amount' }, 'split-column': { names: 'amount|x' }, 'join-columns': { name: 'member' }, extract: { from: 'start', name: 'amount' }, unpivot: { names: 'colour' } };
  for (const [type, params] of Object.entries(taken)) {
    if (!cleaners.has(type)) continue;
    const steps = [{ id: 'one', type, columns: samples[type].columns, params: { ...samples[type].params, ...params } }];
    expect(() => applyClean({ version: 1, steps }, table, context), type).toThrow(expect.objectContaining({ code: 'duplicate-column' }) as Error);
  }
});

/** What a column must hold: its rows, values of 0 where missing, codes within distinct levels. */
function flawsOf(column: Column, rows: number): string[] {
  const flaws = columnRows(column) === rows ? [] : [`${column.name} has ${columnRows(column)} rows`];
  if (column.kind === 'category' && new Set(column.levels).size !== column.levels.length) flaws.push(`${column.name} has a level twice`);
  for (let i = 0; i < rows; i++) {
    const gone = column.missing !== null && getBit(column.missing, i);
    if (column.kind === 'text') {
      if (gone && column.offsets[i + 1] !== column.offsets[i]) flaws.push(`${column.name} holds text where it is missing`);
    } else if (column.kind === 'category') {
      if (gone ? column.codes[i] !== 0 : column.codes[i] < 0 || column.codes[i] >= column.levels.length) flaws.push(`${column.name} has the code ${column.codes[i]} in row ${i}`);
    } else if (gone && column.values[i] !== 0) flaws.push(`${column.name} holds ${column.values[i]} where it is missing`);
  }
  return flaws.slice(0, 3);
}

test('any params within their declarations give a table or a typed error', () => {
  const r = sequence(9, 'fuzz');
  const words = ['', 'a', '|', 'amount', 'colour', 'note', '\\|', 'x|y', '[[0,"a"],[999,"b"]]', '{"red":"r"}', 'amount > 1', 'count()', 'm = mean(amount)', '1e309', '-5', '2000-01-01', ',', '.', '$', '(', '[a-z', OTHER, '\u{1f600}', 'when', 'first = first(note)'];
  const tables = [sample(2), takeRows(sample(2), new Int32Array(0)), takeRows(sample(2), Int32Array.of(4)), makeTable(sample(2).columns.map((c) => columnOfNothing(c.name, c.kind, ROWS)))];
  const counts = { fine: 0, refused: 0 };
  for (const cleaner of cleaners.all) {
    for (let k = 0; k < 80; k++) {
      const params = Object.fromEntries(Object.entries(cleaner.params as unknown as AnyParams).filter(() => r.unit() < 0.8).map(([key, param]): [string, Json] => {
        if (param.kind === 'flag') return [key, r.unit() < 0.5];
        if (param.kind === 'choice') return [key, param.choices[r.below(param.choices.length)].value];
        if (param.kind === 'number') return [key, param.integer ? Math.min(param.max, param.min + r.below(50)) : Math.min(param.max, Math.max(param.min, r.normal() * 3))];
        return [key, words[r.below(words.length)]];
      }));
      const table = tables[r.below(tables.length)];
      const columns = table.columns.map((c) => c.name).filter(() => r.unit() < 0.4);
      const before = hashTable(table);
      try {
        const result = applyClean(parseClean({ version: 1, steps: [{ id: 'a', type: cleaner.type, columns, params }] }), table, context);
        expect(new Set(withColumns(result.table)).size).toBe(result.table.columns.length);
        expect(result.table.columns.flatMap((column) => flawsOf(column, result.table.rows))).toEqual([]);
        counts.fine++;
      } catch (error) {
        if (!isBarnacleError(error)) throw new Error(`${cleaner.type} ${JSON.stringify(params)} of ${columns.join(', ')}`, { cause: error });
        counts.refused++;
      }
      expect(hashTable(table)).toBe(before);
    }
  }
  expect(counts.fine).toBeGreaterThan(500);
  expect(counts.refused).toBeGreaterThan(150);
});

test('long cells of blanks, marks and digits take linear time', () => {
  const long = ['a' + ' '.repeat(200_000) + 'b', '1,'.repeat(100_000), '('.repeat(200_000), '-'.repeat(200_000), `${'9'.repeat(200_000)} oz`, 'a.'.repeat(100_000)];
  const table = makeTable([textsOf('note', long), categoriesOf('colour', long), numbersOf('amount', [1, 2, 3, 4, 5, 6])]);
  for (const cleaner of cleaners.all) {
    if (!cleaner.takes.includes('text') || cleaner.scope === 'shape') continue;
    const { columns, params } = cleaner.type === 'dedupe' ? { columns: ['note'], params: { near: true, distance: 0.5 } } : samples[cleaner.type];
    const start = performance.now();
    applyClean({ version: 1, steps: [{ id: 'a', type: cleaner.type, columns: columns.filter((name) => ['note', 'colour', 'amount'].includes(name)), params }] }, table, context, { lenient: true });
    expect(performance.now() - start, `${cleaner.type}: a hang, not a speed`).toBeLessThan(30_000);
  }
});
