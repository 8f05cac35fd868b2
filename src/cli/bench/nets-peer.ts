// PyTorch and scikit-learn on the CPU, each where it is importable: the same rows, order, start weights (PyTorch), batch and Adam,
// rows gathered by index inside the clock. scikit-learn's MLPClassifier makes one epoch of its own, for the plain net alone.
import { spawnSync } from 'node:child_process';
import type { NetsJob, NetsRun } from './nets-rows.ts';

export const pythonPeers = ['torch', 'sklearn'] as const;

const script = `
import os, sys, time, json, warnings
job = json.loads(sys.stdin.read())
for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'): os.environ[name] = str(job['threads'])
warnings.filterwarnings('ignore')
import numpy as np
def read(name, kind): return np.fromfile(job['folder'] + '/' + name, dtype=kind)
X, y, order = read('x', '<f4').reshape(job['rows'], job['features']), read('y', '<i4'), read('order', '<i4')
net, B = job['net'], job['batch']
def clocks(): return time.perf_counter(), time.process_time()
def torch_run():
    import torch
    from torch import nn
    import torch.nn.functional as F
    torch.set_num_threads(job['threads'])
    flat = read('weights', '<f4')
    P = {s['name']: nn.Parameter(torch.from_numpy(flat[s['offset']:s['offset'] + s['size']].reshape(s['shape']).copy()), requires_grad=s['trained']) for s in job['slots']}
    acts = dict(relu=F.relu, silu=F.silu, selu=F.selu, mish=F.mish, tanh=torch.tanh)
    def scores(z):
        e = net['inputs']['encoding']
        if e and e['kind'] == 'pbld':
            w = torch.cos(2 * np.pi * z.unsqueeze(2) * P['inputs.frequencies'] + P['inputs.phases'])
            w = torch.bmm(w.transpose(0, 1), P['inputs.weights']).transpose(0, 1) + P['inputs.bias']
            z = torch.cat([z.unsqueeze(2), w], 2).reshape(z.shape[0], -1)
        elif e and e['kind'] == 'piecewise':
            edges = P['inputs.edges']
            t = ((z.unsqueeze(2) - edges[:, :-1]) / (edges[:, 1:] - edges[:, :-1])).clamp(0, 1)
            z = (torch.bmm(t.transpose(0, 1), P['inputs.weights']).transpose(0, 1) + z.unsqueeze(2) * P['inputs.line'] + P['inputs.bias']).reshape(z.shape[0], -1)
        elif e: raise SystemExit('no ' + e['kind'] + ' here')
        for l, layer in enumerate(net['layers']):
            k = layer['kind']
            if k == 'scale' and not layer['member']: z = z * P['%d.scale' % l][0]
            elif k == 'dense': z = torch.addmm(P['%d.bias' % l], z, P['%d.weights' % l]) if layer['bias'] else z @ P['%d.weights' % l]
            elif k == 'activate':
                f = acts[layer['by']](z)
                z = z + P['%d.mix' % l] * (f - z) if layer['mixed'] else f
            elif k == 'drop': z = F.dropout(z, layer['rate'])
            else: raise SystemExit('no layer ' + k + ' here')
        return z
    o = job['optimizer']
    # one group for each pair of rate and decay, as a user would have them
    groups = {}
    for i, s in enumerate(job['slots']):
        if s['trained']: groups.setdefault((o['rates'][i], o['decays'][i]), []).append(P[s['name']])
    opt = torch.optim.AdamW([dict(params=p, lr=job['rate'] * r, weight_decay=d / r) for (r, d), p in groups.items()], betas=(o['beta1'], o['beta2']), eps=o['epsilon'])
    Xt, yt, ot = torch.from_numpy(X), torch.from_numpy(y.astype('<i8')), torch.from_numpy(order.astype('<i8'))
    def step(b):
        rows = ot[b * B:(b + 1) * B]
        opt.zero_grad(); loss = F.cross_entropy(scores(Xt[rows]), yt[rows]); loss.backward(); opt.step()
        return loss
    n, b = job['rows'] // B, 0
    t, c = clocks()
    while b < job['warmUp'] or (b < n and (time.perf_counter() - t) * 1000 < job['warmMs']): step(b % n); b += 1
    warmed = b
    t, c = clocks()
    while b < 2 * n and (time.perf_counter() - t) * 1000 < job['ms']: step(b % n); b += 1
    t2, c2 = clocks()
    loss = sum(step(max(0, again) % n).item() for again in range(b - 5, b)) / 5
    return dict(ms=(t2 - t) * 1000, cpuMs=(c2 - c) * 1000, steps=b - warmed, total=b, loss=loss, version=torch.__version__)
def sklearn_run():
    import sklearn
    from sklearn.neural_network import MLPClassifier
    hidden = [l['units'] for l in net['layers'] if l['kind'] == 'dense'][:-1]
    if net['inputs']['encoding'] or any(l['kind'] not in ('dense', 'activate') for l in net['layers']): raise SystemExit('it has only plain nets')
    m = MLPClassifier(hidden, activation='relu', solver='adam', alpha=0., batch_size=B, learning_rate_init=job['rate'], max_iter=1, shuffle=True, random_state=1)
    m.fit(X[:B * 4], y[:B * 4])
    t, c = clocks(); m.fit(X, y); t2, c2 = clocks()
    return dict(ms=(t2 - t) * 1000, cpuMs=(c2 - c) * 1000, steps=-(-job['rows'] // B), total=-(-job['rows'] // B), loss=m.loss_, version=sklearn.__version__)
print(json.dumps(dict(torch=torch_run, sklearn=sklearn_run)[job['by']]()))`;

/** A run in Python ($PYTHON), or why there is none. */
export function trainInPython(job: NetsJob, folder: string): NetsRun | string {
  const { status, stdout, stderr, error } = spawnSync(process.env.PYTHON ?? 'python3', ['-c', script], { encoding: 'utf8', timeout: 600_000, maxBuffer: 2 ** 26, input: JSON.stringify({ ...job, folder }) });
  if (error) return error.message;
  if (status !== 0) return stderr.trim().split('\n').at(-1) || 'failed';
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as NetsRun;
}
