// Every bad input of issue 2 through the whole road: each ends in a typed error or in a Note beside a result, and what
// could be read is all there. Nothing is dropped in silence and nothing fails with an untyped error.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { BarnacleError } from '../../src/core/base/errors.ts';
import { quiet } from '../../src/core/base/task.ts';
import { hashLength, hashTail } from '../../src/core/bundle/format.ts';
import { readBundle } from '../../src/core/bundle/read-bundle.ts';
import { writeBundle } from '../../src/core/bundle/write-bundle.ts';
import { readTable } from '../../src/core/io/index.ts';
import type { ReadResult } from '../../src/core/io/reader.ts';
import { bytesSource } from '../../src/core/io/source.ts';
import { predictTable } from '../../src/core/pipeline/predict.ts';
import { profileTable } from '../../src/core/profile/profile-table.ts';
import { getColumn } from '../../src/core/table/build.ts';
import { cellValue } from '../../src/core/table/cell.ts';
import { train } from './train.ts';

const read = (content: string | Uint8Array, name = 'file.csv'): Promise<ReadResult> => readTable(bytesSource(name, typeof content === 'string' ? new TextEncoder().encode(content) : content), {}, quiet);
const typed = (code: string) => expect.objectContaining({ name: 'BarnacleError', code });
const codes = (result: ReadResult) => result.notes.map((note) => note.code);
const values = ({ table }: ReadResult, name: string) => Array.from({ length: table.rows }, (_, row) => cellValue(getColumn(table, name), row));
/** A feature that names no row, so that it is kept. */
const x = (row: number) => (row * 7) % 23;
const lines = (rows: number, line: (row: number) => string) => Array.from({ length: rows }, (_, row) => line(row)).join('\n');

/** Learns from a file whatever its state, with every kind of learner that needs no device. */
async function learn(content: string, target: string): Promise<unknown> {
  const { table } = await read(content);
  await profileTable(table, quiet);
  return Promise.all(['baseline', 'linear', 'gbt'].map((learner) => train(table, target, learner).then(({ run }) => run.status)));
}

test('an empty file, and one of blanks', async () => {
  await expect(read('')).rejects.toEqual(typed('empty-file'));
  await expect(read('\n \n\n')).rejects.toBeInstanceOf(BarnacleError);
  await expect(read('', 'file.parquet')).rejects.toEqual(typed('empty-file'));
});

test('a header only: the columns are there, a Note says that no row is', async () => {
  const result = await read('x,y\n');
  expect([result.table.columns.map((c) => c.name), result.table.rows, codes(result).includes('no-rows')]).toEqual([['x', 'y'], 0, true]);
  expect((await profileTable(result.table, quiet)).rows).toBe(0);
  await expect(learn('x,y\n', 'y')).rejects.toEqual(typed('no-rows'));
});

test('one column: read and profiled whole, but there is nothing to learn from', async () => {
  const content = `y\n${lines(30, (row) => `${row}`)}`;
  expect(values(await read(content), 'y').length).toBe(30);
  await expect(learn(content, 'y')).rejects.toEqual(typed('no-features'));
});

test('all missing: a Note; as a feature it is left out, as a target it is refused, a whole empty table too', async () => {
  const content = `x,gone,y\n${lines(40, (row) => `${x(row)},,${row % 2 ? 'a' : 'b'}`)}`;
  const result = await read(content);
  expect(codes(result)).toContain('all-missing');
  expect((await train(result.table, 'y', 'gbt')).bundle.recipe.spec.drop).toContain('gone');
  await expect(learn(content, 'gone')).rejects.toEqual(typed('bad-target'));
  await expect(learn('x,y\n,\n,\n,\n', 'y')).rejects.toEqual(typed('bad-target'));
});

test('repeated and empty column names: renamed with a Note each, values kept, and it trains', async () => {
  const content = `x,x,,y\n${lines(40, (row) => `${x(row)},${row * 2},${row * 3},${row % 2}`)}`;
  const result = await read(content);
  expect(codes(result)).toEqual(expect.arrayContaining(['duplicate-name', 'empty-name']));
  const names = result.table.columns.map((c) => c.name);
  expect(new Set(names).size).toBe(4);
  expect(names.map((name) => values(result, name)[7])).toEqual([x(7), 14, 21, 1]);
  expect(await learn(content, 'y')).toEqual(['done', 'done', 'done']);
});

test('a target with one class', async () => {
  await expect(learn(`x,y\n${lines(30, (row) => `${row},same`)}`, 'y')).rejects.toEqual(typed('bad-target'));
  await expect(learn(`x,y\n${lines(30, (row) => `${row},${row === 3 ? '' : 'same'}`)}`, 'y')).rejects.toEqual(typed('bad-target'));
});

