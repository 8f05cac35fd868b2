// Random mutations of small files of every format: each gives a table, Notes or a typed error, within a second, never a crash, and
// leaves Object.prototype alone. MUTATIONS=100000 runs the large count of the issue; the default keeps the suite quick.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isBarnacleError } from '../../src/core/base/errors.ts';
import { randomUnit, streamOf } from '../../src/core/base/random.ts';
import { quiet } from '../../src/core/base/task.ts';
import { bytesSource, readers, readTable } from '../../src/core/io/index.ts';
import { columnRows } from '../../src/core/table/build.ts';
import { makeZip } from '../unit/core/io/make-zip.ts';

const golden = new URL('../golden/io/', import.meta.url);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const table = 'id,x,name,day\n' + Array.from({ length: 30 }, (_, i) => `${i},${i / 8},"n, ${i % 4}",2020-01-${10 + (i % 20)}`).join('\n');
const seeds = new Map<string, Uint8Array>([
  ...readdirSync(golden).filter((name) => !/\.(expected\.json|test\.ts|py)$/.test(name)).map((name): [string, Uint8Array] => [name, Uint8Array.from(readFileSync(new URL(name, golden)))]),
  ['x.csv', encode(table)],
  ['x.csv.gz', Uint8Array.from(gzipSync(table))],
  ['x.csv.zst', Uint8Array.from(Buffer.from('KLUv/SQMYQAAYSxiCjEseAoyLHkKLp8hRg==', 'base64'))],
  ['x.zip', makeZip({ 'part-1.csv': table, 'part-2.csv': table })],
  ['stored.zip', makeZip({ 'x.csv': table }, { store: true })],
  ['x.fwf', encode(Array.from({ length: 30 }, (_, i) => `${String(i).padStart(6)}  ${`some n${i % 4}`.padEnd(12)}${i / 8}`).join('\n'))],
  ['x.json', encode(JSON.stringify(Array.from({ length: 20 }, (_, i) => ({ id: i, __proto__x: { a: [i] }, s: 'é' }))))],
]);
const names = [...seeds.keys()];
const count = Number(process.env['MUTATIONS'] ?? 2000);
const stream = streamOf('mutations');

/** Draws for mutation `i`. */
function makeDice(i: number): (below: number) => number {
  let k = 0;
  return (below) => Math.floor(randomUnit(i, stream, k++) * below);
}

const NASTY = [0x00, 0xff, 0x7f, 0x80, 0x22, 0x0a, 0x2c, 0x3c, 0x7b];

function mutate(bytes: Uint8Array, dice: (below: number) => number): Uint8Array {
  let out = Array.from(bytes);
  for (let times = 1 + dice(4); times > 0 && out.length > 0; times--) {
    const at = dice(out.length);
    const length = 1 + dice(Math.min(16, out.length - at));
    const way = dice(8);
    if (way === 0) out[at] ^= 1 << dice(8);
    else if (way === 1) out[at] = NASTY[dice(NASTY.length)];
    else if (way === 2) out.splice(at, length);
    else if (way === 3) out.splice(at, 0, ...out.slice(at, at + length));
    else if (way === 4) for (let k = at; k < at + length; k++) out[k] = 0xff;
    else if (way === 5) out = out.slice(0, at);
    else if (way === 6) {
      const other = seeds.get(names[dice(names.length)])!;
      const from = dice(other.length);
      out.splice(at, length, ...other.subarray(from, from + length));
    } else for (let k = 0; k < 4 && at + k < out.length; k++) out[at + k] = [0xff, 0xff, 0xff, 0x7f][k];
  }
  return Uint8Array.from(out);
}

/** What came of a file, and how long it took; a busy machine is told from a slow input by a second try. */
async function attempt(name: string, bytes: Uint8Array, options: { format?: string }): Promise<{ outcome: string; ms: number }> {
  const start = performance.now();
  let outcome = 'table';
  try {
    const result = await readTable(bytesSource(name, bytes), options, quiet);
    for (const column of result.table.columns) expect(columnRows(column)).toBe(result.table.rows);
  } catch (error) {
    outcome = isBarnacleError(error) ? error.code : `crash: ${String(error)}`;
  }
  return { outcome, ms: performance.now() - start };
}

test(`${count} mutations give a table or a typed error within a second`, { timeout: 3_600_000 }, async () => {
  const outcomes = new Map<string, number>();
  const slow: string[] = [];
  const crashes: string[] = [];
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const dice = makeDice(i);
    const name = names[i % names.length];
    const bytes = mutate(seeds.get(name)!, dice);
    const ending = name.split('.').at(-1)!;
    const known = readers.all.find((reader) => reader.extensions.includes(ending));
    const options = dice(3) > 0 && known ? { format: known.type } : {};
    let { outcome, ms } = await attempt(name, bytes, options);
    if (ms > 1000) ({ outcome, ms } = await attempt(name, bytes, options));
    if (outcome.startsWith('crash')) crashes.push(`${i} ${name}: ${outcome}`);
    slowest = Math.max(slowest, ms);
    if (ms > 1000) slow.push(`${i} ${name}: ${Math.round(ms)} ms, ${outcome}`);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  console.log(`${count} mutations of ${names.length} files: ${[...outcomes].map(([code, n]) => `${n} ${code}`).join(', ')}; slowest ${Math.round(slowest)} ms`);
  expect(crashes).toEqual([]);
  expect(slow).toEqual([]);
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
});
