// Small training rows for objectives: literal columns, or drawn ones that suit a given objective.
import { sequence } from '../../../../../../src/core/base/random.ts';
import type { Objective, LossRows, OpenObjective } from '../../../../../../src/core/learners/gbt/objectives/objective.ts';
import { objectiveParams } from '../../../../../../src/core/learners/gbt/objectives/params.ts';
import type { ObjectiveParams } from '../../../../../../src/core/learners/gbt/objectives/params.ts';
import { defaults } from '../../../../../../src/core/base/params.ts';

export const CLASSES = 3;

export const rowsOf = (target: readonly number[], weight: readonly number[] | null = null, groups: readonly number[] | null = null): LossRows => ({
  rows: target.length,
  target: Float64Array.from(target),
  weight: weight && Float32Array.from(weight),
  groups: groups && Int32Array.from(groups),
});

export const paramsOf = (given: Partial<ObjectiveParams> = {}): ObjectiveParams => ({ ...defaults(objectiveParams), ...given });
export const outputsOf = (objective: Objective): number => objective.outputs(objective.tasks.includes('multiclass') ? CLASSES : 0);

/** Targets, weights (0.5 to 2.5) and queries of about 8 rows that the objective accepts. */
export function drawnRows(objective: Objective, rows: number, seed: number, isWeighted: boolean): LossRows {
  const random = sequence(seed, 'objective-rows');
  const draw = (): number => {
    const u = random.unit();
    switch (objective.type) {
      case 'binary': return u < 0.4 ? 1 : 0;
      case 'softmax': return Math.floor(u * CLASSES);
      case 'poisson': return Math.floor(6 * u * u);
      case 'gamma': return 0.1 + 5 * u * u;
      case 'tweedie': return u < 0.4 ? 0 : 3 * u;
      case 'lambdarank': return Math.floor(4 * u);
      default: return 10 * random.normal();
    }
  };
  const target = Array.from({ length: rows }, draw);
  const weight = isWeighted ? target.map(() => 0.5 + 2 * random.unit()) : null;
  return rowsOf(target, weight, objective.grouped ? target.map((_, i) => (i * 5) % Math.ceil(rows / 8)) : null);
}

export function drawnScores(objective: Objective, rows: number, seed: number): Float64Array {
  const random = sequence(seed, 'objective-scores');
  const spread = objective.link === 'identity' && !objective.grouped ? 10 : 1;
  return Float64Array.from({ length: rows * outputsOf(objective) }, () => spread * random.normal());
}

/** Gradients, hessians (both in the order of scores) and ranges at these scores. */
export function gradientsAt(open: OpenObjective, scores: Float64Array): { gradients: number[]; hessians: number[]; ranges: number[] } {
  const out = new Float32Array(2 * scores.length);
  const ranges = new Float32Array(2 * Math.max(1, CLASSES));
  open.gradients(scores, out, ranges);
  return { gradients: [...scores].map((_, i) => out[2 * i]), hessians: [...scores].map((_, i) => out[2 * i + 1]), ranges: [...ranges] };
}
