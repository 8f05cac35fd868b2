// Boosted trees in Python, each library where it is importable: fits on the rows and with the settings that ours gets (31 leaves,
// rate 0.1, 20 rows in a leaf, L2 1, 255 bins). The clock runs over binning and training, with the arrays in memory as the
// library likes them best (float32, row after row); memory is the most it held during the fit beyond what it held before.
// XGBoost doubles the hessian of softmax where ours and LightGBM take K / (K - 1) of it: its rate and L2 are set in that proportion,
// so that a leaf of the same rows gets the same value.
import { spawnSync } from 'node:child_process';
import type { TreesJob } from './trees-folder.ts';

export const peers = ['lightgbm', 'lightgbm-quantised', 'xgboost', 'sklearn', 'catboost', 'ydf'] as const;
export type Peer = (typeof peers)[number];
/** CPU time is that of all threads. extraBytes: peak memory during the fit less the memory before it; null where the system does not say. */
export type Fit = { ms: number; cpuMs: number; extraBytes: number | null; version: string };

const script = `
import os, sys, time, json
which, jobs = sys.argv[1], json.loads(sys.argv[2])
for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'): os.environ[name] = str(jobs[0]['threads'])
import numpy as np
def status(key):
    try: return next(int(line.split()[1]) * 1024 for line in open('/proc/self/status') if line.startswith(key))
    except (OSError, StopIteration): return None
def forget_peak():
    try: open('/proc/self/clear_refs', 'w').write('5'); return True
    except OSError: return False
def lightgbm(j, X, y, Z):
    import lightgbm as lib
    k = j['classes']
    p = dict(objective='regression' if k == 0 else 'binary' if k == 2 else 'multiclass', num_leaves=31, learning_rate=.1, min_data_in_leaf=j.get('leastRows', 20), lambda_l2=1., max_bin=255, num_threads=j['threads'], seed=j['seed'], verbose=-1)
    if k > 2: p['num_class'] = k
    if which == 'lightgbm-quantised': p.update(use_quantized_grad=True, quant_train_renew_leaf=True)
    return lib, (lambda: lib.train(p, lib.Dataset(X, y, params=p), j['rounds'])), (lambda m: m.predict(Z))
def xgboost(j, X, y, Z):
    import xgboost as lib
    k, t = j['classes'], j['threads']
    p = dict(objective='reg:squarederror' if k == 0 else 'binary:logistic' if k == 2 else 'multi:softprob', tree_method='hist', grow_policy='lossguide', max_leaves=31, max_depth=0, eta=.1, reg_lambda=1., max_bin=255, nthread=t, seed=j['seed'], verbosity=0)
    if k > 2: p.update(num_class=k, eta=.2 * (k - 1) / k, reg_lambda=2. * (k - 1) / k)
    else: p['base_score'] = float(y.mean())
    if k == 0 or 'leastRows' in j: p['min_child_weight'] = float(j.get('leastRows', 20) if k == 0 else 0)
    return lib, (lambda: lib.train(p, lib.QuantileDMatrix(X, y, max_bin=255, nthread=t), j['rounds'])), (lambda m: m.predict(lib.DMatrix(Z, nthread=t)))
def sklearn(j, X, y, Z):
    import sklearn as lib
    from sklearn.ensemble import HistGradientBoostingClassifier as C, HistGradientBoostingRegressor as R
    m = (C if j['classes'] else R)(max_iter=j['rounds'], max_leaf_nodes=31, learning_rate=.1, min_samples_leaf=20, l2_regularization=1., max_bins=255, early_stopping=False, random_state=j['seed'])
    return lib, (lambda: m.fit(X, y)), (lambda m: m.predict(Z) if j['classes'] == 0 else m.predict_proba(Z)[:, 1] if j['classes'] == 2 else m.predict_proba(Z))
def catboost(j, X, y, Z):
    import catboost as lib
    m = (lib.CatBoostClassifier if j['classes'] else lib.CatBoostRegressor)(iterations=j['rounds'], grow_policy='Lossguide', max_leaves=31, learning_rate=.1, min_data_in_leaf=20, l2_leaf_reg=1., border_count=254, thread_count=j['threads'], random_seed=j['seed'], verbose=False, allow_writing_files=False, boosting_type='Plain', bootstrap_type='No')
    return lib, (lambda: m.fit(X, y)), (lambda m: m.predict(Z) if j['classes'] == 0 else m.predict_proba(Z)[:, 1] if j['classes'] == 2 else m.predict_proba(Z))
def ydf(j, X, y, Z):
    import ydf as lib
    task = lib.Task.CLASSIFICATION if j['classes'] else lib.Task.REGRESSION
    l = lib.GradientBoostedTreesLearner(label='y', task=task, num_trees=j['rounds'], growing_strategy='BEST_FIRST_GLOBAL', max_num_nodes=61, max_depth=-1, shrinkage=.1, min_examples=20, l2_regularization=1., validation_ratio=0., discretize_numerical_columns=True, num_discretized_numerical_bins=255, num_threads=j['threads'], random_seed=j['seed'])
    table = lambda A: {'x%d' % f: A[:, f] for f in range(A.shape[1])}
    return lib, (lambda: l.train({**table(X), 'y': y}, verbose=0)), (lambda m: m.predict(table(Z)))
out = []
for j in jobs:
    def read(name, n): return np.ascontiguousarray(np.fromfile(j['folder'] + '/' + name + '.x', dtype='<f4').reshape(j['features'], n).T)
    X, y, Z = read('train', j['rows']), np.fromfile(j['folder'] + '/train.y', dtype='<i4' if j['classes'] else '<f8'), read('test', j['held'])
    lib, fit, predict = dict(lightgbm=lightgbm, xgboost=xgboost, sklearn=sklearn, catboost=catboost, ydf=ydf)[which.split('-')[0]](j, X, y, Z)
    sees = forget_peak(); before = status('VmRSS')
    t, c = time.perf_counter(), time.process_time(); m = fit(); ms, cpu = time.perf_counter() - t, time.process_time() - c
    peak = status('VmHWM')
    np.asarray(predict(m), dtype='<f8').tofile(j['folder'] + '/test.p')
    out.append({'ms': ms * 1000, 'cpuMs': cpu * 1000, 'extraBytes': peak - before if sees and peak and before else None, 'version': lib.__version__})
print(json.dumps(out))`;

/** The fits of one process (imports are not timed), or why there are none. Jobs share their number of threads. */
export function fitInPython(peer: Peer, jobs: readonly TreesJob[]): Fit[] | string {
  const tried: string[] = [];
  for (const python of pythonsOf(peer)) {
    const { status, stdout, stderr, error } = spawnSync(python, ['-c', script, peer, JSON.stringify(jobs)], { encoding: 'utf8', timeout: 900_000, maxBuffer: 2 ** 26 });
    if (!error && status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Fit[];
    tried.push(error ? `${python}: ${error.message}` : (stderr.trim().split('\n').at(-1) ?? 'failed'));
  }
  return tried[0];
}

/** $PYTHON serves all; XGBoost may be in another, $PYTHON_XGBOOST or Debian's. */
function pythonsOf(peer: Peer): string[] {
  const main = process.env.PYTHON ?? 'python3';
  return peer === 'xgboost' ? [...(process.env.PYTHON_XGBOOST ? [process.env.PYTHON_XGBOOST] : []), main, '/usr/bin/python3'] : [main];
}
