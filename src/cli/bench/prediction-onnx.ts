// Our trees as an ONNX model for onnxruntime: one TreeEnsembleClassifier (ai.onnx.ml 3) with a logistic end, written by hand as
// protocol buffers. Numeric features and a binary target, as the benchmark has.
import type { TreesParts } from '../../core/models/trees-model.ts';
import { attribute, int, manyFloats, manyInts, message, nested, tensor, text } from './onnx-proto.ts';

/** Input `x` (rows x features, float); outputs `label` and `p` (rows x 2). Nodes of a tree come first, then its leaves. */
export function onnxTrees({ features, base, trees }: TreesParts): Uint8Array {
  const [tree, id, feature, value, mode, yes, no, missing]: [number[], number[], number[], number[], string[], number[], number[], number[]] = [[], [], [], [], [], [], [], []];
  const [leafTree, leafId, weight]: [number[], number[], number[]] = [[], [], []];
  trees.forEach(({ nodes, values }, t) => {
    const at = (child: number) => (child < 0 ? nodes.length + ~child : child);
    for (let n = 0; n < nodes.length + values.length; n++) {
      const node = nodes.at(n < nodes.length ? n : nodes.length);
      tree.push(t);
      id.push(n);
      feature.push(node?.feature ?? 0);
      value.push(node?.threshold ?? 0);
      mode.push(node ? 'BRANCH_LEQ' : 'LEAF');
      yes.push(node ? at(node.left) : 0);
      no.push(node ? at(node.right) : 0);
      missing.push(Number(node?.missingLeft ?? false));
      if (node) continue;
      leafTree.push(t);
      leafId.push(n);
      weight.push(values[n - nodes.length] + (t === 0 ? base[0] : 0));
    }
  });
  const node = nested(
    1, text(1, 'x'), text(2, 'label'), text(2, 'p'), text(4, 'TreeEnsembleClassifier'), text(7, 'ai.onnx.ml'),
    manyInts('nodes_treeids', tree), manyInts('nodes_nodeids', id), manyInts('nodes_featureids', feature), manyFloats('nodes_values', value),
    attribute('nodes_modes', mode.map((name) => text(9, name)), 8), manyInts('nodes_truenodeids', yes), manyInts('nodes_falsenodeids', no), manyInts('nodes_missing_value_tracks_true', missing),
    manyInts('class_treeids', leafTree), manyInts('class_nodeids', leafId), manyInts('class_ids', leafId.map(() => 0)), manyFloats('class_weights', weight),
    manyInts('classlabels_int64s', [0, 1]), attribute('post_transform', text(4, 'LOGISTIC'), 3),
  );
  const graph = nested(7, node, text(2, 'trees'), tensor(11, 'x', 1, features), tensor(12, 'label', 7, null), tensor(12, 'p', 1, 2));
  return message([int(1, 8), text(2, 'barnacle bench'), graph, nested(8, text(1, ''), int(2, 15)), nested(8, text(1, 'ai.onnx.ml'), int(2, 3))]);
}
