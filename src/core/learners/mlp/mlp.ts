// A multi-layer perceptron for tables: robust inputs, He-initialised ReLU layers, dropout, AdamW with warm-up and cosine
// decay, early stopping on the validation rows with the best weights kept. All chance is seeded and ours (start, shuffle,
// masks); the arithmetic is the backend's, so equal bytes are promised on one backend, not across backends.
import { isBarnacleError, BarnacleError } from '../../base/errors.ts';
import { defineLearner, type FitContext } from '../learner.ts';
import { taskOf } from '../task-of.ts';
import { fitInputs } from './inputs.ts';
import type { DenseKernels } from './kernels.ts';
import { startWeights } from './start.ts';
import { scoreRows, trainEpoch } from './epoch.ts';
import { studyOf } from './study-of.ts';
import { makeModel, planOf, type MlpParams, type Plan } from './plan.ts';

export const mlp = defineLearner<MlpParams>({
  type: 'mlp',
  label: 'Neural net',
  help: 'A small net of dense layers. Finds smooth interactions that trees cut into steps; likes more than a thousand rows.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: {
    hidden: { kind: 'numbers', label: 'Hidden layers', help: 'Units of each hidden layer, first to last.', fallback: [256, 128], min: 1, max: 4096, integer: true, maxLength: 16 },
    activation: { kind: 'choice', label: 'Activation', help: 'ReLU is faster; SiLU is smoother and sometimes better on regression.', fallback: 'relu', choices: [{ value: 'relu', label: 'ReLU' }, { value: 'silu', label: 'SiLU' }] },
    dropout: { kind: 'number', label: 'Dropout', help: 'Share of hidden units silenced at each step; raise it when training loss falls and validation loss rises.', fallback: 0.1, min: 0, max: 0.9, integer: false },
    rate: { kind: 'number', label: 'Learning rate', help: 'The highest rate, reached after warm-up; falls to 0 along a cosine.', fallback: 0.002, min: 1e-6, max: 1, integer: false, log: true },
    decay: { kind: 'number', label: 'Weight decay', help: 'AdamW\'s pull of weights towards 0.', fallback: 0.02, min: 0, max: 10, integer: false },
    smoothing: { kind: 'number', label: 'Label smoothing', help: 'Share of certainty taken from the true class; softens noisy labels. Classification only.', fallback: 0, min: 0, max: 0.5, integer: false },
    epochs: { kind: 'number', label: 'Epochs', help: 'Passes over the rows at most; 0 chooses by their number.', fallback: 0, min: 0, max: 10_000, integer: true },
    patience: { kind: 'number', label: 'Patience', help: 'Epochs without a better validation loss before it ends; 0 never ends early.', fallback: 6, min: 0, max: 1000, integer: true },
    batch: { kind: 'number', label: 'Batch rows', help: 'Rows of a step; 0 chooses by their number.', fallback: 0, min: 0, max: 65_536, integer: true },
  },
  makes: 'dense',
  fitsOn: 'dense',
  steps: 'epochs',
  validates: true,
  exact: false,
  study: studyOf,
  async fit(data, params, context) {
    if (data.features.length === 0) throw new BarnacleError('no-features', 'no feature is left for the net; keep a column in the recipe', { dropped: [] });
    const plan = planOf(data, params, fitInputs(data, 3));
    const weights = await train(plan, context, await context.kernels.dense());
    return makeModel(plan, weights, taskOf(data.target!));
  },
});

/** Epochs until the plan, the patience or the person ends them; a lost device goes on with the next backend. */
async function train(plan: Plan, context: FitContext, kernels: DenseKernels): Promise<Float32Array[]> {
  let current = startWeights(plan, context.seed);
  let best = current;
  let bestLoss = Infinity;
  let waited = 0;
  let session = kernels.open(plan.net, current, plan.options);
  try {
    for (let epoch = 1; epoch <= plan.epochs; ) {
      try {
        const { loss, stopped, rowsPerSecond } = await trainEpoch(plan, session, epoch, context);
        const fresh = await session.weights();
        const isSound = Number.isFinite(loss) && fresh.every((w) => w.every((v) => Number.isFinite(v)));
        if (!isSound) return failed(best, bestLoss, loss);
        current = fresh;
        const valid = context.valid?.target ? await scoreRows(plan, session, context.valid) : null;
        const judged = valid ?? loss;
        context.report({ stage: 'fit', done: epoch / plan.epochs, text: `epoch ${epoch}: loss ${(loss * plan.unit).toPrecision(4)}${valid === null ? '' : `, validation ${(valid * plan.unit).toPrecision(4)}`}`, point: { step: epoch, train: loss * plan.unit, valid: valid === null ? null : valid * plan.unit, rowsPerSecond } });
        const isBetter = valid === null || judged < bestLoss - 1e-6 * Math.abs(judged);
        if (isBetter) [best, bestLoss, waited] = [current, judged, 0];
        else waited++;
        if (stopped || (plan.patience > 0 && waited >= plan.patience)) return best;
        epoch++;
      } catch (error) {
        if (!isBarnacleError(error, 'no-backend')) throw error;
        const next = await kernels.stepDown();
        if (!next) throw error;
        context.report({ stage: 'fit', done: (epoch - 1) / plan.epochs, text: `${kernels.backend} was lost; epoch ${epoch} starts again on ${next.backend}` });
        session.dispose();
        kernels = next;
        session = kernels.open(plan.net, current, plan.options);
      }
    }
    return best;
  } finally {
    session.dispose();
  }
}

function failed(best: Float32Array[], bestLoss: number, loss: number): Float32Array[] {
  if (Number.isFinite(bestLoss)) return best;
  throw new BarnacleError('numeric-failure', `the net's loss became ${loss} in its first epoch; lower the learning rate`, { where: 'mlp', value: String(loss) });
}
