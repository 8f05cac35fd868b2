// From losses by fold to lines and claims. The relative difference is the mean over folds of (ours - theirs) / theirs; beside it
// stand its standard error over the folds and how far ours moves between seeds. Over all tables: the mean and the worst.
import { digits } from '../print.ts';
import type { BenchResult } from './bench.ts';
import type { QualitySet } from './tree-quality-sets.ts';

/** Losses by fold, the peer's once and ours for each seed, under equal rules (isFree: no least size of a leaf in either). */
export type Scores = { set: QualitySet; rows: number; features: number; peers: { [peer: string]: { version: string; losses: number[]; ours: number[][]; isFree: boolean } } };
type Pair = Scores['peers'][string];

export const qualityColumns = ['data', 'rows', 'features', 'loss', 'against', 'theirs', 'ours', 'seeds %', 'difference %', '+-'];
export const qualityRight = [false, true, true, false, false, true, true, true, true, true];

export function reportQuality({ set: { file, task }, rows: all, features, peers }: Scores, { table, rows }: BenchResult): void {
  for (const [peer, pair] of Object.entries(peers)) {
    const { percent, error } = differenceOf(pair);
    const seeds = pair.ours.map(mean);
    const moves = (deviation(seeds) / mean(seeds)) * 100;
    table.push([nameOf(file), String(all), String(features), task === 'regression' ? 'RMSE' : 'log loss', `${peer} ${pair.version}${pair.isFree ? ', leaves of any size' : ''}`, digits(mean(pair.losses), 5), digits(mean(seeds), 5), seeds.length > 1 ? digits(moves, 2) : '-', signed(percent), digits(error, 2)]);
    rows.push({ data: file, task, rows: all, features, against: peer, version: pair.version, least_rows: pair.isFree ? 1 : 20, theirs: mean(pair.losses), ours: mean(seeds), ours_by_seed: seeds, seeds_percent: moves, percent, error });
  }
}

/** At least 14 tables; mean at most +0.3 %, worst at most +2 %. */
export function claimQuality(peer: string, all: readonly Scores[], { claims }: BenchResult): void {
  const found = all.flatMap(({ set, peers }) => (peers[peer] ? [{ ...differenceOf(peers[peer]), name: nameOf(set.file) }] : []));
  if (!found.length) return void claims.push({ claim: `loss of ours against ${peer}`, measured: null, bar: 'mean <= +0.3 %, worst <= +2 %', holds: null });
  const percents = found.map((each) => each.percent);
  const worst = found.reduce((a, b) => (b.percent > a.percent ? b : a));
  claims.push(
    { claim: `mean relative difference of the loss to ${peer}'s over ${found.length} tables, % (standard error ${digits(deviation(percents) / Math.sqrt(percents.length), 2)})`, measured: Number(mean(percents).toFixed(3)), bar: '<= 0.3 over >= 14 tables', holds: found.length < 14 ? null : mean(percents) <= 0.3 },
    { claim: `worst relative difference to ${peer}, % (${worst.name}, standard error over folds ${digits(worst.error, 2)})`, measured: Number(worst.percent.toFixed(3)), bar: '<= 2', holds: worst.percent <= 2 },
  );
}

function differenceOf({ losses, ours }: Pair): { percent: number; error: number } {
  const by = losses.map((theirs, fold) => (100 * (mean(ours.map((seed) => seed[fold])) - theirs)) / theirs);
  return { percent: mean(by), error: deviation(by) / Math.sqrt(by.length) };
}

const nameOf = (file: string): string => file.replace(/\.csv.*/, '');
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number => (values.length > 1 ? Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1)) : 0);
const signed = (percent: number): string => `${percent >= 0 ? '+' : ''}${percent.toFixed(2)}`;
