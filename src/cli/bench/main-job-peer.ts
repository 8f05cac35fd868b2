// The same job in Python, when it has pandas, pyarrow and lightgbm: read, frame, encode, 100 trees on one thread.
import { spawnSync } from 'node:child_process';

const script = `
import sys, time, json
import pandas as pd, lightgbm as lgb
t = time.perf_counter(); out = []
def done(stage, note=''):
    global t; now = time.perf_counter(); out.append({'stage': stage, 'ms': (now - t) * 1000, 'note': note}); t = now
d = pd.read_parquet(sys.argv[1]); done('open')
d.describe(include='all'); done('profile (describe)')
d = d.sort_values('date', kind='stable'); y = (d.delay > 15).astype('int8')
X = pd.DataFrame({'month': d.date.dt.month, 'day': d.date.dt.day, 'weekday': d.date.dt.weekday, 'hour': d.date.dt.hour, 'distance': d.distance,
  'origin': d.origin.astype('category'), 'destination': d.destination.astype('category')})
n = int(len(d) * .8); done('split, features')
m = lgb.LGBMClassifier(n_estimators=100, num_leaves=31, n_jobs=1, verbose=-1).fit(X[:n], y[:n]); done('train 100 trees, one thread')
p = m.predict_proba(X[n:])[:, 1]; r = pd.Series(p).rank().values; k = y[n:].values == 1
auc = (r[k].sum() - k.sum() * (k.sum() + 1) / 2) / (k.sum() * (~k).sum()); done('predict', 'ROC AUC %.4f' % auc)
print(json.dumps(out))`;

/** Stages with milliseconds, or why it was left out. */
export async function lateFlightsInPython(file: string): Promise<{ stage: string; ms: number; note: string }[] | string> {
  const { status, stdout, stderr, error } = spawnSync(process.env.PYTHON ?? 'python3', ['-c', script, file], { encoding: 'utf8', timeout: 600_000 });
  if (error) return 'no python3 on this machine';
  if (status !== 0) return stderr.trim().split('\n').at(-1) ?? 'failed';
  return JSON.parse(stdout) as { stage: string; ms: number; note: string }[];
}
