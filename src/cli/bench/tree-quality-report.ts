// From losses by fold to lines and claims. The relative difference is the mean over folds of (ours - theirs) / theirs; beside it
// stand its standard error over the folds and how far ours moves between seeds. Over all tables: the mean and the worst.
import { digits } from '../print.ts';
import type { BenchResult } from './bench.ts';
import type { QualitySet } from './tree-quality-sets.ts';

/** Losses by fold: ours for each seed, a peer's once. */
export type Scores = { set: QualitySet; rows: number; features: number; ours: number[][]; peers: { [peer: string]: { version: string; losses: number[] } } };

export const qualityColumns = ['data', 'rows', 'features', 'loss', 'ours', 'seeds %', 'LightGBM', 'difference %', '+-', 'XGBoost', 'difference %', '+-'];
export const qualityRight = [false, true, true, false, true, true, true, true, true, true, true, true];

export function reportQuality(scores: Scores, { table, rows }: BenchResult): void {
  const ours = meanBySeed(scores);
  const seeds = scores.ours.map((each) => mean(each));
  const moves = (deviation(seeds) / mean(seeds)) * 100;
  const cells = ['lightgbm', 'xgboost'].flatMap((peer) => {
    const theirs = scores.peers[peer];
    if (!theirs) return ['-', '-', '-'];
    const difference = differenceOf(scores, peer)!;
    return [digits(mean(theirs.losses), 5), signed(difference.percent), digits(difference.error, 2)];
  });
  const { file, task } = scores.set;
  table.push([file.replace(/\.csv.*/, ''), String(scores.rows), String(scores.features), task === 'regression' ? 'RMSE' : 'log loss', digits(mean(ours), 5), scores.ours.length > 1 ? digits(moves, 2) : '-', ...cells]);
  rows.push({ data: file, task, rows: scores.rows, features: scores.features, ours: mean(ours), ours_by_seed: seeds, seeds_percent: moves, ...Object.fromEntries(Object.entries(scores.peers).flatMap(([peer, { version, losses }]) => [[peer, mean(losses)], [`${peer}_version`, version], [`${peer}_percent`, differenceOf(scores, peer)!.percent], [`${peer}_error`, differenceOf(scores, peer)!.error]])) });
}

/** At least 14 tables; mean at most +0.3 %, worst at most +2 %. */
export function claimQuality(peer: string, all: readonly Scores[], { claims }: BenchResult): void {
  const found = all.flatMap((scores) => {
    const difference = differenceOf(scores, peer);
    return difference ? [{ ...difference, name: scores.set.file.replace(/\.csv.*/, '') }] : [];
  });
  if (!found.length) return void claims.push({ claim: `loss of ours against ${peer}`, measured: null, bar: 'mean <= +0.3 %, worst <= +2 %', holds: null });
  const percents = found.map((each) => each.percent);
  const worst = found.reduce((a, b) => (b.percent > a.percent ? b : a));
  claims.push(
    { claim: `mean relative difference of the loss to ${peer}'s over ${found.length} tables, % (standard error ${digits(deviation(percents) / Math.sqrt(percents.length), 2)})`, measured: Number(mean(percents).toFixed(3)), bar: '<= 0.3 over >= 14 tables', holds: found.length < 14 ? null : mean(percents) <= 0.3 },
    { claim: `worst relative difference to ${peer}, % (${worst.name}, standard error over folds ${digits(worst.error, 2)})`, measured: Number(worst.percent.toFixed(3)), bar: '<= 2', holds: worst.percent <= 2 },
  );
}

function differenceOf(scores: Scores, peer: string): { percent: number; error: number } | null {
  const theirs = scores.peers[peer]?.losses;
  if (!theirs) return null;
  const by = meanBySeed(scores).map((ours, fold) => (100 * (ours - theirs[fold])) / theirs[fold]);
  return { percent: mean(by), error: deviation(by) / Math.sqrt(by.length) };
}

const meanBySeed = ({ ours }: Scores): number[] => ours[0].map((_, fold) => mean(ours.map((losses) => losses[fold])));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number => (values.length > 1 ? Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1)) : 0);
const signed = (percent: number): string => `${percent >= 0 ? '+' : ''}${percent.toFixed(2)}`;
