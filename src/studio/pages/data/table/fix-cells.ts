// Single cells mended by hand: edits of the fix-cells step, whose `edits` is JSON text of [[row, value | null], ...].
// Edits of one column are gathered in one step while nothing but other mended cells stands behind it, since rows are
// counted in the table as it stands there.
import type { CleanStep } from '../../../../core/clean/clean.ts';
import { added, paramsOf } from '../clean/clean-edits.ts';

export type CellEdit = readonly [row: number, value: string | null];

export function readEdits(step: Pick<CleanStep, 'params'>): CellEdit[] {
  const text = paramsOf(step)['edits'];
  if (typeof text !== 'string') return [];
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read.filter((each): each is [number, string | null] => Array.isArray(each) && Number.isInteger(each[0]) && (each[1] === null || typeof each[1] === 'string')) : [];
  } catch {
    return [];
  }
}

/** The later edit of a row wins; rows in order. */
export const joined = (before: readonly CellEdit[], more: readonly CellEdit[]): CellEdit[] => [...new Map([...before, ...more])].sort((a, b) => a[0] - b[0]);

/** The list with these cells of a column mended. */
export function withFixes(steps: readonly CleanStep[], column: string, edits: readonly CellEdit[]): CleanStep[] {
  if (edits.length === 0) return [...steps];
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i]!;
    if (step.disabled === true) continue;
    if (step.type !== 'fix-cells') break;
    if (step.columns[0] !== column) continue;
    return steps.map((each, at) => (at === i ? { ...each, params: { edits: JSON.stringify(joined(readEdits(each), edits)) } } : each));
  }
  return added(steps, [{ type: 'fix-cells', columns: [column], params: { edits: JSON.stringify(joined([], edits)) } }]);
}
