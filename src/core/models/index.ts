// The registry of model kinds: the only list of what can serve. One line to add one.
import { makeRegistry } from '../base/registry.ts';
import { bayes } from './bayes.ts';
import { constant } from './constant.ts';
import { dense } from './dense.ts';
import { gaussianProcess } from './gaussian-process.ts';
import { linear } from './linear.ts';
import { neighbors } from './neighbors.ts';
import { net } from './net.ts';
import { trees } from './trees.ts';

export const modelKinds = makeRegistry('model kind', [
  constant,
  linear,
  dense,
  net,
  trees,
  neighbors,
  bayes,
  gaussianProcess,
]);
