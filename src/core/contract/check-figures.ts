// Table rules about figures of one column: moments and quantiles within bounds, values far from the mean, the most frequent
// value, and shares that drift from declared ones (Kullback-Leibler divergence in nats, shares of nothing counted as 1e-6).
import { getBit } from '../base/bits.ts';
import { BarnacleError } from '../base/errors.ts';
import { log } from '../base/numerics.ts';
import { quantilesOf } from '../base/order.ts';
import type { Column } from '../table/table.ts';
import { boundsText, shortTime } from './cell-tests.ts';
import type { Tell } from './check-rules.ts';
import { codesOf, countCodes } from './codes-of.ts';
import type { FigureName, TableRule } from './contract.ts';
import { ruleText } from './rule-words.ts';

type RuleOf<T extends TableRule['type']> = Extract<TableRule, { type: T }>;
const FLOOR = 1e-6;

export function checkFigure(rule: RuleOf<'figure'>, column: Column, rows: number, tell: Tell): void {
  const value = rule.figure === 'distinct-share' ? distinctShare(column, rows) : figureOf(rule.figure, rule.q ?? 0.5, valuesOf(column, rows));
  if (value === null) return;
  const show = (at: number): string => (column.kind === 'time' && rule.figure !== 'sd' && rule.figure !== 'distinct-share' ? shortTime(Math.floor(at)) : String(Number(at.toPrecision(6))));
  if ((rule.min !== null && value < rule.min) || (rule.max !== null && value > rule.max)) tell(null, () => `${ruleText(rule, () => column.kind === 'time')}: it is ${show(value)}, expected ${boundsText(rule, show)}`);
}

export function checkZScore(rule: RuleOf<'z-score'>, column: Column, rows: number, tell: Tell): void {
  const present = valuesOf(column, rows);
  const mean = figureOf('mean', 0, present);
  const sd = figureOf('sd', 0, present);
  if (mean === null || !sd || !('values' in column)) return;
  for (let i = 0; i < rows; i++) {
    if (column.missing && getBit(column.missing, i)) continue;
    const z = (column.values[i] - mean) / sd;
    if (Math.abs(z) > rule.most) tell(i, () => `column "${rule.column}" is ${column.values[i]}, ${Number(Math.abs(z).toPrecision(3))} standard deviations from its mean; at most ${rule.most}`);
  }
}

export function checkMostCommon(rule: RuleOf<'most-common'>, column: Column, rows: number, tell: Tell): void {
  const found = codesOf(column, rows);
  const counts = countCodes(found);
  const most = counts.reduce((so, count) => Math.max(so, count), 0);
  const modes = [...counts.keys()].filter((code) => counts[code] === most).map((code) => found.textOf(code));
  if (most && !modes.some((mode) => rule.values.includes(mode))) tell(null, () => `${ruleText(rule)}: it is "${modes[0].slice(0, 60)}" (${most} rows)`);
}

export function checkShares(rule: RuleOf<'shares'>, column: Column, rows: number, tell: Tell): void {
  const found = codesOf(column, rows);
  const counts = countCodes(found);
  const total = counts.reduce((so, count) => so + count, 0);
  if (!total) return;
  const declared = new Map(rule.shares.map(({ level, share }) => [level, share]));
  let divergence = 0;
  for (let code = 0; code < counts.length; code++) {
    const share = counts[code] / total;
    divergence += share * log(share / Math.max(FLOOR, declared.get(found.textOf(code)) ?? 0));
  }
  if (divergence > rule.most) tell(null, () => `${ruleText(rule)}: they differ by ${Number(divergence.toPrecision(4))} nats`);
}

/** Null where the figure is not defined: no value, or one value for sd. */
export function figureOf(figure: Exclude<FigureName, 'distinct-share'>, q: number, present: Float64Array): number | null {
  const n = present.length;
  if (!n) return null;
  const sum = () => present.reduce((so, value) => so + value, 0);
  if (figure === 'sum') return sum();
  if (figure === 'mean') return sum() / n;
  if (figure === 'min') return present.reduce((so, value) => Math.min(so, value), Infinity);
  if (figure === 'max') return present.reduce((so, value) => Math.max(so, value), -Infinity);
  if (figure === 'median') return quantilesOf(present.slice(), [0.5])[0];
  if (figure === 'quantile') return quantilesOf(present.slice(), [q])[0];
  if (n < 2) return null;
  const mean = sum() / n;
  return Math.sqrt(present.reduce((so, value) => so + (value - mean) * (value - mean), 0) / (n - 1));
}

function distinctShare(column: Column, rows: number): number | null {
  const found = codesOf(column, rows);
  const present = found.codes.reduce((so, code) => so + (code >= 0 ? 1 : 0), 0);
  return present ? found.count / present : null;
}

function valuesOf(column: Column, rows: number): Float64Array {
  if (!('values' in column)) throw new BarnacleError('not-numeric', `column "${column.name}" is a ${column.kind}; expected numbers`, { column: column.name, kind: column.kind });
  const out = new Float64Array(rows);
  let n = 0;
  for (let i = 0; i < rows; i++) if (!(column.missing && getBit(column.missing, i)) && column.values[i] - column.values[i] === 0) out[n++] = column.values[i];
  return out.slice(0, n);
}
