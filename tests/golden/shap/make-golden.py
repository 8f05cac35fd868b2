"""SHAP values of LightGBM models by the shap package, for shap.test.ts: python make-golden.py (shap 0.51, lightgbm 4.7).

Leaves and thresholds are rounded to single precision in the model's text first, as ours are, and the model is read back, so
both sides explain the same model. Path-dependent and interventional values are shap.TreeExplainer's; the model with a
categorical feature, which that refuses, has LightGBM's own pred_contrib. Interventional values of several classes are left out:
shap 0.51 adds the classes up for LightGBM's models.
"""
import json, os, re
import lightgbm, numpy as np, shap

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(4)


def rounded(booster):
    """The model with leaves to the nearest float32 and thresholds to the next float32 below."""
    def below(x):
        y = np.float32(x)
        return float(y if y <= x else np.nextafter(y, np.float32(-np.inf)))
    text = booster.model_to_string()
    text = re.sub(r'^leaf_value=(.*)$', lambda m: 'leaf_value=' + ' '.join(repr(float(np.float32(float(v)))) for v in m[1].split()), text, flags=re.M)
    if 'cat_threshold' not in text:
        text = re.sub(r'^threshold=(.*)$', lambda m: 'threshold=' + ' '.join(repr(below(float(v))) for v in m[1].split()), text, flags=re.M)
    return lightgbm.Booster(model_str=re.sub(r'^tree_sizes=.*\n', '', text, flags=re.M))


def tree(root):
    nodes, values, covers = [], [], []
    def walk(node):
        if 'leaf_value' in node:
            values.append(float(np.float32(node['leaf_value'])))
            covers.append(node['leaf_count'])
            return ~(len(values) - 1)
        is_set = node['decision_type'] == '=='
        at = len(nodes)
        cut = None if is_set else float(np.float32(node['threshold']))
        missing = node['default_left'] if node['missing_type'] == 'NaN' else (cut is not None and 0 <= cut)
        nodes.append({'feature': node['split_feature'], 'threshold': 0 if is_set else cut, 'set': [int(v) for v in node['threshold'].split('||')] if is_set else None, 'missingLeft': bool(missing), 'gain': node['split_gain']})
        nodes[at]['left'] = walk(node['left_child'])
        nodes[at]['right'] = walk(node['right_child'])
        return at
    walk(root)
    return {'nodes': nodes, 'values': values, 'covers': covers}


def write(name, booster, x, background, task, classes):
    outputs = max(1, len(classes)) if task == 'multiclass' else 1
    record = {'task': task, 'classes': classes, 'outputs': outputs, 'trees': [tree(one['tree_structure']) for one in booster.dump_model()['tree_info']],
              'rows': [[None if np.isnan(v) else float(v) for v in row] for row in x], 'background': [[None if np.isnan(v) else float(v) for v in row] for row in background], 'made': {'shap': shap.__version__, 'lightgbm': lightgbm.__version__}}
    contributions = booster.predict(x, pred_contrib=True).reshape(len(x), outputs, x.shape[1] + 1)
    record['contrib'] = {'base': contributions[0, :, -1].tolist(), 'values': contributions[:, :, :-1].tolist()}
    if name != 'nominal':
        for key, explainer in {'path': shap.TreeExplainer(booster, feature_perturbation='tree_path_dependent'), 'interventional': shap.TreeExplainer(booster, background, feature_perturbation='interventional')}.items():
            if key == 'interventional' and outputs > 1:
                continue
            if outputs == 1:
                explainer.model.model_type = 'internal'  # its own C extension instead of pred_contrib
            values = np.asarray(explainer.shap_values(x))
            values = values[:, None, :] if values.ndim == 2 else values.transpose(0, 2, 1)
            record[key] = {'base': np.atleast_1d(explainer.expected_value).tolist(), 'values': values.tolist()}
    with open(os.path.join(here, name + '.json'), 'w') as file:
        json.dump(record, file)


x = np.round(random.normal(size=(3000, 6)) * 4) / 4
x[:, 5] = random.integers(0, 12, 3000)
score = x[:, 0] * x[:, 1] + np.abs(x[:, 2]) + 0.4 * (x[:, 5] % 3) + random.normal(size=3000) * 0.5
x[random.random((3000, 6)) < [0.1, 0, 0.2, 0, 0, 0]] = np.nan
parts = x[:20], x[100:130]
common = dict(learning_rate=0.3, verbose=-1, n_jobs=1, min_child_samples=5)
write('binary', rounded(lightgbm.LGBMClassifier(n_estimators=12, num_leaves=31, **common).fit(x, score > 1).booster_), *parts, 'binary', ['no', 'yes'])
write('multiclass', rounded(lightgbm.LGBMClassifier(n_estimators=4, num_leaves=9, **common).fit(x, np.digitize(score, [0, 1.5])).booster_), *parts, 'multiclass', ['a', 'b', 'c'])
write('regression', rounded(lightgbm.LGBMRegressor(n_estimators=4, num_leaves=90, **common).fit(x, score * 100).booster_), *parts, 'regression', [])
write('nominal', rounded(lightgbm.LGBMRegressor(n_estimators=8, num_leaves=15, **common).fit(x, score, categorical_feature=[5]).booster_), *parts, 'regression', [])
