// Boosted trees in Python, each library where it is importable: one fit on one thread, on the rows and with the settings
// that ours gets. Data lie as raw little-endian columns in a folder, where the scores of the test rows are left (test.p).
import { spawnSync } from 'node:child_process';

export const peers = ['lightgbm', 'xgboost', 'sklearn'] as const;
export type Peer = (typeof peers)[number];
/** predictMs is CPU time, as cpuMs. */
export type PeerFit = { ms: number; cpuMs: number; predictMs: number; version: string };

const script = `
import os, sys, time, json
for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'): os.environ[name] = '1'
which, folder, rows, held, features, trees = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7])
import numpy as np
def read(name, n): return np.ascontiguousarray(np.fromfile(f'{folder}/{name}.x', dtype='<f4').reshape(features, n).T)
X, y, Z = read('train', rows), np.fromfile(f'{folder}/train.y', dtype='<i4'), read('test', held)
if which == 'lightgbm':
    import lightgbm as lib
    m = lib.LGBMClassifier(n_estimators=trees, num_leaves=31, learning_rate=.1, min_child_samples=20, reg_lambda=1., max_bin=255, n_jobs=1, verbose=-1)
elif which == 'xgboost':
    import xgboost as lib
    m = lib.XGBClassifier(n_estimators=trees, tree_method='hist', grow_policy='lossguide', max_leaves=31, max_depth=0, learning_rate=.1, reg_lambda=1., max_bin=255, n_jobs=1)
else:
    import sklearn as lib
    from sklearn.ensemble import HistGradientBoostingClassifier
    m = HistGradientBoostingClassifier(max_iter=trees, max_leaf_nodes=31, learning_rate=.1, min_samples_leaf=20, l2_regularization=1., max_bins=255, early_stopping=False)
t, c = time.perf_counter(), time.process_time(); m.fit(X, y); fit, cpu = time.perf_counter() - t, time.process_time() - c
c = time.process_time(); p = m.predict_proba(Z)[:, 1]; predict = time.process_time() - c
np.asarray(p, dtype='<f8').tofile(f'{folder}/test.p')
print(json.dumps({'ms': fit * 1000, 'cpuMs': cpu * 1000, 'predictMs': predict * 1000, 'version': lib.__version__}))`;

/** One fit in a process of its own (its import is not timed), or why there is none. */
export function fitInPython(peer: Peer, folder: string, sizes: { rows: number; held: number; features: number; trees: number }): PeerFit | string {
  const args = [peer, folder, sizes.rows, sizes.held, sizes.features, sizes.trees].map(String);
  const { status, stdout, stderr, error } = spawnSync(process.env.PYTHON ?? 'python3', ['-c', script, ...args], { encoding: 'utf8', timeout: 600_000 });
  if (error) return `no python3 on this machine (${error.message})`;
  if (status !== 0) return stderr.trim().split('\n').at(-1) ?? 'failed';
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as PeerFit;
}
