#!/usr/bin/env python3
# Records coefficients of scikit-learn and statsmodels on tables of ../shared/data: python make.py [data folder].
# Each design is (value - shift) / scale in double, then single precision; shift is an integer or short decimal and scale a
# power of two, so that linear-golden.test.ts builds the same bits from the same file. Solvers run to tolerances far below 1e-4.
import csv, gzip, json, sys, warnings
from pathlib import Path
import numpy as np
import sklearn, statsmodels
import statsmodels.api as sm
from sklearn.linear_model import (ElasticNet, GammaRegressor, HuberRegressor, Lasso, LogisticRegression, PoissonRegressor, QuantileRegressor, Ridge, TweedieRegressor, enet_path)
from sklearn.svm import LinearSVC, LinearSVR
warnings.filterwarnings('ignore')
here = Path(__file__).parent
data = Path(sys.argv[1]) if len(sys.argv) > 1 else here / '../../../../shared/data'

SETS = [
    ('concrete', 'concrete.csv', 'strength', None, 5000),
    ('power-plant', 'power_plant.csv', 'PE', None, 4000),
    ('insurance', 'medical_insurance.csv', 'charges', None, 5000),
    ('bikes', 'bike_sharing_hour.csv', 'cnt', ['instant', 'dteday', 'casual', 'registered'], 3000),
    ('abalone', 'abalone.csv', 'rings', None, 5000),
    ('pima', 'pima_diabetes.csv', 'class', None, 5000),
    ('spambase', 'spambase.csv', 'target', None, 3000),
    ('segment', 'segment.csv', None, None, 700),
    ('vehicle', 'vehicle.csv', None, None, 5000),
]

def read(file):
    with (gzip.open if file.endswith('.gz') else open)(data / file, 'rt') as f:
        rows = list(csv.reader(f))
    return [c.strip() for c in rows[0]], [[c.strip() for c in r] for r in rows[1:]]

def numeric(cells):
    try: return np.array([float(c) for c in cells])
    except ValueError: return None

def plain(x):
    return np.asarray(x, dtype=float).round(12).tolist() if np.asarray(x).ndim else float(x)

