// The lines of a linear report in the order and on the axis that the table shows; what it says as a title.
import type { LinearLine, LinearReport } from '../../../core/pipeline/linear-report.ts';

export type CoefficientOrder = 'size' | 'p' | 'name';
/** `key` is unique. Shares of the axis' width; null where there is nothing to draw. */
export type CoefficientRow = LinearLine & { key: string; at: number | null; from: number | null; to: number | null; isClear: boolean };

/** Weights and intervals per standard deviation on one axis around 0. The intercept comes last in its output. */
export function coefficientRows(report: LinearReport, order: CoefficientOrder, output: string | null): CoefficientRow[] {
  const lines = report.lines.filter((line) => output === null || line.output === output);
  const size = (line: LinearLine) => Math.abs(line.perDeviation ?? 0);
  const unit = (line: LinearLine): number | null => (line.perDeviation === null || line.weight === 0 ? null : line.perDeviation / line.weight);
  const ends = (line: LinearLine): [number, number] | null => {
    const factor = unit(line);
    return factor === null || line.low === null || line.high === null ? null : [line.low * factor, line.high * factor];
  };
  const most = lines.reduce((top, line) => Math.max(top, size(line), ...(ends(line) ?? []).map((end) => Math.min(Math.abs(end), 4 * size(line)))), 0) || 1;
  const place = (value: number) => Math.min(1, Math.max(0, 0.5 + value / (2 * most)));
  const rows = lines.map((line, index): CoefficientRow => {
    const span = ends(line);
    return { ...line, key: `${line.output}/${line.feature}/${index}`, at: line.perDeviation === null ? null : place(line.perDeviation), from: span && place(Math.min(...span)), to: span && place(Math.max(...span)), isClear: line.p !== null && line.p < 0.05 };
  });
  const last = (row: CoefficientRow) => Number(row.perDeviation === null);
  const by = order === 'name' ? (a: CoefficientRow, b: CoefficientRow) => (a.feature < b.feature ? -1 : a.feature > b.feature ? 1 : 0) : order === 'p' ? (a: CoefficientRow, b: CoefficientRow) => (a.p ?? 2) - (b.p ?? 2) || size(b) - size(a) : (a: CoefficientRow, b: CoefficientRow) => size(b) - size(a);
  return rows.toSorted((a, b) => last(a) - last(b) || by(a, b));
}

export function coefficientsFinding(report: LinearReport): string {
  const lines = report.lines.filter((line) => line.perDeviation !== null);
  const used = lines.filter((line) => line.weight !== 0);
  const first = used.toSorted((a, b) => Math.abs(b.perDeviation ?? 0) - Math.abs(a.perDeviation ?? 0))[0];
  if (!first) return 'No feature has a weight';
  const rest = used.length < lines.length ? `; ${lines.length - used.length} of ${lines.length} weights are 0` : '';
  return `${first.feature} ${(first.perDeviation ?? 0) > 0 ? 'raises' : 'lowers'} the ${report.scale}${first.output ? ` of ${first.output}` : ''} most${rest}`;
}

const penalties = { none: 'no penalty', ridge: 'ridge', lasso: 'lasso', elastic: 'elastic net' } as const;

/** How it was held back, and how far its errors go. */
export function coefficientsCaption(report: LinearReport): string {
  const rule = report.rule === 'given' ? '' : `, chosen by cross-validation (${report.rule})`;
  const held = report.penalty === 'none' ? 'No penalty' : `Penalty: ${penalties[report.penalty]} ${Number(report.strength.toPrecision(3))}${rule}`;
  const errors = report.why === null ? `Lines: 95 % intervals (${report.degrees === null ? 'normal' : `t, ${Math.round(report.degrees)} degrees`})${report.penalty === 'ridge' ? '; ridge shrinks weights, and intervals do not count that' : ''}.` : `No standard errors: ${report.why}.`;
  return `${held}. ${report.reference === null ? '' : `Differences to ${report.reference}. `}${errors}`;
}
