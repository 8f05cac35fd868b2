// Nets in Python on the matrices that ours gets, where they can be imported: scikit-learn's MLP with its defaults on standardised
// inputs (missing as the median) and a standardised target, and pytabkit's RealMLP. Training and validation rows are both theirs:
// scikit-learn's learns from all, RealMLP is told which are for validation.
import { spawnSync } from 'node:child_process';
import type { TreesJob } from './trees-folder.ts';

export const netPeers = ['sklearn', 'realmlp'] as const;
export type NetPeer = (typeof netPeers)[number];
/** `valid`: the last so many of the rows are the validation rows. */
export type NetJob = TreesJob & { valid: number };
export type NetFit = { ms: number; version: string };

const script = `
import os, sys, time, json, warnings
which, jobs = sys.argv[1], json.loads(sys.argv[2])
for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'): os.environ[name] = str(jobs[0]['threads'])
import numpy as np
warnings.filterwarnings('ignore')
def sklearn(j, X, y, Z):
    import sklearn as lib
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    m = MLPClassifier(random_state=j['seed']) if j['classes'] else TransformedTargetRegressor(MLPRegressor(random_state=j['seed']), transformer=StandardScaler())
    return lib, make_pipeline(StandardScaler(), m).fit
def realmlp(j, X, y, Z):
    import pytabkit as lib, torch
    torch.set_num_threads(j['threads'])
    m = (lib.RealMLP_TD_Classifier if j['classes'] else lib.RealMLP_TD_Regressor)(device='cpu', random_state=j['seed'], n_threads=j['threads'], **({'use_ls': False} if j['classes'] else {}))
    return lib, (lambda X, y: m.fit(X, y, val_idxs=np.arange(len(y) - j['valid'], len(y))))
out = []
for j in jobs:
    def read(name, n): return np.ascontiguousarray(np.fromfile(j['folder'] + '/' + name + '.x', dtype='<f4').reshape(j['features'], n).T)
    X, y, Z = read('train', j['rows']), np.fromfile(j['folder'] + '/train.y', dtype='<i4' if j['classes'] else '<f8'), read('test', j['held'])
    middle = np.nan_to_num(np.nanmedian(X, axis=0))
    X, Z = np.where(np.isnan(X), middle, X), np.where(np.isnan(Z), middle, Z)
    lib, fit = dict(sklearn=sklearn, realmlp=realmlp)[which](j, X, y, Z)
    start = time.perf_counter(); m = fit(X, y); ms = (time.perf_counter() - start) * 1000
    P = m.predict(Z) if j['classes'] == 0 else m.predict_proba(Z)
    if j['classes'] == 2: P = P[:, 1]
    np.ascontiguousarray(P, dtype='<f8').tofile(j['folder'] + '/test.p')
    out.append(dict(ms=ms, version=lib.__version__))
print(json.dumps(out))
`;

/** The fits, in order, or why there are none. Scores lie in each job's folder. */
export function fitNetInPython(peer: NetPeer, jobs: readonly NetJob[]): NetFit[] | string {
  const python = process.env.PYTHON ?? 'python3';
  const { status, stdout, stderr } = spawnSync(python, ['-c', script, peer, JSON.stringify(jobs)], { encoding: 'utf8', timeout: 600_000, maxBuffer: 2 ** 26 });
  const answer = stdout?.trim().split('\n').find((line) => line.startsWith('['));
  if (status !== 0 || !answer) return stderr?.trim().split('\n').at(-1) || `${python} could not be run, or took more than ten minutes`;
  return JSON.parse(answer) as NetFit[];
}
