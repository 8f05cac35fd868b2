"""Writes structure.json: components and clusters that scikit-learn finds in small drawn data (python make.py)."""
import json, numpy as np, sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.datasets import load_iris, load_wine
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(11)
single = lambda a: np.asarray(a, dtype=np.float32).astype(float)
centres = rng.normal(size=(5, 6)) * 3
blobs = single(np.concatenate([rng.normal(size=(40, 6)) + c for c in centres]))
holes = single(load_wine().data)
holes[rng.random(holes.shape) < 0.05] = np.nan
sets = dict(iris=single(load_iris().data), wine=single(load_wine().data), blobs=blobs, holes=holes)
out = dict(made=f"scikit-learn {sklearn.__version__}", sets={})
for name, x in sets.items():
    z = np.nan_to_num(StandardScaler().fit_transform(x), nan=0.0)
    n, pca = len(z), PCA().fit(z)
    clusters = {k: KMeans(k, n_init=10, random_state=0).fit(z) for k in (2, 3, 5, 8)}
    out["sets"][name] = dict(x=[[None if np.isnan(v) else float(v) for v in c] for c in x.T], variance=(pca.explained_variance_ * (n - 1) / n).tolist(),
        share=pca.explained_variance_ratio_.tolist(), components=np.abs(pca.components_).tolist(),
        inertia={k: m.inertia_ for k, m in clusters.items()}, silhouette={k: silhouette_score(z, m.labels_) for k, m in clusters.items()})
open("structure.json", "w").write(json.dumps(out) + "\n")
