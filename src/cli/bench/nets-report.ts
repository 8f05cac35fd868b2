// From runs to lines and claims: rows a second with their range, ratios to each peer run by run, and the share of the machine's
// multiply-add limit that the products of our kernels reach.
import { digits } from '../print.ts';
import { spread, type BenchResult } from './bench.ts';
import { maddsOfRow, type NetsCase } from './nets-cases.ts';
import type { NetsRun } from './nets-rows.ts';

export type Runs = Map<string, NetsRun[]>;
export type NetsContest = { case: NetsCase; where: string; threads: number; runs: Runs };
export const mine = 'ours';
export const isOurs = (by: string): boolean => by.startsWith(mine);
const isGpu = (by: string): boolean => by.endsWith('webgpu');

export const columns = ['net', 'in', 'threads', 'by', 'rows/s', 'range', 'CPU us/row', 'ours / it', 'range', 'GMAC/s', 'of limit', 'steps', 'loss'];
export const right = [false, false, true, false, true, true, true, true, true, true, true, true, true];

/** What the issue asks of ours over each peer; tfjs's WASM is asked for where it has as many threads. */
const bars: { readonly [by: string]: readonly [string, number] } = { 'tfjs-wasm': ['>= 10', 10], torch: ['>= 0.5', 0.5] };

export function reportNets({ case: { key, name, net, batch }, where, threads, runs }: NetsContest, result: BenchResult): void {
  const madds = maddsOfRow(net);
  const rate = (run: NetsRun): number => (1000 * run.steps * batch) / run.ms;
  const ours = runs.get(mine) ?? [];
  const cpuOf = (all: readonly NetsRun[]): number | null => (all.every((run) => run.cpuMs !== null) && all.length > 0 ? spread(all.map((run) => (1000 * run.cpuMs!) / (run.steps * batch))).median : null);
  for (const [by, all] of runs) {
    const speed = spread(all.map(rate));
    const cpu = cpuOf(all);
    const ratio = by === mine || ours.length === 0 ? null : spread(all.map((run, i) => rate(ours[Math.min(i, ours.length - 1)]) / rate(run)));
    const limit = all.every((run) => run.peak) ? threads * spread(all.map((run) => run.peak!)).median : null;
    const share = limit ? (speed.median * madds) / limit : null;
    const { total, loss, version } = all[all.length - 1];
    const who = `${by} ${version}${isGpu(by) ? ' (software adapter)' : ''}`.trim();
    result.table.push([`(${key}) ${name}`, where, String(threads), who, speed.median.toFixed(0), all.length > 1 ? `${speed.low.toFixed(0)} - ${speed.high.toFixed(0)}` : 'one run', digits(cpu, 2), digits(ratio?.median ?? null, 2), ratio && all.length > 1 ? `${digits(ratio.low, 2)} - ${digits(ratio.high, 2)}` : '', digits((speed.median * madds) / 1e9, 1), digits(share, 2), String(total), digits(loss, 4)]);
    result.rows.push({ case: key, net: name, in: where, threads, by: who, runs: all.length, rows_s: speed.median, rows_s_low: speed.low, rows_s_high: speed.high, cpu_us_per_row: cpu, ratio: ratio?.median ?? null, ratio_low: ratio?.low ?? null, ratio_high: ratio?.high ?? null, gmac_s: (speed.median * madds) / 1e9, limit_gmac_s: limit ? limit / 1e9 : null, share_of_limit: share, steps: total, loss });
    const bar = bars[by];
    const mineCpu = cpuOf(ours);
    const ofCpu = cpu && mineCpu ? `; of CPU time ${digits(cpu / mineCpu, 2)}` : '';
    if (bar && ratio) result.claims.push({ claim: `(${key}) ${where}, ${threads} thread${threads > 1 ? 's' : ''}: rows/s of ours over ${by} ${version} (from ${digits(ratio.low, 2)} to ${digits(ratio.high, 2)}${ofCpu})`, measured: Number(ratio.median.toFixed(2)), bar: bar[0], holds: ratio.median >= bar[1] });
  }
}
