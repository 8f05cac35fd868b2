// `barnacle clean`: steps from a file on a file, another table joined, what each step did on standard output.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { barnacle, barnacleJson, buildCli } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'clean-'));
const at = (name: string) => join(folder, name);
beforeAll(() => {
  buildCli();
  writeFileSync(at('orders.csv'), 'id,when,city,size\n1,2024-01-05,Paris,12.0 oz\n2,2024-02-01,PARIS,8 oz\n2,2024-02-01,PARIS,8 oz\n3,2023-01-01,Rome,lots\n');
  writeFileSync(at('prices.csv'), 'known,city,price\n2024-01-01,Paris,5\n2024-01-20,Paris,7\n2024-03-01,Rome,1\n');
  writeFileSync(at('steps.json'), JSON.stringify({
    version: 1,
    steps: [
      { id: 'case', type: 'letter-case', columns: ['city'], params: { to: 'title' } },
      { id: 'unit', type: 'strip-unit', columns: ['size'], params: { unit: 'oz' } },
      { id: 'once', type: 'dedupe', columns: [], params: {} },
      { id: 'price', type: 'as-of-join', columns: ['when'], params: { table: 'prices.csv', time: 'known', by: 'city' } },
      { id: 'total', type: 'compute', columns: [], params: { name: 'total', expression: 'size * price' } },
    ],
  }));
  writeFileSync(at('wrong.json'), JSON.stringify({ version: 1, steps: [{ id: 'a', type: 'rename', columns: ['nowhere'], params: { name: 'x' } }, { id: 'b', type: 'drop-columns', columns: ['size'], params: {} }] }));
}, 120_000);

test('writes the cleaned rows and says what each step did', async () => {
  const { code, out } = await barnacle(['clean', at('orders.csv'), '--steps', at('steps.json'), '--table', at('prices.csv'), '--out', at('out.csv')]);
  expect(code).toBe(0);
  expect(out).toContain('once: The first of rows that are equal in every column stays: 4 -> 3 rows');
  expect(out).toContain('1 cell of "size" cannot be read as number with "oz" and became missing, such as "lots"');
  expect(out).toContain('lies in the future and was refused');
  expect(readFileSync(at('out.csv'), 'utf8')).toBe('id,when,city,size,known,price,total\n1,2024-01-05,Paris,12,2024-01-01,5,60\n2,2024-02-01,Paris,8,2024-01-20,7,56\n3,2023-01-01,Rome,,,,\n');
});
test('as JSON: outcomes and lineage', async () => {
  const got = await barnacleJson<{ rows: number; lineage: { [column: string]: string[] }; outcomes: { id: string }[] }>(['clean', at('orders.csv'), '--steps', at('steps.json'), '--table', at('prices.csv'), '--out', at('out.csv')]);
  expect([got.rows, got.outcomes.map((o) => o.id), got.lineage.total.sort()]).toEqual([3, ['case', 'unit', 'once', 'price', 'total'], ['city', 'size', 'when']]);
});
test('a step that fails ends the work, or is left out when told so', async () => {
  const strict = await barnacle(['clean', at('orders.csv'), '--steps', at('wrong.json')]);
  expect([strict.code, strict.out]).toEqual([1, '']);
  expect(strict.err).toContain('column "nowhere" is missing');
  const lenient = await barnacle(['clean', at('orders.csv'), '--steps', at('wrong.json'), '--lenient']);
  expect(lenient.code).toBe(0);
  expect(lenient.err).toContain('left out');
  expect(lenient.out.split('\n')[0]).toBe('id,when,city');
});
test('what reading set aside is said', async () => {
  writeFileSync(at('ragged.csv'), 'a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11\n');
  expect((await barnacle(['clean', at('ragged.csv'), '--out', at('r.csv')])).out).toContain('1 rows do not have');
  const got = await barnacleJson<{ rows: number; read: { rejected: number } }>(['clean', at('ragged.csv'), '--out', at('r.csv')]);
  expect([got.rows, got.read.rejected]).toEqual([3, 1]);
});
