// Literal records for store tests.
import { categoriesOf, makeBoolean, makeNumber, makeTable, makeTime, numbersOf, textsOf } from '../../../src/core/table/build.ts';
import { hashTable } from '../../../src/core/table/hash-table.ts';
import type { Table } from '../../../src/core/table/table.ts';
import type { DatasetCard, ProjectRecord } from '../../../src/wire/engine.ts';

export const mixedTable = (): Table =>
  makeTable([
    numbersOf('age', [1, 2.5, null]),
    makeNumber('count', Int16Array.of(-1, 0, 300)),
    categoriesOf('island', ['Ärö', null, 'Biscoe "x"']),
    makeBoolean('sick', Uint8Array.of(1, 0, 1)),
    makeTime('day', Float64Array.of(0, 86400000, 1.6e12), 'day'),
    textsOf('note', ['', 'two words', null]),
  ]);
export const wideTable = (rows: number): Table => makeTable([makeNumber('x', Float64Array.from({ length: rows }, (_, i) => i * 0.5)), makeNumber('y', Int8Array.from({ length: rows }, (_, i) => i % 100))]);

export const cardOf = (table: Table): DatasetCard => ({ id: hashTable(table), name: 'mixed.csv', rows: table.rows, schema: table.columns.map(({ name, kind }) => ({ name, kind })), bytes: 1, sourceBytes: 1, notes: [], rejected: [], rejectedCount: 0, how: { delimiter: ',' }, readMs: 1, addedAt: 1 });
export const projectOf = (id: string, dataset: string | null = null): ProjectRecord => ({ id, name: `project ${id}`, dataset, recipe: null, split: null, runs: [], kept: null, compress: null, pending: [], model: null, clean: null, cleaned: null, contract: null, tables: [], versions: [], dictionary: null, alerting: null, past: [], future: [], example: null, updatedAt: 1 });
