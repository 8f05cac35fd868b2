import { existsSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../../src/core/io/index.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { heldBytes, levelsBytes } from '../../../../src/core/table/held-bytes.ts';
import type { Table } from '../../../../src/core/table/table.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;
const used = async (): Promise<number> => {
  for (let k = 0; k < 4; k++) {
    gc();
    await new Promise((later) => setTimeout(later, 20));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** The growth of this process while a table is made, and the table. */
async function growth(make: () => Promise<Table>): Promise<{ table: Table; bytes: number }> {
  await make();
  const before = await used();
  const table = await make();
  return { table, bytes: (await used()) - before };
}
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const rows = 150_000;
const kinds: [string, (i: number) => string][] = [
  ['small integers and reals', (i) => `${i % 100},${Math.sqrt(i)}`],
  ['few levels', (i) => `level ${i % 50},${i}`],
  ['many short levels', (i) => `k${i % 60_000},${i}`],
  ['many long levels', (i) => `a level with a long name, number ${(i % 40_000) * 7919},${i}`.replace(', n', ' n')],
  ['levels outside Latin-1', (i) => `город номер ${i % 50_000},${i}`],
  ['text', (i) => `row ${i} says ${i * 31},${i % 3 ? i : ''}`],
];

test.each(kinds)('%s: within a fifth of what the process grows by', { retry: 4 }, async (_, cell) => {
  const bytes = encode(`a,b\n${Array.from({ length: rows }, (_, i) => cell(i)).join('\n')}\n`);
  const { table, bytes: grown } = await growth(async () => (await readTable(bytesSource('x.csv', bytes), {}, quiet)).table);
  expect(Math.abs(heldBytes([table]) / grown - 1)).toBeLessThan(0.2);
});

test('what tables share is counted once', () => {
  const a = numbersOf('a', [1, 2, 3]);
  const b = categoriesOf('b', ['x', 'y', 'x']);
  const both = makeTable([a, b]);
  expect(heldBytes([both, makeTable([a]), makeTable([b]), both])).toBe(heldBytes([both]));
  expect(heldBytes([makeTable([a])])).toBe(24);
  expect(heldBytes([])).toBe(0);
});

test('the estimate for levels that are not there yet agrees', () => {
  const levels = Array.from({ length: 1000 }, (_, i) => `level ${i + 1000}`);
  const column = categoriesOf('c', levels);
  expect(Math.abs(levelsBytes(1000, 10) / (heldBytes([makeTable([column])]) - 4000) - 1)).toBeLessThan(0.2);
});

const shared = '../shared/data';
const here = existsSync(shared);
if (!here) console.warn(`${shared} is absent: the memory of real tables is not compared`);
test.skipIf(!here).each(['fremtpl2_freq.csv.gz', 'adult.csv.gz'])('%s: within a fifth', { retry: 4, timeout: 60_000 }, async (file) => {
  const raw = new Uint8Array(readFileSync(`${shared}/${file}`));
  const { table, bytes } = await growth(async () => (await readTable(bytesSource(file, raw), {}, quiet)).table);
  console.log(`${file}: ${heldBytes([table])} counted, ${bytes} grown, ${((100 * heldBytes([table])) / bytes - 100).toFixed(1)} %`);
  expect(Math.abs(heldBytes([table]) / bytes - 1)).toBeLessThan(0.2);
});
