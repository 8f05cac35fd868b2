"""Records golden values of gradient boosting's objectives: objectives.json beside this file.

Gradients, hessians: LightGBM 4's formulas (src/objective/*.hpp) in doubles, held here to what LightGBM itself does: one tree
with a leaf for each row has the value -g / h and the weight h of its row. Starts: LightGBM's constant model.
Losses: scikit-learn's metrics. Run: python record.py (lightgbm 4.7, scikit-learn, numpy)."""
import json, os
import numpy as np
import lightgbm as lgb
from sklearn import metrics

random = np.random.default_rng(7)
quiet = {'verbosity': -1, 'num_threads': 1, 'deterministic': True, 'min_data_in_leaf': 1, 'min_sum_hessian_in_leaf': 0, 'min_data_in_bin': 1, 'feature_pre_filter': False, 'learning_rate': 1.0, 'min_gain_to_split': 1e-7}


def fit(params, X, y, weight, group, init, rounds=1):
    data = lgb.Dataset(np.asarray(X, float), np.asarray(y, float), weight=weight, group=group, init_score=None if init is None else np.asarray(init, float).T.ravel(), free_raw_data=False, params=quiet)
    return lgb.train({**quiet, **params, 'num_leaves': max(2, len(y))}, data, rounds)


def agree(params, y, weight, group, scores, grad, hess):
    """Asserts that LightGBM computes these (rows x outputs) at these scores: the sums of every leaf, one row each where gradients differ."""
    X = np.array([np.random.default_rng(k).permutation(len(y)) + 1.0 for k in range(8)]).T
    sizes = []

    def walk(node, rows, k):
        if 'leaf_value' in node:
            sizes.append(len(rows))
            g, h = grad[rows, k].sum(), hess[rows, k].sum()
            assert np.isclose(node['leaf_weight'], h, rtol=2e-4, atol=1e-6) and np.isclose(-node['leaf_value'] * node['leaf_weight'], g, rtol=2e-4, atol=1e-5), (params, rows, node, g, h)
            return
        goes = [X[r, node['split_feature']] <= node['threshold'] for r in rows]
        walk(node['left_child'], [r for r, left in zip(rows, goes) if left], k)
        walk(node['right_child'], [r for r, left in zip(rows, goes) if not left], k)

    for k, tree in enumerate(fit({**params, 'boost_from_average': False}, X, y, weight, group, scores).dump_model()['tree_info']):
        walk(tree['tree_structure'], list(range(len(y))), k)
    assert len(sizes) >= 4, (params, sizes)


def started(params, y, weight, group):
    return np.asarray(fit(params, np.zeros((len(y), 1)), y, weight, group, None).predict(np.zeros((1, 1)), raw_score=True)).ravel()


sigmoid = lambda s: 1 / (1 + np.exp(-s))


def lambdas(y, s, group, depth):
    """LambdarankNDCG::GetGradientsForOneQuery, sigmoid 1, norm on."""
    g, h = np.zeros(len(y)), np.zeros(len(y))
    gain = 2.0 ** y - 1
    at = 0
    for size in group:
        rows = np.arange(at, at + size)
        at += size
        best = sum(sorted(gain[rows], reverse=True)[r] / np.log2(r + 2) for r in range(min(depth, size)))
        if best <= 0:
            continue
        order = rows[np.argsort(-s[rows], kind='stable')]
        spread = s[order[0]] - s[order[-1]]
        total = 0.0
        for i in range(min(depth, size - 1)):
            for j in range(i + 1, size):
                if y[order[i]] == y[order[j]]:
                    continue
                (hi, hr), (lo, lr) = ((order[i], i), (order[j], j)) if y[order[i]] > y[order[j]] else ((order[j], j), (order[i], i))
                d = s[hi] - s[lo]
                change = (gain[hi] - gain[lo]) * abs(1 / np.log2(hr + 2) - 1 / np.log2(lr + 2)) / best
                if spread != 0:
                    change /= 0.01 + abs(d)
                p = 1 / (1 + np.exp(d))
                g[hi] -= p * change
                g[lo] += p * change
                h[hi] += p * (1 - p) * change
                h[lo] += p * (1 - p) * change
                total += 2 * p * change
        if total > 0:
            g[rows] *= np.log2(1 + total) / total
            h[rows] *= np.log2(1 + total) / total
    return g, h


def ndcg10(y, s, group):
    at, found = 0, []
    for size in group:
        rows = slice(at, at + size)
        at += size
        found.append(metrics.ndcg_score([2.0 ** y[rows] - 1], [s[rows]], k=10) if y[rows].max() > 0 else 1.0)
    return np.mean(found)


def huber_loss(y, s, w, delta):
    e = np.abs(s - y)
    return np.average(np.where(e <= delta, e * e / 2, delta * (e - delta / 2)), weights=w)


n = 11
real = np.round(random.normal(0, 5, n), 3)
positive = np.round(random.gamma(1.5, 2, n) + 0.05, 3)
zeros = np.where(random.random(n) < 0.4, 0, positive)
counts = random.poisson(2.0, n).astype(float)
near = np.round(random.normal(0, 0.7, n), 3)
weights = np.round(0.5 + 2 * random.random(n), 3)
softmax = lambda s: np.exp(s) / np.exp(s).sum(1, keepdims=True)
K = 3
three = random.integers(0, K, n).astype(float)
three[:K] = range(K)
logits = np.round(random.normal(0, 1, (n, K)), 3)
group = [6, 5]
grades = np.array([0, 2, 1, 0, 4, 0, 1, 0, 3, 0, 2], float)

