// The coefficients of a linear model as the CLI prints them, largest per standard deviation first within each output.
import type { LinearReport } from '../core/pipeline/linear-report.ts';
import { count, digits, textTable } from './print.ts';

const most = 60;

export function linearLines(report: LinearReport): string[] {
  const shown = report.lines.toSorted((a, b) => (a.output < b.output ? -1 : a.output > b.output ? 1 : Math.abs(b.perDeviation ?? Infinity) - Math.abs(a.perDeviation ?? Infinity) || 0));
  const cell = (value: number | null) => (value === null ? '-' : digits(value));
  const hasOutputs = report.lines.some((line) => line.output !== '');
  const rows = shown.slice(0, most).map((line) => [...(hasOutputs ? [line.output] : []), line.feature, cell(line.perDeviation), cell(line.weight), cell(line.original), cell(line.error), cell(line.z), line.p === null ? '-' : line.p < 1e-4 ? '<0.0001' : digits(line.p), line.low === null ? '-' : `${digits(line.low)} to ${digits(line.high)}`]);
  const head = [...(hasOutputs ? ['class'] : []), 'feature', 'per SD', 'weight', 'original unit', 'std. error', report.degrees === null ? 'z' : 't', 'p', '95 % interval'];
  const { penalty, strength, rule } = report;
  return [
    `coefficients on the scale of the ${report.scale}${report.reference === null ? '' : `, as differences to ${report.reference}`}; penalty ${penalty}${penalty === 'none' ? '' : ` ${digits(strength)}${rule === 'given' ? '' : ` (cross-validated: ${rule})`}`}`,
    textTable(head, rows, head.map((_, i) => i > (hasOutputs ? 1 : 0))),
    ...(shown.length > most ? [`and ${count(shown.length - most, 'other coefficient')}; --json has them all`] : []),
    ...(report.why === null ? [] : [`no standard errors: ${report.why}`]),
    ...(report.path ? [`path of ${report.path.strengths.length} strengths from ${digits(report.path.strengths[0])} to ${digits(report.path.strengths.at(-1)!)}; best ${digits(report.path.strengths[report.path.best])} (${report.path.used[report.path.best]} features), simplest ${digits(report.path.strengths[report.path.simplest])} (${report.path.used[report.path.simplest]} features)`] : []),
    ...report.notes.map((note) => `note: ${note.message}`),
  ];
}
