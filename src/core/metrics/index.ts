// The list of metrics; ranking-metrics.ts says which of them score a run and which ranks it.
import { makeRegistry } from '../base/registry.ts';
import { accuracy } from './accuracy.ts';
import { averagePrecision } from './average-precision.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';
import { brier } from './brier.ts';
import { f1 } from './f1.ts';
import { gammaDeviance } from './gamma-deviance.ts';
import { logLoss } from './log-loss.ts';
import { mae } from './mae.ts';
import { mape } from './mape.ts';
import { mcc } from './mcc.ts';
import type { Metric } from './metric.ts';
import { ndcg10 } from './ndcg-10.ts';
import { pinballs } from './pinball.ts';
import { poissonDeviance } from './poisson-deviance.ts';
import { r2 } from './r2.ts';
import { rmse } from './rmse.ts';
import { rmsle } from './rmsle.ts';
import { rocAuc } from './roc-auc.ts';
import { tweedieDeviance } from './tweedie-deviance.ts';

export const metrics = makeRegistry<Metric>('metric', [rocAuc, logLoss, averagePrecision, accuracy, balancedAccuracy, f1, mcc, brier, rmse, mae, r2, mape, rmsle, poissonDeviance, gammaDeviance, tweedieDeviance, ...pinballs, ndcg10]);
