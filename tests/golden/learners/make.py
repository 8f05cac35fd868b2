"""Writes neighbours.json, bayes.json, process.json: what scikit-learn says of small drawn data (python make.py)."""
import json, numpy as np, sklearn
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.naive_bayes import GaussianNB, CategoricalNB
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import Matern, ConstantKernel, WhiteKernel

rng = np.random.default_rng(7)
x = rng.normal(size=(80, 3)).astype(np.float32).astype(float)
q = rng.normal(size=(12, 3)).astype(np.float32).astype(float)
s = 2 * x[:, 0] - x[:, 1] + 0.5 * rng.normal(size=80)
y = np.digitize(s, [-1, 1])
z = lambda a: (a - x.mean(0)) / x.std(0)
base = dict(made=f"scikit-learn {sklearn.__version__}", x=x.T.tolist(), query=q.T.tolist(), codes=y.tolist(), values=s.tolist())
put = lambda name, more: open(name + ".json", "w").write(json.dumps({**base, **more}) + "\n")
put("neighbors", dict(votes=(KNeighborsClassifier(5).fit(z(x), y).predict_proba(z(q)) * 5).tolist(),
    mean=KNeighborsRegressor(5).fit(z(x), s).predict(z(q)).tolist(), manhattan=KNeighborsRegressor(5, metric="manhattan").fit(z(x), s).predict(z(q)).tolist()))
c = rng.integers(0, 4, size=80)
put("bayes", dict(gaussian=GaussianNB().fit(x, y).predict_proba(q).tolist(), level=c.tolist(),
    categorical=CategoricalNB().fit(c[:, None], y).predict_proba(np.arange(4)[:, None]).tolist()))
k = ConstantKernel(1.3) * Matern([0.8, 1.5, 4.0], nu=2.5)
t = (s - s.mean()) / s.std()
g = GaussianProcessRegressor(k, alpha=0.05, optimizer=None).fit(z(x), t)
m, d = g.predict(z(q), return_std=True)
free = GaussianProcessRegressor(ConstantKernel(1) * Matern([1.0] * 3, nu=2.5) + WhiteKernel(0.1), n_restarts_optimizer=8, random_state=0).fit(z(x), t)
put("process", dict(points=z(x).tolist(), asked=z(q).tolist(), truth=t.tolist(), mean=m.tolist(), deviation=d.tolist(), evidence=g.log_marginal_likelihood_value_, best=free.log_marginal_likelihood_value_))