only = sys.argv[2:]
for name, file, target, drop, most in SETS:
    if only and name not in only: continue
    names, rows = read(file)
    target = target or names[-1]
    rows = rows[:: max(1, len(rows) // most)][:most]
    columns, parts = [], []
    for j, column in enumerate(names):
        if column == target or column in (drop or []): continue
        cells = [r[j] for r in rows]
        v = numeric(cells)
        if v is None:
            for level in sorted(set(cells))[1:]:
                columns.append({'column': column, 'level': level, 'shift': 0, 'scale': 1})
                parts.append(np.array([1.0 if c == level else 0.0 for c in cells]))
        else:
            if v.std() == 0: continue
            scale = float(2.0 ** np.round(np.log2(v.std())))
            shift = float(np.round(v.mean() / scale) * scale)
            columns.append({'column': column, 'level': None, 'shift': shift, 'scale': scale})
            parts.append((v - shift) / scale)
    X = np.column_stack(parts).astype(np.float32).astype(np.float64)
    cells = [r[names.index(target)] for r in rows]
    n, d = X.shape
    is_class = target == 'class' or name in ('spambase', 'vehicle', 'segment')
    fits = []
    def add(kind, params, coef, intercept, extra=None):
        fits.append({'kind': kind, 'params': params, 'coef': np.asarray(coef, float).tolist(), 'intercept': np.asarray(intercept, float).reshape(-1).tolist(), **(extra or {})})
    def inference(m, k=None):
        return {'bse': np.asarray(m.bse, float).T.reshape(-1).tolist(), 'p': np.asarray(m.pvalues, float).T.reshape(-1).tolist()}
    A = sm.add_constant(X, prepend=False)
    if is_class:
        classes = sorted(set(cells)); y = np.array([classes.index(c) for c in cells])
        two = len(classes) == 2
        for C in (1.0, 0.01):
            m = LogisticRegression(C=C, solver='newton-cholesky', tol=1e-14, max_iter=10000).fit(X, y)
            add('ridge', {'l2': 1 / C}, m.coef_, m.intercept_)
        m = LogisticRegression(C=1.0, class_weight='balanced', solver='newton-cholesky', tol=1e-14, max_iter=10000).fit(X, y)
        add('ridge', {'l2': 1, 'balance': 'balanced'}, m.coef_, m.intercept_)
        C = 0.1
        m = LogisticRegression(C=C, l1_ratio=1, penalty='l1', solver='saga', tol=1e-9, max_iter=60000).fit(X, y)
        add('lasso', {'alpha': 1 / (C * n)}, m.coef_, m.intercept_)
        m = LogisticRegression(C=C, l1_ratio=0.4, penalty='elasticnet', solver='saga', tol=1e-9, max_iter=60000).fit(X, y)
        add('elastic', {'alpha': 1 / (C * n), 'l1Ratio': 0.4}, m.coef_, m.intercept_)
        if name == 'pima':
            m = sm.Logit(y, A).fit(disp=0, maxiter=100, tol=1e-14, method='newton'); add('none', {}, m.params[:d], m.params[d:], inference(m))
        if name == 'vehicle':
            m = sm.MNLogit(y, A).fit(disp=0, maxiter=200, tol=1e-14, method='newton'); add('none', {'reference': 0}, np.asarray(m.params)[:d].T, np.asarray(m.params)[d], inference(m))
        m = LinearSVC(C=0.5, dual=False, tol=1e-12, max_iter=100000).fit(X, y)
        add('svm', {'c': 0.5, 'heldIntercept': True}, m.coef_, m.intercept_)
    else:
        y = np.array([float(c) for c in cells])
        for alpha in (1.0, 100.0):
            m = Ridge(alpha=alpha, solver='cholesky').fit(X, y); add('ridge', {'l2': alpha}, m.coef_, m.intercept_)
        top = np.abs((X - X.mean(0)).T @ (y - y.mean())).max() / n
        for share in (0.1, 0.003):
            m = Lasso(alpha=top * share, tol=1e-14, max_iter=10**6).fit(X, y); add('lasso', {'alpha': top * share}, m.coef_, m.intercept_)
            m = ElasticNet(alpha=top * share, l1_ratio=0.5, tol=1e-14, max_iter=10**6).fit(X, y); add('elastic', {'alpha': top * share, 'l1Ratio': 0.5}, m.coef_, m.intercept_)
        for ratio in (1.0, 0.5):
            alphas, coefs, _ = enet_path(X - X.mean(0), y - y.mean(), l1_ratio=ratio, n_alphas=40, eps=1e-3, tol=1e-14, max_iter=10**6)
            fits.append({'kind': 'path', 'params': {'l1Ratio': ratio}, 'alphas': alphas.tolist(), 'coefs': coefs.T.tolist()})
        m = HuberRegressor(epsilon=1.35, alpha=1e-4, max_iter=10**5, tol=1e-12, warm_start=True)
        for _ in range(60):  # its L-BFGS ends early; begun again until it cannot go on
            try: m.fit(X, y)
            except ValueError: break
        fits.append({'kind': 'huber', 'params': {'l2': 1e-4}, 'coef': m.coef_.tolist(), 'intercept': [float(m.intercept_)], 'scale': float(m.scale_)})
        for q in (0.5, 0.9):
            m = QuantileRegressor(quantile=q, alpha=0, solver='highs', solver_options={'dual_feasibility_tolerance': 1e-10, 'primal_feasibility_tolerance': 1e-10}).fit(X, y); add('quantile', {'quantile': q}, m.coef_, m.intercept_)
        if y.min() >= 0:
            for alpha in (0.0, 0.1):
                m = PoissonRegressor(alpha=alpha, solver='newton-cholesky', tol=1e-12, max_iter=1000).fit(X, y); add('poisson', {'l2': alpha * n}, m.coef_, m.intercept_)
            m = TweedieRegressor(power=1.5, alpha=0.01, link='log', solver='newton-cholesky', tol=1e-12, max_iter=1000).fit(X, y); add('tweedie', {'l2': 0.01 * n}, m.coef_, m.intercept_)
        if y.min() > 0:
            m = GammaRegressor(alpha=0.01, solver='newton-cholesky', tol=1e-12, max_iter=1000).fit(X, y); add('gamma', {'l2': 0.01 * n}, m.coef_, m.intercept_)
            m = sm.GLM(y, A, family=sm.families.Gamma(sm.families.links.Log())).fit(tol=1e-14, maxiter=200); add('gamma', {'l2': 0, 'penalty': 'none'}, m.params[:d], m.params[d:], inference(m))
        if y.min() >= 0:
            m = sm.GLM(y, A, family=sm.families.Poisson()).fit(tol=1e-14, maxiter=200); add('poisson', {'l2': 0, 'penalty': 'none'}, m.params[:d], m.params[d:], inference(m))
        m = sm.OLS(y, A).fit(); add('none', {}, m.params[:d], m.params[d:], inference(m))
        m = sm.QuantReg(y, A).fit(q=0.5, vcov='iid', max_iter=10000, p_tol=1e-10); fits.append({'kind': 'quantile-errors', 'params': {'quantile': 0.5}, 'bse': np.asarray(m.bse, float).tolist()})
        m = LinearSVR(C=0.5, epsilon=0.1, loss='squared_epsilon_insensitive', dual=False, tol=1e-12, max_iter=10**6).fit(X, y)
        add('svr', {'c': 0.5, 'epsilon': 0.1, 'heldIntercept': True}, m.coef_, m.intercept_)
    out = {'file': file, 'target': target, 'every': max(1, len(read(file)[1]) // most), 'most': most, 'isClass': bool(is_class), 'columns': columns, 'rows': n, 'made': {'scikit-learn': sklearn.__version__, 'statsmodels': statsmodels.__version__}, 'fits': fits}
    short = json.loads(json.dumps(out), parse_float=lambda t: float(f'{float(t):.12g}'))
    for held, full in zip(short['columns'], columns): held['shift'], held['scale'] = full['shift'], full['scale']
    (here / f'{name}.json').write_text(json.dumps(short) + '\n')
    print(name, n, d, len(fits), flush=True)
