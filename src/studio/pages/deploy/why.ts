// An engine's explanation of a row -> the bars of a waterfall, its finding, or why there is none.
import type { WaterfallData } from '../../../charts/waterfall.ts';
import type { RowExplanation } from '../../../core/pipeline/explain-row.ts';
import type { RowWhy } from '../../../wire/engine.ts';
import { linkedWords, scoreUnit } from '../../words/score-words.ts';

export function fallOf({ scale, outputs, base, scores, before, after, columns }: RowExplanation, output: number): WaterfallData {
  return {
    unit: scoreUnit(scale, outputs[output] ?? ''), base: base[output] ?? 0, score: scores[output] ?? 0, before: linkedWords(scale, before[output] ?? 0), after: linkedWords(scale, after[output] ?? 0),
    columns: columns.map((one) => ({ column: one.column, cell: one.cell, contribution: one.contributions[output] ?? 0 })),
  };
}

export function whyFinding({ columns, before, after }: WaterfallData): string {
  const largest = (sign: 1 | -1) => columns.filter((one) => sign * one.contribution > 0).toSorted((a, b) => sign * (b.contribution - a.contribution))[0];
  const [up, down] = [largest(1), largest(-1)];
  const moved = [up ? `${up.column} raises it most` : '', down ? `${down.column} lowers it most` : ''].filter(Boolean).join(', ');
  return `Why ${after}, not ${before}: ${moved || 'no column moves it'}`;
}

export function noWhy(found: RowWhy | null): string {
  if (found === null || found.why !== null) return '';
  if (found.reason === 'no-covers') return 'This model was made before Barnacle kept how many training rows came to each leaf, and its training data is not here to count them. Train it again to see why.';
  return `Exact contributions are read from trees; a ${found.model.toLowerCase()} model has none. Which columns it uses is on the Evaluate page, by shuffling.`;
}
