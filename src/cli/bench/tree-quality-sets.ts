// The real tables on which the trees' quality is measured: 4,000 rows and more, all three tasks, targets fixed here; columns that
// give the target away are left out. Tables that trees nearly solve (a log loss below 0.05 hangs on a handful of rows) are not here.
import type { Task } from '../../core/base/task.ts';

export type QualitySet = { file: string; task: Task; target: string; drop: readonly string[] };
const set = (file: string, task: Task, target: string, ...drop: string[]): QualitySet => ({ file, task, target, drop });

export const qualitySets: readonly QualitySet[] = [
  set('adult.csv.gz', 'binary', 'income'),
  set('telco_churn.csv', 'binary', 'Churn'),
  set('credit_default_taiwan.csv.gz', 'binary', 'default payment next month'),
  set('magic_gamma.csv', 'binary', 'Class'),
  set('htru2.csv.gz', 'binary', 'class'),
  set('online_shoppers.csv', 'binary', 'Revenue'),
  set('spambase.csv', 'binary', 'target'),
  set('churn_cell.csv', 'binary', 'target'),
  set('electricity_elec2.csv.gz', 'binary', 'class'),
  set('law_school.csv', 'binary', 'pass_bar'),
  set('satimage.csv', 'multiclass', 'target'),
  set('fars.csv.gz', 'multiclass', 'target'),
  set('poker_100k.csv.gz', 'multiclass', 'CLASS'),
  set('california_housing.csv', 'regression', 'median_house_value'),
  set('diamonds.csv.gz', 'regression', 'price'),
  set('power_plant.csv', 'regression', 'PE'),
  set('protein_casp.csv.gz', 'regression', 'RMSD'),
  set('wine_quality.csv', 'regression', 'quality'),
  set('cpu_act.csv.gz', 'regression', 'target'),
  set('bike_sharing_hour.csv', 'regression', 'cnt', 'casual', 'registered', 'instant'),
  set('abalone.csv', 'regression', 'rings'),
];
