// A CSV of 2 GB through `profile --stream`: Flights (3 million rows, by npm) written again and again with our own writer, then
// profiled by this very CLI in a process of its own, whose peak of resident memory is asked from the system.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { quiet } from '../../core/base/task.ts';
import { bytesSource, readTable, writeCsv } from '../../core/io/index.ts';
import type { Door } from '../command.ts';
import { bytesText, digits, msText } from '../print.ts';
import { defineBench, type BenchResult } from './bench.ts';

const flights = 'node_modules/vega-datasets/data/flights-3m.parquet';
const sizes = [2.5e8, 2e9];
const bar = 1.5e9;

type Run = { bytes: number; ms: number; cpuMs: number; peak: number; rows: number };

export const streamBench = defineBench({
  type: 'stream',
  about: 'A 2 GB CSV through profile in two passes: time, and the peak of memory',
  async run(door) {
    const result: BenchResult = { header: ['file', 'rows', 'time', 'MB/s', 'MB/s of CPU time', 'peak memory'], right: [true, true, true, true, true, true], table: [], rows: [], claims: [], leftOut: [] };
    if (!existsSync(flights)) {
      result.leftOut.push(`Flights: ${flights} is not here`);
      return result;
    }
    const folder = mkdtempSync(join(tmpdir(), 'barnacle-stream-'));
    try {
      for (const size of sizes) {
        const path = join(folder, 'flights.csv');
        await writeFlights(path, size, door);
        door.progress(`profiling ${bytesText(size)}`, null);
        const run = await profileApart(path);
        result.table.push([bytesText(run.bytes), String(run.rows), msText(run.ms), digits(run.bytes / 1e3 / run.ms, 1), digits(run.bytes / 1e3 / run.cpuMs, 1), bytesText(run.peak)]);
        result.rows.push(run);
        if (size === sizes[sizes.length - 1]) result.claims.push({ claim: `${bytesText(run.bytes)} of CSV stream through profile within 1.5 GB of memory`, measured: bytesText(run.peak), bar: 'under 1500.0 MB', holds: run.peak < bar });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return result;
  },
});

/** About `size` bytes: the rows of Flights over and over, names once. */
async function writeFlights(path: string, size: number, door: Door): Promise<void> {
  const { table } = await readTable(bytesSource('flights-3m.parquet', new Uint8Array(readFileSync(flights))), {}, quiet);
  const text = writeCsv(table);
  const rows = text.subarray(text.indexOf(10) + 1);
  const out = createWriteStream(path);
  out.write(text.subarray(0, text.indexOf(10) + 1));
  for (let written = 0; written < size; written += rows.length) {
    door.progress(`writing ${bytesText(size)}`, written / size);
    const left = size - written;
    const part = left < rows.length ? rows.subarray(0, rows.lastIndexOf(10, left) + 1) : rows;
    if (!out.write(part)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

async function profileApart(path: string): Promise<Run> {
  const start = performance.now();
  const child = spawn(process.execPath, [process.argv[1], 'profile', path, '--stream', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let peak = 0;
  let cpuMs = 0;
  const poll = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid!));
    cpuMs = Math.max(cpuMs, cpuOf(child.pid!));
  }, 100);
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(part as Buffer);
  clearInterval(poll);
  const ms = performance.now() - start;
  const { rows } = JSON.parse(Buffer.concat(parts).toString()) as { rows: number };
  return { bytes: statSync(path).size, ms, cpuMs, peak, rows };
}

/** The most resident bytes a process has had; 0 where the system does not tell. */
function peakOf(pid: number): number {
  const [, kb] = /VmHWM:\s+(\d+) kB/.exec(textOf(`/proc/${pid}/status`)) ?? [];
  return kb ? Number(kb) * 1024 : 0;
}

/** User and system time in ms, in the hundredths that Linux counts. */
function cpuOf(pid: number): number {
  const fields = textOf(`/proc/${pid}/stat`).split(') ')[1]?.split(' ');
  return fields ? (Number(fields[11]) + Number(fields[12])) * 10 : 0;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
