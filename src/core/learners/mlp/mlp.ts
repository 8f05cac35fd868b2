// Neural nets for tables: RealMLP, TabM, ResNet and a plain net, on net kernels passed in. All chance is seeded and ours (start,
// shuffle, dropout); the arithmetic is the backend's, so equal bytes are promised on one backend, not across backends.
import { BarnacleError } from '../../base/errors.ts';
import { defaults } from '../../base/params.ts';
import { objectives } from '../gbt/objectives/index.ts';
import { objectiveParams } from '../gbt/objectives/params.ts';
import { defineLearner } from '../learner.ts';
import { modelOf, planNet, startOf } from './net-plan.ts';
import { readState, type NetState } from './net-state.ts';
import { mlpParams, type MlpParams } from './params.ts';
import { studyOf } from './study-of.ts';
import { trainNet } from './train-net.ts';
import { readWarmNet } from './warm-net.ts';

export const mlp = defineLearner<MlpParams>({
  type: 'mlp',
  label: 'Neural net',
  help: 'RealMLP, TabM and other nets that do well on tables. Finds smooth interactions that trees cut into steps; likes more than a thousand rows.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: mlpParams,
  makes: 'net',
  fitsOn: 'dense',
  steps: 'epochs',
  validates: true,
  exact: false,
  nominal: true,
  resumes: true,
  warms: true,
  judgedBy: (params) => (params.objective === 'auto' ? [] : objectives.get(params.objective).judges({ ...defaults(objectiveParams), objective: params.objective, quantile: params.quantile, huberDelta: params.huberDelta })),
  study: studyOf,
  async fit(data, params, context) {
    if (!data.target) throw new BarnacleError('bad-target', 'the rows carry no target; choose one', { column: '', reason: 'absent' });
    if (data.features.length === 0) throw new BarnacleError('no-features', 'no feature is left for the net; keep a column in the recipe', { dropped: [] });
    const warm = readWarmNet(context.from ?? null, data);
    const cold = planNet(data, params, warm);
    const plan = warm ? { ...cold, settings: { ...cold.settings, rate: cold.settings.rate * params.warmRate } } : cold;
    if (plan.rows.length === 0) throw new BarnacleError('no-rows', 'there are no rows of weight to train on; choose another split', { what: 'training rows' });
    context.report({ stage: 'fit', done: 0, text: `${plan.net.layers.length} layers, at most ${plan.epochs} epochs of ${Math.ceil(plan.rows.length / plan.batch)} steps` });
    const start = warm?.weights ?? startOf(plan, context.seed);
    const fresh: NetState = { epoch: 0, weights: start, moments: null, best: { epoch: 0, loss: null, weights: start } };
    const state = context.resume ? readState(plan, context.resume) : fresh;
    return modelOf(plan, await trainNet(plan, state, context, await context.kernels.nets()));
  },
});