test('as many classes as rows, and a class of a single row', async () => {
  await expect(learn(`x,y\n${lines(50, (row) => `${row},class ${row}`)}`, 'y')).rejects.toEqual(typed('bad-target'));
  expect(await learn(`x,y\n${lines(60, (row) => `${x(row)},${row === 9 ? 'alone' : row % 2 ? 'a' : 'b'}`)}`, 'y')).toEqual(['done', 'done', 'done']);
});

test('10,000 columns: read, profiled, trained and predicted, none lost', async () => {
  const names = Array.from({ length: 10_000 }, (_, c) => `c${c}`);
  const result = await read(`${names.join()}\n${lines(40, (row) => names.map((_, c) => (c === 0 ? (row % 2 ? 'a' : 'b') : (row * (c % 13 + 1) + c) % 17)).join())}`);
  expect([result.table.columns.length, result.table.rows, result.rejected.length]).toEqual([10_000, 40, 0]);
  expect((await profileTable(result.table, quiet)).columns.length).toBe(10_000);
  const { run, bundle } = await train(result.table, 'c0', 'gbt');
  expect(run.status).toBe('done');
  expect(predictTable(bundle, result.table).prediction.rows).toBe(40);
}, 60_000);

test('NaN and Infinity: missing, with Notes that count them; in features and in the target', async () => {
  const content = `x,y\n${lines(60, (row) => `${['NaN', 'Infinity', '-inf', row][row % 4]},${row % 10 === 5 ? 'NaN' : row * 0.5}`)}`;
  const result = await read(content);
  const told = result.notes.filter((note) => note.column === 'x').reduce((n, note) => n + (note.rows ?? 0), 0);
  expect([told, values(result, 'x').filter((v) => v === null).length, values(result, 'x')[3]]).toEqual([45, 45, 3]);
  const trained = await train(result.table, 'y', 'gbt');
  expect(trained.run.counts).toMatchObject({ train: expect.any(Number), test: expect.any(Number) });
  const { train: learned, valid, test: held } = trained.run.counts!;
  expect(learned + valid + held).toBe(54);
  expect(Number.isFinite(trained.run.evaluation!.metrics['rmse'].value)).toBe(true);
});

test('ragged lines are set aside whole, and counted', async () => {
  const result = await read(`x,y\n${lines(40, (row) => (row === 11 ? '1,2,3,4' : `${row},${row % 2}`))}`);
  expect(result.table.rows + result.rejected.length).toBe(40);
});

test('a truncated Parquet, wherever it is cut, is a bad file', async () => {
  const whole = new Uint8Array(readFileSync(resolve('node_modules/vega-datasets/data/flights-3m.parquet')));
  for (const cut of [4, 5, 100, Math.floor(whole.length / 2), whole.length - 9, whole.length - 1]) {
    await expect(read(whole.subarray(0, cut), 'flights.parquet'), `cut at ${cut}`).rejects.toEqual(typed('bad-file'));
  }
});

test('a bundle with a flipped byte, wherever it is, and one of a newer version', async () => {
  const { bundle } = await train((await read(`x,y\n${lines(60, (row) => `${x(row)},${row % 3 ? 'a' : 'b'}`)}`)).table, 'y', 'linear');
  const file = writeBundle(bundle);
  expect(readBundle(file).name).toBe('y-linear');
  for (let at = 0; at < file.length; at += Math.max(1, Math.floor(file.length / 200))) {
    const flipped = file.slice();
    flipped[at] ^= 1 << (at % 8);
    expect(() => readBundle(flipped), `byte ${at}`).toThrow(BarnacleError);
  }
  const newer = file.slice();
  new DataView(newer.buffer).setUint32(8, 2, true);
  newer.set(hashTail(newer.subarray(0, newer.length - hashLength)), newer.length - hashLength);
  expect(() => readBundle(newer)).toThrow(typed('newer-version'));
});

test('a split by a column that is not there, or has one group, and rows without a column of training', async () => {
  const { table } = await read(`x,group,y\n${lines(60, (row) => `${x(row)},only,${row % 3 ? 'a' : 'b'}`)}`);
  const shares = { test: 0.2, valid: 0.1 };
  await expect(train(table, 'y', 'linear', { split: { kind: 'time', column: 'when', ...shares } })).rejects.toEqual(typed('missing-column'));
  await expect(train(table, 'y', 'linear', { split: { kind: 'group', column: 'group', ...shares } })).rejects.toEqual(typed('bad-split'));
  const { bundle } = await train(table, 'y', 'linear');
  const other = (await read('z\n1\n2\n')).table;
  expect(() => predictTable(bundle, other)).toThrow(typed('missing-column'));
});
