// Gradient-boosted decision trees: histograms, leaf-wise growth, missing values routed by gain, sets of levels, early stopping.
// Matrix in, a `trees` model out; the same bytes whatever kernels are passed in. Constant features are left out.
// After LightGBM (Ke et al., NeurIPS 2017) and quantised training (Shi et al., NeurIPS 2022).
import { defineLearner } from '../learner.ts';
import { fitGbt } from './fit-gbt.ts';
import { judgedBy } from './objectives/judged-by.ts';
import { gbtParams } from './params.ts';
import type { GbtParams } from './params.ts';

export const gbt = defineLearner<GbtParams>({
  type: 'gbt',
  label: 'Gradient-boosted trees',
  help: 'Many small trees, each correcting the ones before. Assumes nothing about scale or shape and takes missing values as they are: the first choice for most tables.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: gbtParams,
  makes: 'trees',
  fitsOn: 'trees',
  steps: 'trees',
  validates: true,
  exact: true,
  nominal: true,
  resumes: true,
  warms: true,
  judgedBy,
  fit: (matrix, params, context) => fitGbt(matrix, params, context, context.kernels.trees),
});
