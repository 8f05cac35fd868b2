// One contestant over one file in a process of its own, so that no heap disturbs another: twice, the second run is timed warm.
// In JavaScript the child is this very benchmark with its task in the environment; in Python a script, each on one thread.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { openSource } from '../files.ts';
import { quiet } from '../../core/base/task.ts';
import type { ReadContext } from '../../core/io/csv/csv-kernels.ts';
import { readTable } from '../../core/io/index.ts';
import { tableBytes } from '../../core/table/hash-table.ts';
import { loadCsvKernels } from '../../kernels/csv-wasm/index.ts';
import { contestants } from './csv-contestants.ts';

const variable = 'BARNACLE_BENCH_CSV';
/** first: of the process, with all that starts up; cpuMs: of the warm run, on all of the process's threads. */
export type CsvRun = { rows: number; firstMs: number; ms: number; cpuMs: number; version?: string };
export type CsvMemory = { peak: number; before: number; columns: number };
/** who = null asks for memory: ours, streamed from disk, once. */
type Ask = { who: string | null; path: string };

/** What this process is asked to do as a child, done and printed; false in the parent. */
export async function runAsChild(print: (line: string) => void): Promise<boolean> {
  const asked = process.env[variable];
  if (!asked) return false;
  const { who, path } = JSON.parse(asked) as Ask;
  print(JSON.stringify(who === null ? await measureMemory(path) : await measureTime(who, path)));
  return true;
}

export const runInNode = (who: string, path: string): CsvRun | string => inChild<CsvRun>({ who, path });
export const memoryInNode = (path: string): CsvMemory | string => inChild<CsvMemory>({ who: null, path });

function inChild<T>(ask: Ask): T | string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [process.argv[1], 'bench', 'csv'], { encoding: 'utf8', timeout: 600_000, env: { ...process.env, [variable]: JSON.stringify(ask) } });
  const lines = stdout.trim().split('\n');
  const answer = lines.find((line) => line.startsWith('{'));
  if (status !== 0 || !answer) return stderr.trim().split('\n').at(-1) || 'failed';
  return JSON.parse(answer) as T;
}

async function measureTime(who: string, path: string): Promise<CsvRun> {
  const read = await contestants[who](new Uint8Array(readFileSync(path)));
  const start = performance.now();
  const rows = await read();
  const firstMs = performance.now() - start;
  const from = performance.now();
  const before = process.cpuUsage();
  await read();
  const { user, system } = process.cpuUsage(before);
  return { rows, firstMs, ms: performance.now() - from, cpuMs: (user + system) / 1000 };
}

async function measureMemory(path: string): Promise<CsvMemory> {
  const context: ReadContext = { ...quiet, csv: await loadCsvKernels() };
  const before = process.memoryUsage.rss();
  const { source, close } = await openSource(path);
  const { table } = await readTable(source, { format: 'csv' }, context);
  await close();
  return { peak: peakBytes(), before, columns: tableBytes(table) };
}

/** Of this program alone: what the system calls maxRSS begins, after fork and exec, with the parent's. */
function peakBytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
  return (kilobytes ? Number(kilobytes) : process.resourceUsage().maxRSS) * 1024;
}

export const pythonPeers = ['pandas', 'polars', 'duckdb', 'pyarrow'] as const;

const script = `
import os, sys, time, json
for name in ('OMP_NUM_THREADS', 'POLARS_MAX_THREADS', 'OPENBLAS_NUM_THREADS'): os.environ[name] = '1'
which, path = sys.argv[1:3]
if which == 'pandas':
    import pandas as lib
    read = lambda: len(lib.read_csv(path))
elif which == 'polars':
    import polars as lib
    read = lambda: lib.read_csv(path, try_parse_dates=True, infer_schema_length=10000).height
elif which == 'duckdb':
    import duckdb as lib
    c = lib.connect(config={'threads': 1})
    read = lambda: c.execute("CREATE OR REPLACE TABLE t AS SELECT * FROM read_csv('%s')" % path).execute('SELECT count(*) FROM t').fetchone()[0]
else:
    import pyarrow as lib, pyarrow.csv as csv
    lib.set_cpu_count(1)
    read = lambda: csv.read_csv(path, read_options=csv.ReadOptions(use_threads=False)).num_rows
t = time.perf_counter(); rows = read(); first = time.perf_counter() - t
t = time.perf_counter(); c0 = time.process_time(); read(); cpu = time.process_time() - c0; ms = time.perf_counter() - t
print(json.dumps({'rows': rows, 'firstMs': first * 1000, 'ms': ms * 1000, 'cpuMs': cpu * 1000, 'version': lib.__version__}))`;

/** A run on one thread, from the (cached) file; or why there is none. */
export function runInPython(which: string, path: string): CsvRun | string {
  const { status, stdout, stderr, error } = spawnSync(process.env.PYTHON ?? 'python3', ['-c', script, which, path], { encoding: 'utf8', timeout: 600_000 });
  if (error) return `no python3 on this machine (${error.message})`;
  if (status !== 0) return stderr.trim().split('\n').at(-1) ?? 'failed';
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as CsvRun;
}
