// An engine's explanation of a run -> the lanes of a beeswarm for one output, and what it shows as a title.
import type { BeeswarmData } from '../../../charts/beeswarm.ts';
import type { RunExplanation } from '../../../core/pipeline/explain-run.ts';

/** Columns with dots, largest mean contribution to that output first. */
export function swarmOf({ rows, outputs, columns, dotted, values, places }: RunExplanation, output: number, unit: string): BeeswarmData {
  const lanes = columns.slice(0, dotted).map(({ column, means }, at) => {
    const from = (at * outputs.length + output) * rows;
    return { column, mean: means[output] ?? 0, values: values.subarray(from, from + rows), places: places.subarray(at * rows, (at + 1) * rows) };
  });
  return { unit, rows, columns: lanes.toSorted((a, b) => b.mean - a.mean) };
}

export function contributionFinding({ columns, unit }: BeeswarmData): string {
  const [first, second] = columns;
  if (!first || first.mean === 0) return `No column moves the ${unit}`;
  return second && second.mean > 0 ? `${first.column} moves the ${unit} most, then ${second.column}` : `Only ${first.column} moves the ${unit}`;
}
