// Linear support vector machines as liblinear's primal solvers: squared hinge with L2, one machine for two classes, one against the
// rest for more; squared error beyond epsilon for values. Serves as a `linear` model: Platt's curve is folded into the weights.
import { defineLearner } from '../learner.ts';
import { fitSvm } from './fit-svm.ts';
import { svmParams, type SvmParams } from './svm-params.ts';

export const svm = defineLearner<SvmParams>({
  type: 'svm',
  label: 'Linear SVM',
  help: 'Puts the widest margin between classes; rows well on their side do not count. Like logistic regression, often better with many features for few rows; its probabilities are fitted afterwards.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: svmParams,
  makes: 'linear',
  fitsOn: 'core',
  steps: 'iterations',
  validates: false,
  exact: true,
  byDefault: false,
  fit: fitSvm,
});
