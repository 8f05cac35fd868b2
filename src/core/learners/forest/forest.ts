// Random forests and extra-trees. Matrix in, a `trees` model out; the same bytes whatever kernels are passed in.
import { defineLearner } from '../learner.ts';
import { fitForest } from './fit-forest.ts';
import { forestParams } from './params.ts';
import type { ForestParams } from './params.ts';

export const forest = defineLearner<ForestParams>({
  type: 'forest',
  label: 'Random forest',
  help: 'The mean of many deep trees, each grown on its own draw of rows and features. Hard to get wrong, judges itself by the rows left out; larger and slower to serve than boosted trees.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: forestParams,
  makes: 'trees',
  fitsOn: 'trees',
  steps: 'trees',
  validates: false,
  exact: true,
  nominal: true,
  resumes: true,
  fit: (matrix, params, context) => fitForest(matrix, params, context, context.kernels.trees),
});
