// Damaged files of every format against readTable: each must give a table whose columns agree, or a typed error, within
// a second, and change no prototype. One process, no restarts: a crash or a hang ends the bench and is the finding.
// FUZZ_ROUNDS and FUZZ_SEED choose how many and which (100,000 from 1).
import { isBarnacleError } from '../../core/base/errors.ts';
import { quiet } from '../../core/base/task.ts';
import { bytesSource, readers, readTable } from '../../core/io/index.ts';
import { columnRows } from '../../core/table/build.ts';
import { count } from '../print.ts';
import { defineBench, type BenchResult } from './bench.ts';
import { fuzzCorpus, type Sample } from './fuzz-corpus.ts';
import { mutate } from './mutate.ts';

export type Damage = { sample: string; seed: number; what: string };
type Tally = { tables: number; rejected: number; errors: number; slowest: number; untyped: number };
const golden = 'tests/golden/io';
const slow = 1000;

export const fuzzBench = defineBench({
  type: 'fuzz',
  about: 'Randomly damaged files of every format: a table, Notes or a typed error within a second each, never a crash',
  async run(door) {
    const rounds = Number(process.env.FUZZ_ROUNDS ?? 100_000);
    const first = Number(process.env.FUZZ_SEED ?? 1);
    const corpus = await fuzzCorpus(golden);
    const { tallies, damages } = await fuzz(corpus, first, rounds, (done) => door.progress(`${done} of ${rounds} damaged files`, done / rounds));
    const all = [...tallies.values()];
    const untyped = all.reduce((sum, tally) => sum + tally.untyped, 0);
    const slowest = Math.max(...all.map((tally) => tally.slowest));
    const result: BenchResult = {
      header: ['file', 'tables', 'with rejected rows', 'typed errors', 'other errors', 'slowest ms'],
      right: [false, true, true, true, true, true],
      table: [...tallies].map(([name, t]) => [name, String(t.tables), String(t.rejected), String(t.errors), String(t.untyped), t.slowest.toFixed(0)]),
      rows: [...tallies].map(([name, tally]) => ({ name, ...tally })),
      claims: [
        { claim: `damaged files read (${count(corpus.length, 'sample')}, seeds ${first} to ${first + rounds - 1})`, measured: rounds, bar: '>= 100000', holds: rounds >= 100_000 },
        { claim: 'untyped errors, broken tables or changed prototypes', measured: untyped, bar: '0', holds: untyped === 0 },
        { claim: 'slowest file, ms', measured: Math.round(slowest), bar: `<= ${slow}`, holds: slowest <= slow },
      ],
      leftOut: damages.slice(0, 20).map((damage) => `seed ${damage.seed} on ${damage.sample}: ${damage.what}`),
    };
    return result;
  },
});

/** Reads `rounds` damaged files; `damages` lists what should not have happened. */
export async function fuzz(corpus: readonly Sample[], first: number, rounds: number, onProgress: (done: number) => void): Promise<{ tallies: Map<string, Tally>; damages: Damage[] }> {
  const tallies = new Map<string, Tally>(corpus.map((sample) => [sample.name, { tables: 0, rejected: 0, errors: 0, slowest: 0, untyped: 0 }]));
  const damages: Damage[] = [];
  const prototypeKeys = prototypes();
  for (let i = 0; i < rounds; i++) {
    const seed = first + i;
    const sample = corpus[seed % corpus.length];
    const other = corpus[(seed * 7 + 3) % corpus.length];
    const tally = tallies.get(sample.name)!;
    const start = performance.now();
    const what = await readOne(sample.name, mutate(sample.bytes, other.bytes, seed), seed, tally);
    const ms = performance.now() - start;
    tally.slowest = Math.max(tally.slowest, ms);
    const wrong = what ?? (prototypes() !== prototypeKeys ? 'a prototype was changed' : ms > slow ? `took ${ms.toFixed(0)} ms` : null);
    if (what !== null || prototypes() !== prototypeKeys) tally.untyped++;
    if (wrong !== null) damages.push({ sample: sample.name, seed, what: wrong });
    if (i % 500 === 0) {
      onProgress(i);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { tallies, damages };
}

/** Every other file is read as the format that its name says, damaged beyond recognition or not. */
async function readOne(name: string, bytes: Uint8Array, seed: number, tally: Tally): Promise<string | null> {
  const named = readers.all.find((reader) => reader.extensions.includes(name.slice(name.lastIndexOf('.') + 1)));
  try {
    const { table, rejected } = await readTable(bytesSource(name, bytes), seed & 1 && named ? { format: named.type } : {}, quiet);
    tally.tables++;
    if (rejected.length) tally.rejected++;
    const odd = table.columns.find((column) => columnRows(column) !== table.rows);
    return odd ? `column "${odd.name}" has ${columnRows(odd)} of ${table.rows} rows` : null;
  } catch (error) {
    if (isBarnacleError(error)) {
      tally.errors++;
      return null;
    }
    return `untyped error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

const prototypes = (): string => [Object.prototype, Array.prototype].map((one) => Object.getOwnPropertyNames(one).length).join();