cases = []


def add(name, params, y, s, gh, loss, ours=None, w=None, g=None, lightgbm=True):
    for weight in (None, weights):
        grad, hess = gh(y, s)
        grad, hess = ((v * (1 if weight is None else weight.reshape((-1,) + (1,) * (v.ndim - 1)))).reshape(n, -1) for v in (np.asarray(grad, float), np.asarray(hess, float)))
        if lightgbm:
            agree(params, y, weight, g, s, grad, hess)
        start = None if name == 'lambdarank' else started(params, y, weight, g)
        cases.append({
            'objective': name, 'params': ours or {}, 'target': y.tolist(), 'weight': None if weight is None else weight.tolist(), 'groups': None if g is None else np.repeat(range(len(g)), g).tolist(),
            'scores': np.asarray(s).reshape(n, -1).T.ravel().tolist(), 'gradients': grad.T.ravel().tolist(), 'hessians': hess.T.ravel().tolist(),
            'start': None if start is None else start.tolist(), 'loss': float(loss(y, s, np.ones(n) if weight is None else weight)),
        })


yes = (three > 0).astype(float)
add('binary', {'objective': 'binary'}, yes, near, lambda y, s: (sigmoid(s) - y, sigmoid(s) * (1 - sigmoid(s))), lambda y, s, w: metrics.log_loss(y, sigmoid(s), sample_weight=w))
add('softmax', {'objective': 'multiclass', 'num_class': K}, three, logits, lambda y, s: (softmax(s) - np.eye(K)[y.astype(int)], softmax(s) * (1 - softmax(s)) * K / (K - 1)), lambda y, s, w: metrics.log_loss(y, softmax(s), sample_weight=w))
add('squared', {'objective': 'regression'}, real, near, lambda y, s: (s - y, np.ones(n)), lambda y, s, w: metrics.mean_squared_error(y, s, sample_weight=w))
add('absolute', {'objective': 'regression_l1'}, real, near, lambda y, s: (np.sign(s - y), np.ones(n)), lambda y, s, w: metrics.mean_absolute_error(y, s, sample_weight=w), lightgbm=False)
for q in (0.1, 0.5, 0.85):
    add('quantile', {'objective': 'quantile', 'alpha': q}, real, near, lambda y, s: (np.where(s >= y, 1 - q, -q), np.ones(n)), lambda y, s, w: metrics.mean_pinball_loss(y, s, sample_weight=w, alpha=q), {'quantile': q}, lightgbm=False)
for delta in (0.9, 4.0):
    add('huber', {'objective': 'huber', 'alpha': delta}, real, near, lambda y, s: (np.clip(s - y, -delta, delta), np.ones(n)), lambda y, s, w: huber_loss(y, s, w, delta), {'huberDelta': delta})
add('poisson', {'objective': 'poisson'}, counts, near, lambda y, s: (np.exp(s) - y, np.exp(s + 0.7)), lambda y, s, w: metrics.mean_poisson_deviance(y, np.exp(s), sample_weight=w))
add('gamma', {'objective': 'gamma'}, positive, near, lambda y, s: (1 - y * np.exp(-s), y * np.exp(-s)), lambda y, s, w: metrics.mean_gamma_deviance(y, np.exp(s), sample_weight=w))
for p in (1.1, 1.5, 1.9):
    add('tweedie', {'objective': 'tweedie', 'tweedie_variance_power': p}, zeros, near, lambda y, s: (np.exp((2 - p) * s) - y * np.exp((1 - p) * s), (2 - p) * np.exp((2 - p) * s) - (1 - p) * y * np.exp((1 - p) * s)), lambda y, s, w: metrics.mean_tweedie_deviance(y, np.exp(s), sample_weight=w, power=p), {'tweediePower': p})
for depth in (2, 30):
    add('lambdarank', {'objective': 'lambdarank', 'lambdarank_truncation_level': depth}, grades, near, lambda y, s: lambdas(y, s, group, depth), lambda y, s, w: 1 - np.average([ndcg10(y[:6], s[:6], [6]), ndcg10(y[6:], s[6:], [5])], weights=[w[:6].mean(), w[6:].mean()]), {'rankDepth': depth}, g=group)

leaf = {'residuals': real.tolist(), 'weight': weights.tolist(), 'shares': [], }
for q in (0.1, 0.25, 0.5, 0.9):
    leaf['shares'].append({'share': q, 'plain': float(np.quantile(real, q, method='averaged_inverted_cdf')), 'whole': float(np.quantile(np.repeat(real, (10 * weights).astype(int)), q, method='averaged_inverted_cdf')), 'weighted': float(np.quantile(real, q, weights=weights, method='inverted_cdf'))})

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'objectives.json'), 'w') as out:
    json.dump({'lightgbm': lgb.__version__, 'cases': cases, 'quantiles': leaf}, out, indent=0)
print(len(cases), 'cases')
