// A learner that takes steps, reports checkpoints and resumes: each step moves a constant towards the target's mean.
// Put in the registry's place for a test with `registerStepLearner`.
import { vi } from 'vitest';
import { learners } from '../../../../src/core/learners/index.ts';
import type { Learner } from '../../../../src/core/learners/learner.ts';
import type { Model } from '../../../../src/core/models/model.ts';

export type StepParams = { steps: number };
export const stepLearner: Learner<StepParams> = {
  type: 'stepper', label: 'Stepper', help: '', tasks: ['regression'], makes: 'constant', validates: false, fitsOn: 'core', steps: 'steps', exact: true, resumes: true, warms: true,
  params: { steps: { kind: 'number', label: 'Steps', help: '', fallback: 10, min: 1, max: 1000, integer: true } },
  async fit(data, params, context) {
    const target = data.target!;
    const mean = target.kind === 'value' ? target.values.reduce((a, b) => a + b, 0) / data.rows : 0;
    const modelOf = (value: number): Model => ({ type: 'constant', task: 'regression', classes: [], features: data.features.length, json: {}, arrays: { value: Float64Array.of(value) } });
    let at = context.resume?.step ?? 0;
    let value = context.resume ? context.resume.model.arrays['value']![0]! : (context.from?.arrays['value']?.[0] ?? context.seed);
    while (at < params.steps) {
      at++;
      value += (mean - value) / (at + 2);
      context.keep?.(at, () => ({ learner: 'stepper', step: at, model: modelOf(value), json: { at } }));
      context.report({ stage: 'fit', done: at / params.steps, text: `step ${at}`, point: { step: at, train: Math.abs(mean - value), valid: null, rowsPerSecond: null, extra: { gain: 1 / at } } });
      if ((await context.breathe()) === 'stop') break;
    }
    return modelOf(value);
  },
};

export function registerStepLearner(): void {
  const { get } = learners;
  vi.spyOn(learners, 'get').mockImplementation((type) => (type === 'stepper' ? (stepLearner as unknown as Learner) : get(type)));
}
