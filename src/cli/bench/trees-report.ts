// From runs to lines and claims: medians with their range, ratios to each peer run by run (so that a spread stands beside every
// ratio), nanoseconds for each cell and tree, and the share of it that reading memory alone would take.
import { bytesText, digits, msText } from '../print.ts';
import { spread, type BenchResult } from './bench.ts';
import type { Bandwidth } from './trees-bandwidth.ts';
import type { TreesCase } from './trees-cases.ts';
import type { TreesData } from './trees-data.ts';
import type { Fit } from './trees-peer.ts';

export type Run = Fit & { loss: number };
/** Everyone's runs in order, ours under `mine`; a slow peer has fewer. */
export type Contest = { data: TreesData; case: TreesCase; threads: number; bandwidth: Bandwidth; runs: ReadonlyMap<string, readonly Run[]> };
export const mine = 'ours';

export const columns = ['data', 'threads', 'by', 'fit', 'range', 'CPU', 'ours / it', 'range', 'ns/cell', 'memory', 'log loss'];
export const right = [false, true, false, true, true, true, true, true, true, true, true];

export function reportTrees({ data, case: { key, rounds, lightgbm }, threads, bandwidth, runs }: Contest, result: BenchResult): void {
  const ours = runs.get(mine);
  const cells = data.train.rows * data.train.features.length * rounds * treesOf(data);
  const least = leastNs(data, bandwidth);
  for (const [by, each] of runs) {
    const fit = spread(each.map((run) => run.ms));
    const cpu = spread(each.map((run) => run.cpuMs)).median;
    const ratio = ours && by !== mine ? ratioOf(ours, each) : null;
    const perCell = (fit.median * 1e6) / cells;
    const memory = each.every((run) => run.extraBytes !== null) ? spread(each.map((run) => run.extraBytes as number)).median : null;
    const name = by === mine ? by : `${by} ${each[0].version}`;
    result.table.push([`(${key}) ${data.name}`, String(threads), name, msText(fit.median), each.length > 1 ? `${msText(fit.low)} - ${msText(fit.high)}` : 'one run', msText(cpu), digits(ratio?.median ?? null, 2), ratio ? `${digits(ratio.low, 2)} - ${digits(ratio.high, 2)}` : '', digits(perCell, 3), memory === null ? '-' : bytesText(memory), digits(each[0].loss, 5)]);
    result.rows.push({ case: key, data: data.name, threads, by: name, runs: each.length, fit_ms: fit.median, fit_low_ms: fit.low, fit_high_ms: fit.high, cpu_ms: cpu, ratio: ratio?.median ?? null, ratio_low: ratio?.low ?? null, ratio_high: ratio?.high ?? null, ns_per_cell: perCell, extra_bytes: memory, log_loss: each[0].loss, ...(by === mine ? { read_gb_s: bandwidth.read, copy_gb_s: bandwidth.copy, least_ns_per_cell: least, share_of_bandwidth: least / perCell } : {}) });
    if (by === mine) result.table.push([`(${key}) ${data.name}`, String(threads), `reading its memory once a tree at ${digits(bandwidth.read, 1)} GB/s`, msText((least * cells) / 1e6), '', '', digits(perCell / least, 1), '', digits(least, 3), '', '']);
    if (ratio && (by !== 'lightgbm-quantised')) {
      const bar = by === 'lightgbm' ? lightgbm : 1;
      const text = `(${key}) ${data.name}, ${threads === 1 ? '1 thread' : `${threads} threads`}: time of ours over ${name} (from ${digits(ratio.low, 2)} to ${digits(ratio.high, 2)}; of CPU time ${digits(ratio.cpu, 2)})`;
      if (bar !== null) result.claims.push({ claim: text, measured: Number(ratio.median.toFixed(3)), bar: bar === 1 ? '< 1' : `<= ${bar}`, holds: bar === 1 ? ratio.median < 1 : ratio.median <= bar });
    }
  }
}

const treesOf = ({ train: { target } }: TreesData): number => (target?.kind === 'class' && target.classes.length > 2 ? target.classes.length : 1);

/** One byte for each cell and 8 for each row (its number and its gradient in quanta), read once for each tree. */
const leastNs = ({ train }: TreesData, { read }: Bandwidth): number => (1 + 8 / train.features.length) / read;

/** Ours over theirs: run by run where both have one, else against their only run. */
function ratioOf(ours: readonly Run[], theirs: readonly Run[]): { median: number; low: number; high: number; cpu: number } {
  const ratios = (pick: (run: Run) => number) => spread(ours.map((run, i) => pick(run) / pick(theirs[Math.min(i, theirs.length - 1)])));
  return { ...ratios((run) => run.ms), cpu: ratios((run) => run.cpuMs).median };
}
