// A `trees` model as a LightGBM model file (text, version v4), so that its peers explain and predict with the very same trees.
// Starting scores are added to the leaves of each output's first tree; thresholds and leaves are written to the last bit. A
// link that LightGBM does not know is left out: raw scores are the same. Format: LightGBM 4, src/io/tree.cpp (ToString).
import type { Model } from '../../core/models/model.ts';
import type { PackedTree } from '../../core/models/trees-model.ts';
import { partsOf } from '../../core/models/trees-parts.ts';

/** `covers` by leaf over all trees, where the model holds none; counts are 0 without. Throws for sets that take missing rows left. */
export function lightgbmText(model: Model, covers: ArrayLike<number> | null = null): string {
  const { trees, outputs, base, features, task } = partsOf(model);
  if (trees.length < outputs) throw new Error(`a model of ${trees.length} trees has no tree for each of ${outputs} outputs`);
  let leaf = 0;
  const blocks = trees.map((tree, t) => {
    const counts = tree.covers ?? Array.from(tree.values, () => covers?.[leaf++] ?? 0);
    return treeText(tree, t, counts, t < outputs ? base[t] : 0);
  });
  const list = (of: (f: number) => string) => Array.from({ length: features }, (_, f) => of(f)).join(' ');
  const objective = task === 'binary' ? 'binary sigmoid:1' : task === 'multiclass' ? `multiclass num_class:${outputs}` : 'regression';
  return `tree\nversion=v4\nnum_class=${outputs}\nnum_tree_per_iteration=${outputs}\nlabel_index=0\nmax_feature_idx=${features - 1}\nobjective=${objective}\nfeature_names=${list((f) => `x${f}`)}\nfeature_infos=${list(() => '[-1e308:1e308]')}\n\n${blocks.join('\n\n')}\n\nend of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n\npandas_categorical:null\n`;
}

function treeText({ nodes, values }: PackedTree, number: number, counts: ArrayLike<number>, base: number): string {
  const leaves = Array.from(values, (value) => value + base);
  const head = `Tree=${number}\nnum_leaves=${leaves.length}\n`;
  if (nodes.length === 0) return `${head}num_cat=0\nleaf_value=${leaves[0]}\nis_linear=0\nshrinkage=1`;
  const below = new Float64Array(nodes.length);
  const countOf = (child: number) => Math.round(child < 0 ? counts[~child] : below[child]);
  for (let n = nodes.length - 1; n >= 0; n--) below[n] = countOf(nodes[n].left) + countOf(nodes[n].right);
  const bounds = [0];
  const words: number[] = [];
  const thresholds = nodes.map(({ set, threshold, missingLeft }) => {
    if (!set) return Math.fround(threshold);
    if (missingLeft) throw new Error('a set that takes missing rows left cannot be written for LightGBM');
    const bits = new Uint32Array(1 + (Math.max(0, ...set) >>> 5));
    for (const code of set) bits[code >>> 5] |= 1 << (code & 31);
    words.push(...bits);
    return bounds.push(words.length) - 2;
  });
  const missingIsNaN = 8;
  const kinds = nodes.map(({ set, missingLeft }) => missingIsNaN | (set ? 1 : 0) | (missingLeft ? 2 : 0));
  const lines: [string, ArrayLike<number>][] = [
    ['split_feature', nodes.map((node) => node.feature)], ['split_gain', nodes.map((node) => node.gain)], ['threshold', thresholds], ['decision_type', kinds],
    ['left_child', nodes.map((node) => node.left)], ['right_child', nodes.map((node) => node.right)], ['leaf_value', leaves], ['leaf_weight', Array.from(counts)], ['leaf_count', leaves.map((_, leaf) => countOf(~leaf))],
    ['internal_value', nodes.map(() => 0)], ['internal_weight', below], ['internal_count', below], ...(words.length ? ([['cat_boundaries', bounds], ['cat_threshold', words]] satisfies [string, number[]][]) : []),
  ];
  return `${head}num_cat=${bounds.length - 1}\n${lines.map(([name, line]) => `${name}=${Array.from(line).join(' ')}`).join('\n')}\nis_linear=0\nshrinkage=1`;
}
