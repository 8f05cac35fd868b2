// SHAP values in Python of a LightGBM model file: LightGBM's own pred_contrib, and the shap package's TreeExplainer by its
// C extension (for a LightGBM model it would call pred_contrib), path-dependent or against background rows; one thread. Loading and making the explainer are not timed. Values are left in
// the folder as shap.p (float64, rows x outputs x features).
import { spawnSync } from 'node:child_process';

export const shapPeers = ['LightGBM pred_contrib', 'shap TreeExplainer', 'shap TreeExplainer, interventional'] as const;
export type ShapPeer = (typeof shapPeers)[number];
export type ShapJob = { folder: string; rows: number; held: number; features: number; outputs: number; background: number };
/** cpuMs: CPU time of the process; error: the largest |base + sum - score|, by the peer's own score. */
export type ShapFit = { ms: number; cpuMs: number; error: number; version: string };

const script = `
import os, sys, time, json
for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'): os.environ[name] = '1'
import numpy as np, lightgbm
which, j = sys.argv[1], json.loads(sys.argv[2])
def read(name): return np.ascontiguousarray(np.fromfile(j['folder'] + '/' + name + '.x', dtype='<f4').reshape(j['features'], -1).T.astype('f8'))
m, Z, version = lightgbm.Booster(model_file=j['folder'] + '/model.txt'), read('test')[:j['rows']], lightgbm.__version__
if which == 'LightGBM pred_contrib':
    work = lambda: m.predict(Z, pred_contrib=True, num_threads=1).reshape(len(Z), j['outputs'], -1)
else:
    import shap, warnings; warnings.simplefilter('ignore'); version = shap.__version__
    back = read('background') if which.endswith('interventional') else None
    e = shap.TreeExplainer(m, back, feature_perturbation='tree_path_dependent' if back is None else 'interventional')
    e.model.model_type = 'internal'
    work = lambda: e.shap_values(Z, check_additivity=False)
t, c = time.perf_counter(), time.process_time(); v = work(); ms, cpu = time.perf_counter() - t, time.process_time() - c
raw = m.predict(Z, raw_score=True, num_threads=1).reshape(len(Z), j['outputs'])
if which == 'LightGBM pred_contrib': base, v = v[:, :, -1], v[:, :, :-1]
else:
    v, base = np.asarray(v), np.atleast_1d(e.expected_value)
    v = v[:, None, :] if v.ndim == 2 else v.transpose(0, 2, 1)
np.asarray(v, dtype='<f8').tofile(j['folder'] + '/shap.p')
print(json.dumps({'ms': ms * 1000, 'cpuMs': cpu * 1000, 'error': float(np.abs(v.sum(2) + base - raw).max()), 'version': version}))`;

/** One explanation in a process of its own, or why there is none. */
export function explainInPython(peer: ShapPeer, job: ShapJob): ShapFit | string {
  const { status, stdout, stderr, error } = spawnSync(process.env.PYTHON ?? 'python3', ['-c', script, peer, JSON.stringify(job)], { encoding: 'utf8', timeout: 600_000 });
  if (error) return `no python3 on this machine (${error.message})`;
  if (status !== 0) return stderr.trim().split('\n').at(-1) ?? 'failed';
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as ShapFit;
}
