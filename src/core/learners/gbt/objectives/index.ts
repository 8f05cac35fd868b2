// The list of objectives of gradient boosting.
import { makeRegistry } from '../../../base/registry.ts';
import { absolute } from './absolute.ts';
import { binary } from './binary.ts';
import { gamma } from './gamma.ts';
import { huber } from './huber.ts';
import { lambdarank } from './lambdarank.ts';
import type { Objective } from './objective.ts';
import { poisson } from './poisson.ts';
import { quantile } from './quantile.ts';
import { softmax } from './softmax.ts';
import { squared } from './squared.ts';
import { tweedie } from './tweedie.ts';

export const objectives = makeRegistry<Objective>('objective', [binary, softmax, squared, absolute, huber, quantile, poisson, gamma, tweedie, lambdarank]);
