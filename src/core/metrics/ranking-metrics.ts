// Which metrics a run of a task is scored with, the one that ranks the leaderboard first: ROC AUC for two classes, log
// loss for more (it sees every class), RMSE for values. The rest follow in the registry's order;
// special ones (deviances, pinball losses, NDCG) only where a learner names them or a person asks.
import type { Task } from '../base/task.ts';
import { metrics } from './index.ts';

const first: { readonly [T in Task]: string } = { binary: 'roc-auc', multiclass: 'log-loss', regression: 'rmse' };

export function rankingMetrics(task: Task): string[] {
  const types = metrics.all.filter((metric) => metric.tasks.includes(task) && !metric.special).map((metric) => metric.type);
  return [first[task], ...types.filter((type) => type !== first[task])];
}
