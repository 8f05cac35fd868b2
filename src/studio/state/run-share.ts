// How far a run is, over all its stages: each stage has a span of the whole, so that a bar never runs back.
import type { Progress } from '../../core/base/task.ts';

const spans: { readonly [stage: string]: readonly [number, number] } = { prepare: [0, 0.15], bin: [0.15, 0.2], fit: [0.2, 0.85], evaluate: [0.85, 0.88], intervals: [0.88, 1] };

/** 0..1; null when the stage does not say how far it is. Unknown stages count as fitting. */
export function runShare(progress: Progress): number | null {
  const [from, to] = spans[progress.stage] ?? spans['fit']!;
  return progress.done === null ? null : from + (to - from) * Math.max(0, Math.min(1, progress.done));
}
/** Where a stage begins: what is certain when it does not say more. */
export const stageStart = (progress: Progress): number => (spans[progress.stage] ?? spans['fit']!)[0];
