// CSV into typed columns on one thread: ours in WASM and on the reference against DuckDB-WASM, uDSV, PapaParse and, where Python
// has them, pandas, Polars, DuckDB and pyarrow. Three alternating runs, each in a fresh process that reads twice: the second
// reading counts, medians. Ratios are of CPU time, so that other work on the machine does not count. pandas leaves dates as text.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Door } from '../command.ts';
import { bytesText, digits, msText } from '../print.ts';
import { defineBench, spread, type BenchResult } from './bench.ts';
import { contestants } from './csv-contestants.ts';
import { writeFiles, type CsvFile } from './csv-data.ts';
import { memoryInNode, pythonPeers, runAsChild, runInNode, runInPython, type CsvRun } from './csv-run.ts';

const rounds = 3;
const patience = 5000;
const mine = 'ours (wasm)';

export const csvBench = defineBench({
  type: 'csv',
  about: 'CSV into typed columns on one thread, against DuckDB-WASM, uDSV, PapaParse, pandas, Polars, DuckDB, pyarrow',
  async run(door) {
    const result: BenchResult = { header: ['data', 'by', 'time', 'range', 'first', 'MB/s', 'MB/s of CPU', 'ns/cell'], right: [false, false, true, true, true, true, true, true], table: [], rows: [], claims: [], leftOut: [] };
    if (await runAsChild(door.print)) return { ...result, header: [], right: [] };
    const folder = mkdtempSync(join(tmpdir(), 'barnacle-csv-'));
    try {
      for (const file of await writeFiles(folder, result.leftOut, door)) {
        const runs = contest(file, result.leftOut, door);
        for (const [by, each] of runs) report(file, by, each, result);
        claimSpeed(file, runs, result);
        claimMemory(file, result);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return result;
  },
});

/** Everyone in turn; who cannot run is named once and left out, who needs longer than `patience` ms runs once. */
function contest(file: CsvFile, leftOut: string[], door: Door): Map<string, CsvRun[]> {
  const runs = new Map<string, CsvRun[]>();
  const absent = new Set<string>();
  const slow = new Set<string>();
  const all = [...Object.keys(contestants).map((by) => ({ by, run: runInNode })), ...pythonPeers.map((by) => ({ by, run: runInPython }))];
  for (let round = 0; round < rounds; round++) {
    for (const { by, run } of all) {
      if (absent.has(by) || slow.has(by) || leftOut.some((line) => line.startsWith(`${by}:`))) continue;
      door.progress(`${file.name}: ${by}, run ${round + 1}`, null);
      const found = run(by, file.path);
      if (typeof found === 'string') {
        absent.add(by);
        leftOut.push(`${by}: ${found}`);
      } else {
        const name = found.version ? `${by} ${found.version}` : by;
        runs.set(name, [...(runs.get(name) ?? []), found]);
        if (found.ms > patience) slow.add(by);
      }
    }
  }
  return runs;
}

const cpuOf = (runs: readonly CsvRun[]): number => spread(runs.map((run) => run.cpuMs)).median;

function report(file: CsvFile, by: string, runs: readonly CsvRun[], result: BenchResult): void {
  const time = spread(runs.map((run) => run.ms));
  const cells = runs[0].rows * columnsOf(file);
  result.table.push([file.name, by, msText(time.median), `${msText(time.low)} - ${msText(time.high)}`, msText(spread(runs.map((run) => run.firstMs)).median), digits(file.bytes / time.median / 1e3, 0), digits(file.bytes / cpuOf(runs) / 1e3, 0), digits((time.median * 1e6) / cells, 1)]);
  result.rows.push({ data: file.name, bytes: file.bytes, rows: runs[0].rows, by, ms: time.median, low_ms: time.low, high_ms: time.high, cpu_ms: cpuOf(runs), first_ms: runs[0].firstMs });
}

const columnsOf = (file: CsvFile): number => readFileSync(file.path).subarray(0, 65536).toString('utf8').split('\n', 1)[0].split(',').length;

function claimSpeed(file: CsvFile, runs: ReadonlyMap<string, readonly CsvRun[]>, { claims, table, rows }: BenchResult): void {
  const ours = runs.get(mine);
  if (!ours) return;
  const limit = sumOfWords(file);
  table.push([file.name, 'adding up its words', msText(limit), '', '', digits(file.bytes / limit / 1e3, 0), '', '']);
  rows.push({ data: file.name, by: 'adding up its words', ms: limit });
  const ratio = (name: string): number | null => {
    const found = [...runs].filter(([by]) => by.split(' ')[0] === name).map(([, each]) => cpuOf(each));
    return found.length ? Number((Math.min(...found) / cpuOf(ours)).toFixed(2)) : null;
  };
  const web = ratio('DuckDB-WASM');
  claims.push({ claim: `${file.name}: CPU time of DuckDB-WASM over ours`, measured: web, bar: '>= 5', holds: web === null ? null : web >= 5 });
  for (const peer of pythonPeers) {
    const native = ratio(peer);
    claims.push({ claim: `${file.name}: CPU time of ${peer} on one thread over ours`, measured: native, bar: '> 1', holds: native === null ? null : native > 1 });
  }
}

function claimMemory(file: CsvFile, { claims, rows, leftOut }: BenchResult): void {
  const memory = memoryInNode(file.path);
  if (typeof memory === 'string') {
    leftOut.push(`${file.name}, memory: ${memory}`);
    return;
  }
  const share = memory.peak / (file.bytes + memory.columns);
  rows.push({ data: file.name, by: `${mine}, from disk`, peak_bytes: memory.peak, before_bytes: memory.before, column_bytes: memory.columns });
  claims.push({ claim: `${file.name}: peak memory of the whole process (${bytesText(memory.peak)}; Node alone ${bytesText(memory.before)}) over file and columns (${bytesText(file.bytes)} + ${bytesText(memory.columns)})`, measured: Number(share.toFixed(2)), bar: '<= 1.5', holds: share <= 1.5 });
}

/** Milliseconds of the fastest of five passes over the bytes in memory: what no reader can beat. */
function sumOfWords({ path }: CsvFile): number {
  const bytes = new Uint8Array(readFileSync(path));
  const words = new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  let least = Infinity;
  let sum = 0;
  for (let pass = 0; pass < 5; pass++) {
    const start = performance.now();
    for (let i = 0; i + 4 <= words.length; i += 4) sum = (sum + words[i] + words[i + 1] + words[i + 2] + words[i + 3]) | 0;
    least = Math.min(least, performance.now() - start);
  }
  return sum === 0.5 ? 0 : least;
}
