// A checked `trees` model -> the parts that treesModel packs: for warm starts, resumed fits, leaf refits, foreign formats.
// Trees, nodes and leaves come in the order in which they are stored (preorder). The gain of a single node is not stored: gains
// are 0 here, and `gains` holds each feature's share of all. treesModel(partsOf(model)) predicts as the model does, bit for bit.
import type { JsonObject } from '../base/json.ts';
import { floatsOf } from './decode.ts';
import { readLink } from './link.ts';
import type { Model } from './model.ts';
import type { PackedNode, TreesParts } from './trees-model.ts';
import { nodesOf, type TreeNodes } from './trees-nodes.ts';

export function partsOf(model: Model): TreesParts {
  const nodes = nodesOf(model);
  const { sizes, features, covers } = nodes;
  const leaves = floatsOf(model, 'leaves');
  const json = model.json as JsonObject;
  const gains = new Float64Array(model.features);
  features.forEach((feature, place) => (gains[feature] = (model.arrays.gains as Float32Array)[place]));
  const codes = codesOf(nodes);
  const trees = [];
  for (let t = 0, first = 0; t < sizes.length; first += sizes[t++]) {
    const from = first + t;
    const to = from + sizes[t] + 1;
    trees.push({
      nodes: Array.from({ length: sizes[t] }, (_, n) => nodeAt(nodes, first + n, codes)),
      values: Float32Array.from(leaves.subarray(from, to)),
      ...(covers ? { covers: Array.from({ length: to - from }, (_, leaf) => covers[from + leaf]) } : {}),
    });
  }
  const link = json.link === undefined ? {} : { link: readLink(model.task, json.link) };
  return { task: model.task, classes: model.classes, features: model.features, outputs: json.outputs as number, base: model.arrays.base as Float64Array, trees, gains, ...link };
}

function nodeAt({ place, features, cuts, cut, missing, left, right }: TreeNodes, n: number, codes: (number[][] | null)[]): PackedNode {
  const sets = codes[place[n]];
  return { feature: features[place[n]], threshold: sets ? 0 : cuts[place[n]][cut[n]], set: sets ? sets[cut[n]] : null, missingLeft: missing[n] === 1, left: left[n], right: right[n], gain: 0 };
}

/** The codes of every set, by place; null for numbers. */
function codesOf({ nominal }: TreeNodes): (number[][] | null)[] {
  return nominal.map((feature) => {
    if (!feature) return null;
    const { group, words, sets } = feature;
    const members = Array.from({ length: feature.groups }, (): number[] => []);
    group.forEach((g, code) => members[g].push(code));
    return Array.from({ length: sets.length / words }, (_, s) => members.flatMap((list, g) => ((sets[s * words + (g >>> 5)] >>> (g & 31)) & 1 ? list : [])).sort((a, b) => a - b));
  });
}
