// The metrics that judge what these params ask to minimise, besides the task's own: a Learner's `judgedBy`.
import { objectives } from './index.ts';
import type { ObjectiveParams } from './params.ts';

export const judgedBy = (params: ObjectiveParams): readonly string[] => (params.objective === 'auto' ? [] : objectives.get(params.objective).judges(params));
