// The contract of a benchmark and the small tools they share: alternating timed runs, medians, spreads, claims.
// A bench runs ours and its peers alternately in one run; peers that are not installed are named as left out.
import { cpus, totalmem } from 'node:os';
import type { Json } from '../../core/base/json.ts';
import type { Door } from '../command.ts';

/** A figure that an issue demands: what is claimed, what was measured, the bar, and whether it holds. */
export type Claim = { claim: string; measured: number | string | null; bar: string; holds: boolean | null };
export type BenchResult = { header: string[]; right: boolean[]; table: string[][]; rows: Json[]; claims: Claim[]; leftOut: string[]; artefact?: Artefact };
/** What happened case by case, too long for the terminal: written to --out as JSON, or as Markdown when its name ends so. */
export type Artefact = { title: string; rows: Json[] };

/** What a person asks a benchmark to leave out: null = everything. Each benchmark reads what it has. */
export type BenchChoice = { cases: readonly string[] | null; threads: readonly number[] | null; peers: readonly string[] | null; rounds: number | null };

export interface Bench {
  readonly type: string;
  readonly about: string;
  run(door: Door, choice: BenchChoice): Promise<BenchResult>;
}
export const defineBench = (bench: Bench): Bench => bench;

/** What the machine is, for the record. */
export const machine = (): Json => ({ cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memory_gb: Math.round(totalmem() / 2 ** 30), node: process.version });

/** Median, minimum and maximum of some figures. */
export function spread(values: readonly number[]): { median: number; low: number; high: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, low: sorted[0], high: sorted[sorted.length - 1] };
}

/** Runs the contestants in turn, `rounds` times each, and gives every one's milliseconds. */
export async function alternate(contestants: { readonly [name: string]: () => Promise<unknown> }, rounds: number): Promise<{ [name: string]: number[] }> {
  const times: { [name: string]: number[] } = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(contestants)) {
      const start = performance.now();
      await work();
      times[name].push(performance.now() - start);
    }
  }
  return times;
}
