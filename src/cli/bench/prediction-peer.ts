// The same model predicted in Python, one thread: LightGBM from its text, XGBoost from its JSON. Rows lie in memory as the library
// likes them best (float32, row after row); loading is not timed. XGBoost is timed both ways it has (in place, and through a DMatrix:
// one made beforehand would remember its predictions) and the faster counts.
import { spawnSync } from 'node:child_process';

export const pythonPeers = ['lightgbm', 'xgboost'] as const;
export type PythonPeer = (typeof pythonPeers)[number];
export type PredictJob = { model: string; x: string; out: string; rows: number; features: number; repeats: number; singles: number };
/** Milliseconds of each batch by the clock and of processor time, and the median microseconds of a row alone; `how`: which of a library's ways was faster. */
export type Predicted = { batches: number[]; cpu: number[]; single: number; version: string; how: string };

const script = `
import os, sys, time, json
which, j = sys.argv[1], json.loads(sys.argv[2])
for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'): os.environ[name] = '1'
import numpy as np
X = np.ascontiguousarray(np.fromfile(j['x'], dtype='<f4').reshape(j['features'], j['rows']).T)
if which == 'lightgbm':
    import lightgbm as lib
    m = lib.Booster(model_file=j['model'])
    ways = {'matrix': lambda Z: m.predict(Z, num_threads=1)}
else:
    import xgboost as lib
    m = lib.Booster({'nthread': 1}, model_file=j['model']); m.set_param({'nthread': 1})
    ways = {'in place': m.inplace_predict, 'DMatrix': lambda Z: m.predict(lib.DMatrix(Z, nthread=1))}
best = None
for how, predict in ways.items():
    p = predict(X)
    batches, cpu = [], []
    for _ in range(j['repeats']):
        t, c = time.perf_counter(), time.process_time(); predict(X); batches.append((time.perf_counter() - t) * 1000); cpu.append((time.process_time() - c) * 1000)
    singles = []
    for i in range(j['singles']):
        Z = X[i:i + 1]; t = time.perf_counter(); predict(Z); singles.append((time.perf_counter() - t) * 1e6)
    found = {'batches': batches, 'cpu': cpu, 'single': float(np.median(singles)), 'version': lib.__version__, 'how': how}
    if best is None or np.median(batches) < np.median(best['batches']): best = {**found, 'single': min(found['single'], best['single'] if best else found['single'])}
    else: best['single'] = min(best['single'], found['single'])
    np.asarray(p, dtype='<f8').tofile(j['out'])
print(json.dumps(best))`;

/** What it measured, or why it could not. */
export function predictInPython(peer: PythonPeer, job: PredictJob): Predicted | string {
  const tried: string[] = [];
  const main = process.env.PYTHON ?? 'python3';
  for (const python of peer === 'xgboost' ? [...(process.env.PYTHON_XGBOOST ? [process.env.PYTHON_XGBOOST] : []), main, '/usr/bin/python3'] : [main]) {
    const { status, stdout, stderr, error } = spawnSync(python, ['-c', script, peer, JSON.stringify(job)], { encoding: 'utf8', timeout: 600_000, maxBuffer: 2 ** 26 });
    if (!error && status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Predicted;
    tried.push(error ? `${python}: ${error.message}` : (stderr.trim().split('\n').at(-1) ?? 'failed'));
  }
  return tried[0];
}
