// Every table of ../shared/data is read to the rows, columns and missing cells that its README counted with another reader.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { countBits } from '../../../../src/core/base/bits.ts';
import { getColumn } from '../../../../src/core/table/build.ts';
import { codesOf, kindOf, readBytes, valuesOf } from './read.ts';

const folder = new URL('../../../../../shared/data/', import.meta.url);
const here = existsSync(new URL('README.md', folder));
if (!here) console.warn('real-data.test: ../shared/data is absent, its tests are skipped');
const counted = here
  ? [...readFileSync(new URL('README.md', folder), 'utf8').matchAll(/^\| `([^`]+\.csv(?:\.gz)?)` \| ([\d,]+) × (\d+) \|[^|]*\| ([\d,]+) \|/gm)].map(([, name, rows, columns, missing]) => ({ name, rows: Number(rows.replaceAll(',', '')), columns: Number(columns), missing: Number(missing.replaceAll(',', '')) }))
  : [];
const shared = (name: string): Uint8Array => readFileSync(new URL(name, folder));
const vega = (name: string): Uint8Array => readFileSync(new URL(`../../../../node_modules/vega-datasets/data/${name}`, import.meta.url));

/** Counted otherwise there: "None" is a category here; blanks count as empty here; sentinels in numbers. */
const OTHERWISE: { [name: string]: number } = { 'metro_traffic.csv.gz': 0 };

describe.skipIf(!here)('shared data', () => {
  test('the list is found', () => expect(counted.length).toBeGreaterThan(60));

  test.each(counted.map((c) => [c.name, c] as const))('%s', async (name, { rows, columns, missing }) => {
    const { table, rejected } = await readBytes(shared(name), {}, name);
    expect([table.rows + rejected.length, table.columns.length]).toEqual([rows, columns]);
    expect(rejected).toEqual([]);
    expect(table.columns.reduce((n, column) => n + countBits(column.missing, table.rows), 0)).toBe(OTHERWISE[name] ?? missing);
  });
});

describe('vega-datasets', () => {
  test('penguins', async () => {
    const result = await readBytes(vega('penguins.json'), {}, 'penguins.json');
    expect(result.table.rows).toBe(344);
    expect([kindOf(result, 'Species'), kindOf(result, 'Body Mass (g)')]).toEqual(['category', 'number']);
    expect(valuesOf(result, 'Beak Length (mm)').filter((v) => v === null)).toHaveLength(2);
  });

  test('seattle weather', async () => {
    const result = await readBytes(vega('seattle-weather.csv'), {}, 'seattle-weather.csv');
    expect(result.table.columns.map((c) => c.kind)).toEqual(['time', 'number', 'number', 'number', 'number', 'category']);
    expect(valuesOf(result, 'date').at(-1)).toBe('2015-12-31');
  });

  test('bird strikes keep their damage category', async () => {
    const result = await readBytes(vega('birdstrikes.csv'), {}, 'birdstrikes.csv');
    expect(result.table.rows).toBe(10000);
    const damage = getColumn(result.table, 'Effect Amount of damage');
    expect(damage.kind === 'category' && [...damage.levels].sort()).toEqual(['B', 'C', 'Medium', 'Minor', 'None', 'Substantial']);
    expect([kindOf(result, 'Flight Date'), codesOf(result).includes('kept-word')]).toEqual(['time', true]);
  });

  test('movies: text, times and mixed kinds', async () => {
    const result = await readBytes(vega('movies.json'), {}, 'movies.json');
    expect(result.table.rows).toBe(3201);
    expect([kindOf(result, 'Title'), kindOf(result, 'Major Genre'), kindOf(result, 'IMDB Rating')]).toEqual(['text', 'category', 'number']);
  });

  test('flights: three million rows of Parquet', async () => {
    const { table } = await readBytes(vega('flights-3m.parquet'), {}, 'flights-3m.parquet');
    expect(table.rows).toBe(3_000_000);
    expect(table.columns.map((c) => `${c.name}:${c.kind}`)).toEqual(['date:time', 'delay:number', 'distance:number', 'origin:category', 'destination:category']);
    const [date, delay, distance, origin] = table.columns;
    expect(delay.kind === 'number' && delay.values).toBeInstanceOf(Int16Array);
    expect(distance.kind === 'number' && Math.max(...distance.values.subarray(0, 100000))).toBeLessThan(5000);
    expect(origin.kind === 'category' && origin.levels.length).toBe(229);
    expect(date.kind === 'time' && date.values.every((v) => v >= Date.UTC(2001, 0, 1) && v < Date.UTC(2002, 0, 1))).toBe(true);
  });
});
