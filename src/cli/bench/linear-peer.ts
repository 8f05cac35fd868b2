// The same fits by scikit-learn on one thread, from the raw columns that linear.ts wrote: milliseconds by the clock and of processor
// time, and the weights. Rows lie in memory as each estimator likes them best; reading is not timed. Default tolerances, more
// iterations where the default would end too early.
import { spawnSync } from 'node:child_process';

export type LinearJob = { model: string; folder: string; rows: number; features: number; isClass: boolean; strength: number; repeats: number };
export type LinearPeerFit = { ms: number[]; cpu: number[]; coef: number[]; intercept: number[]; version: string; note: string };

const script = `
import os, sys, time, json, warnings
for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'): os.environ[name] = '1'
import numpy as np, sklearn
warnings.filterwarnings('ignore')
from sklearn.linear_model import *
from sklearn.svm import LinearSVC
j = json.loads(sys.argv[1]); n, d, a = j['rows'], j['features'], j['strength']
x = np.fromfile(j['folder'] + '/train.x', dtype='<f4').reshape(d, n).T
y = np.fromfile(j['folder'] + '/train.y', dtype='<i4' if j['isClass'] else '<f8')
make = {
    'logistic': lambda: LogisticRegression(C=1 / a, max_iter=2000), 'softmax': lambda: LogisticRegression(C=1 / a, max_iter=2000),
    'ridge': lambda: Ridge(alpha=a), 'lasso': lambda: Lasso(alpha=a, max_iter=10000), 'elastic': lambda: ElasticNet(alpha=a, l1_ratio=0.5, max_iter=10000),
    'poisson': lambda: PoissonRegressor(alpha=a / n, max_iter=2000), 'gamma': lambda: GammaRegressor(alpha=a / n, max_iter=2000),
    'huber': lambda: HuberRegressor(alpha=a, max_iter=2000), 'svm': lambda: LinearSVC(C=1 / a, dual=False, max_iter=5000),
}
X = np.array(x, dtype=np.float64, order='F' if j['model'] in ('lasso', 'elastic', 'path', 'svm') else 'C')
ms, cpu, coef, intercept, note = [], [], [], [], ''
for _ in range(j['repeats']):
    t, c = time.perf_counter(), time.process_time()
    if j['model'] == 'path':
        mean = X.mean(0); alphas, coefs, _ = enet_path(X - mean, y - y.mean(), l1_ratio=0.5, n_alphas=100, eps=1e-3); coef = coefs.T.ravel().tolist()
    else:
        m = make[j['model']]().fit(X, y); coef = np.ravel(m.coef_).tolist(); intercept = np.ravel(m.intercept_).tolist()
        note = str(np.max(m.n_iter_)) + ' iterations' if getattr(m, 'n_iter_', None) is not None else ''
    ms.append((time.perf_counter() - t) * 1000); cpu.append((time.process_time() - c) * 1000)
print(json.dumps({'ms': ms, 'cpu': cpu, 'coef': coef, 'intercept': intercept, 'version': sklearn.__version__, 'note': note}))`;

/** What it measured, or why it could not. */
export function fitInPython(job: LinearJob): LinearPeerFit | string {
  const python = process.env.PYTHON ?? 'python3';
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', script, JSON.stringify(job)], { encoding: 'utf8', timeout: 900_000, maxBuffer: 2 ** 27 });
  if (error || status !== 0) return error ? `${python}: ${error.message}` : (stderr.trim().split('\n').at(-1) ?? 'failed');
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as LinearPeerFit;
}
