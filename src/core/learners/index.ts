// The registry of learners: the only list of what can train. One line to add one.
import { makeRegistry } from '../base/registry.ts';
import { baseline } from './baseline.ts';
import { forest } from './forest/forest.ts';
import { gaussianProcess } from './gaussian-process/gaussian-process.ts';
import { gbt } from './gbt/gbt.ts';
import { isolationForest } from './isolation-forest/isolation-forest.ts';
import type { Learner } from './learner.ts';
import { linear } from './linear/linear.ts';
import { svm } from './linear/svm.ts';
import { mlp } from './mlp/mlp.ts';
import { naiveBayes } from './naive-bayes/naive-bayes.ts';
import { neighbors } from './neighbors/neighbors.ts';

export const learners = makeRegistry<Learner>('learner', [
  baseline as Learner,
  linear as Learner,
  gbt as Learner,
  forest as Learner,
  isolationForest as Learner,
  svm as Learner,
  mlp as Learner,
  neighbors as Learner,
  naiveBayes as Learner,
  gaussianProcess as Learner,
]);
