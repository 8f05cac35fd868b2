// From scores by split to lines and claims. Differences are relative, so that above 0 the first is better; beside their mean
// stands the standard error over splits, and a set is noise when it is within two of these or half a percent.
import { digits } from '../print.ts';
import type { BenchResult } from './bench.ts';
import { isLoss, type NetMeasure, type NetSet } from './net-quality-sets.ts';

/** Scores and seconds by split, of each contestant: net, trees, and the peers that ran. */
export type NetScores = { readonly set: NetSet; readonly rows: number; readonly by: { readonly [who: string]: { scores: number[]; seconds: number[] } } };

export const netQualityColumns = ['data', 'training rows', 'splits', 'measure', 'net', 's', 'trees', 'sklearn MLP', 's', 'RealMLP', 'net vs sklearn %', '+-', 'published'];
export const netQualityRight = [false, true, true, false, true, true, true, true, true, true, true, true, false];

export function reportNets({ set, rows, by }: NetScores, { table, rows: out }: BenchResult): void {
  const say = (who: string): string => (by[who] ? digits(mean(by[who].scores), 4) : '-');
  const seconds = (who: string): string => (by[who] ? digits(mean(by[who].seconds), 2) : '-');
  const against = by['sklearn'] ? difference(set.measure, by['net'].scores, by['sklearn'].scores) : null;
  const published = Object.entries(set.published).map(([name, value]) => `${name} ${value}`).join(', ');
  table.push([set.file.replace(/\.csv.*/, ''), String(rows), String(by['net'].scores.length), set.measure, say('net'), seconds('net'), say('trees'), say('sklearn'), seconds('sklearn'), say('realmlp'), against ? signed(against.percent) : '-', against ? digits(against.error, 2) : '-', published]);
  out.push({ data: set.file, measure: set.measure, rows, published: { ...set.published }, ...Object.fromEntries(Object.entries(by).map(([who, { scores, seconds: took }]) => [who, { mean: mean(scores), scores, seconds: mean(took) }])) });
}

export function claimNets(all: readonly NetScores[], { claims }: BenchResult): void {
  const found = all.flatMap(({ set, by }) => (by['sklearn'] ? [{ name: set.file.replace(/\.csv.*/, ''), ...difference(set.measure, by['net'].scores, by['sklearn'].scores) }] : []));
  const worse = found.filter(({ percent, error }) => percent < -Math.max(0.5, 2 * error));
  claims.push(
    { claim: 'tables on which the net was judged', measured: all.length, bar: '>= 10', holds: all.length >= 10 },
    { claim: `tables on which scikit-learn's MLP is better beyond noise${worse.length ? ` (${worse.map(({ name }) => name).join(', ')})` : ''}`, measured: found.length ? worse.length : null, bar: '0', holds: found.length ? worse.length === 0 : null },
    { claim: 'tables on which the net is better than scikit-learn\'s MLP', measured: found.length ? found.filter(({ percent }) => percent > 0).length : null, bar: `all but noise, of ${found.length}`, holds: null },
  );
  const bars: readonly [string, string, number][] = [['adult', 'accuracy, level with MLP-PLR (0.8704)', 0.868], ['california', 'RMSE, level with MLP-PLR (0.4665)', 0.4665], ['yacht', 'RMSE, at most MC-dropout\'s 0.666', 0.67]];
  for (const [file, what, bar] of bars) {
    const scores = all.find(({ set }) => set.file.startsWith(file));
    const value = scores ? mean(scores.by['net'].scores) : null;
    claims.push({ claim: `${file}: ${what}`, measured: value === null ? null : Number(value.toFixed(4)), bar: `${scores && !isLoss(scores.set.measure) ? '>=' : '<='} ${bar}`, holds: value === null || !scores ? null : isLoss(scores.set.measure) ? value <= bar : value >= bar });
  }
}

/** Percent by which the first is better, split by split: of the loss, or of what is missing to 1. */
export function difference(measure: NetMeasure, ours: readonly number[], theirs: readonly number[]): { percent: number; error: number } {
  const lossOf = (value: number): number => (isLoss(measure) ? value : 1 - value);
  const by = ours.map((value, i) => (100 * (lossOf(theirs[i]) - lossOf(value))) / Math.max(1e-9, lossOf(theirs[i])));
  return { percent: mean(by), error: by.length > 1 ? Math.sqrt(by.reduce((sum, v) => sum + (v - mean(by)) ** 2, 0) / (by.length - 1) / by.length) : 0 };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const signed = (percent: number): string => `${percent >= 0 ? '+' : ''}${percent.toFixed(1)}`;
