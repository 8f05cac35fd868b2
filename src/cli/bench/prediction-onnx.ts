// Our trees as an ONNX model for onnxruntime: one TreeEnsembleClassifier (ai.onnx.ml 3) with a logistic end, written by hand as
// protocol buffers (onnx.proto3: field numbers beside each message). Numeric features and a binary target, as the benchmark has.
import type { TreesParts } from '../../core/models/trees-model.ts';

type Field = { number: number; wire: 0 | 2 | 5; bytes: number[] | Uint8Array };

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return [...out, Number(rest)];
}
const int = (number: number, value: number): Field => ({ number, wire: 0, bytes: varint(value) });
const bytes = (number: number, value: Uint8Array): Field => ({ number, wire: 2, bytes: value });
const text = (number: number, value: string): Field => bytes(number, new TextEncoder().encode(value));
const floats = (number: number, values: readonly number[]): Field => bytes(number, new Uint8Array(Float32Array.from(values).buffer));
const ints = (number: number, values: readonly number[]): Field => bytes(number, Uint8Array.from(values.flatMap(varint)));
const nested = (number: number, ...fields: Field[]): Field => bytes(number, message(fields));

function message(fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap(({ number, wire, bytes: body }) => [Uint8Array.from([...varint((number << 3) | wire), ...(wire === 2 ? varint(body.length) : [])]), Uint8Array.from(body)]);
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** AttributeProto: name 1, s 4, floats 7, ints 8, strings 9, type 20. */
const attribute = (name: string, value: Field | readonly Field[], type: number): Field => nested(5, text(1, name), ...(Array.isArray(value) ? (value as readonly Field[]) : [value as Field]), int(20, type));
const manyInts = (name: string, values: readonly number[]): Field => attribute(name, ints(8, values), 7);
const manyFloats = (name: string, values: readonly number[]): Field => attribute(name, floats(7, values), 6);

/** A ValueInfoProto: name 1, type 2 (tensor 1: element 1, shape 2: dimensions 1 of value 1 or name 2). */
const tensor = (field: number, name: string, element: number, columns: number | null): Field =>
  nested(field, text(1, name), nested(2, nested(1, int(1, element), nested(2, nested(1, text(2, 'rows')), ...(columns === null ? [] : [nested(1, int(1, columns))])))));

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
