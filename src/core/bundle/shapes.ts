// The shapes of the records that a bundle carries besides recipe and model: contract, baseline profile, golden rows.
import type { Contract } from '../contract/contract.ts';
import { parseContract } from '../contract/parse-contract.ts';
import type { Alert, Bin, ColumnProfile, Pair, Profile, Sum } from '../profile/profile.ts';
import type { Kind } from '../table/table.ts';
import type { Bundle } from './bundle.ts';
import { cell, count, flag, list, map, nullable, number, only, optional, record, text, unfit, type Shape } from './shape.ts';

const columns = 100_000;
const name = text(10_000);
const words = text(100_000);
const kind: Shape<Kind> = only('number', 'category', 'boolean', 'time', 'text');

/** core/contract checks its own record; only the error is the bundle's. */
export const contract: Shape<Contract> = (value, path) => parseContract(value, path, unfit);

const bin: Shape<Bin> = record<Bin>({ from: number, to: number, count });
const numberProfile = record<NonNullable<ColumnProfile['number']>>({
  min: number,
  max: number,
  mean: number,
  sd: number,
  skew: number,
  zeros: count,
  integers: flag,
  quantiles: list(record<{ q: number; value: number }>({ q: number, value: number }), 1000),
  histogram: list(bin, 1000),
});
const columnProfile: Shape<ColumnProfile> = record<ColumnProfile>({
  name,
  kind,
  rows: count,
  missing: count,
  distinct: count,
  distinctIsExact: flag,
  number: nullable(numberProfile),
  levels: nullable(list(record<{ level: string; count: number }>({ level: words, count }), 100_000)),
  rest: count,
  text: nullable(record<NonNullable<ColumnProfile['text']>>({ minLength: number, maxLength: number, meanLength: number })),
  ascending: optional(flag),
});
const alert: Shape<Alert> = record<Alert>({
  code: name,
  severity: only('high', 'watch', 'info'),
  column: nullable(name),
  message: words,
  evidence: words,
  rows: nullable(count),
  fix: nullable(
    record<NonNullable<Alert['fix']>>({
      label: words,
      drop: optional(name),
      step: optional(record<NonNullable<NonNullable<Alert['fix']>['step']>>({ type: name, columns: list(name, columns), params: map(scalar) })),
      clean: optional(list(record<NonNullable<NonNullable<Alert['fix']>['clean']>[number]>({ type: name, columns: list(name, columns), params: map(scalar) }), 100)),
    }),
  ),
});
const pair: Shape<Pair> = record<Pair>({ a: name, b: name, measure: only('pearson', 'spearman', 'cramers-v', 'eta'), value: number, rows: count });

export const profile: Shape<Profile> = record<Profile>({
  version: only(1),
  rows: count,
  columns: list(columnProfile, columns),
  duplicateRows: count,
  pairs: list(pair, 1_000_000),
  sums: optional(list(record<Sum>({ total: name, a: name, b: name }), 1000)),
  sampled: count,
  alerts: list(alert, 1_000_000),
});

export const golden: Shape<Bundle['golden']> = record<Bundle['golden']>({ rows: list(map(cell), 10_000), predictions: list(list(number, 100_000), 10_000) });

function scalar(value: Parameters<Shape<unknown>>[0], path: string): string | number | boolean {
  const held = cell(value, path);
  return held === null ? flag(held, path) : held;
}
