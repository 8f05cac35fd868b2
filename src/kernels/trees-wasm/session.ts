// A session over the kernel: the twin of core's reference session, on one thread or many. Core's words (splits, searches,
// nodes) are written into the arguments of commands; contexts of searches come from core, so that no rule is written twice.
import { leafScale } from '../../core/learners/trees/kernels.ts';
import type { Expand, HostSession, Search, SearchRules, Split, TreeNode, TreePlan } from '../../core/learners/trees/kernels.ts';
import { MOST_CODES } from '../../core/learners/trees/layout.ts';
import { routesLeft } from '../../core/learners/trees/reference.ts';
import { contextOf, parentScore } from '../../core/learners/trees/side-values.ts';
import type { Team } from '../team/team.ts';
import { binPart } from './bin-part.ts';
import { commands } from './commands.ts';
import { fitWords, layoutSession, RESULT, RESULT_BYTES, RESULTS, TOTAL, viewArrays } from './layout.ts';
import type { SessionLayout } from './layout.ts';
import { openKernel } from './open-kernel.ts';
import type { Kernel, TreeModules } from './open-kernel.ts';

const objectives = { squared: 0, binary: 1, softmax: 2 } as const;

/** Opens a session on as many threads as the team has free. */
export async function openSession(modules: TreeModules, team: Team, plan: TreePlan): Promise<HostSession> {
  const layouts = new Map<number, SessionLayout>();
  const layoutFor = (threads: number): SessionLayout => {
    const layout = layouts.get(threads) ?? layoutSession(plan, threads);
    layouts.set(threads, layout);
    return layout;
  };
  const { kernel, threads } = await openKernel(modules, team, team.threads, layoutFor);
  return sessionOver(kernel, plan, layoutFor(threads));
}

function sessionOver(kernel: Kernel, plan: TreePlan, layout: SessionLayout): HostSession {
  const { buffer, words: args, numbers, call } = kernel;
  const at = layout.words;
  const arrays = viewArrays(plan, layout, buffer);
  const { rows } = plan;
  const crowded: number[] = [];
  fitWords.forEach((name, i) => { kernel.fit[i] = at[name]; });
  const columnOf = writeColumns(kernel, plan, layout);
  const binOf = new Uint8Array(buffer, at.binOf, MOST_CODES * plan.features.length);
  const ranges = new Int32Array(buffer, at.leafRanges, 2 * (plan.leaves + 1) * kernel.threads);
  const masks = new Uint8Array(buffer, at.masks, 2 * plan.features.length);
  const nodesAt = new Int32Array(buffer, at.nodes, 12 * Math.max(1, plan.leaves));
  const valuesAt = new Float64Array(buffer, at.values, plan.leaves + 1);
  const rangeOf = (leaf: number, thread: number): number => 2 * (thread * (plan.leaves + 1) + leaf);
  const rowsIn = (leaf: number): number => {
    let count = 0;
    for (let t = 0; t < kernel.threads; t++) count += ranges[rangeOf(leaf, t) + 1];
    return count;
  };
  const listsOf = (leaf: number): Int32Array[] => Array.from({ length: kernel.threads }, (_, t) => new Int32Array(buffer, at.list + 4 * (t * at.ownRows + ranges[rangeOf(leaf, t)]), ranges[rangeOf(leaf, t) + 1]));
  const quanta = new Int32Array(buffer, at.quanta, rows);
  new Uint8Array(buffer, at.shuffles, 512).set(shuffles());
  let selected = 0;
  const expand = (order: Expand, rules: SearchRules | null, steps: number): (Split | null)[] => {
    args.set([order.leaf, order.slot, order.parent, order.searches.length, steps]);
    const gains = order.searches.map((search, s) => (rules ? writeSearch(kernel, plan, masks, search, rules, s) : null));
    call(commands.expand);
    return gains.map((gainOf, s) => (gainOf ? readSplit(buffer, s, gainOf) : null));
  };
  return {
    plan,
    arrays,
    crowded,
    cells: new Uint8Array(buffer, at.cells, rows * plan.columns.length),
    offsets: layout.offsets,
    bin(part, data, bins) {
      const found = binPart(kernel, plan, layout, part, data, bins);
      if (part === 0) crowded.splice(0, crowded.length, ...found);
      return found.length === 0;
    },
    gradients(objective) {
      args[0] = objectives[objective];
      call(commands.gradients);
    },
    select(output, gradientScale, hessianScale, key, chosen) {
      if (chosen) new Int32Array(buffer, at.spare, chosen.length).set(chosen);
      selected = chosen ? chosen.length : rows;
      args.set([output, key, selected, chosen ? 1 : 0]);
      numbers[0] = gradientScale;
      numbers[1] = hessianScale;
      call(commands.select);
    },
    total() {
      let gradient = 0;
      let hessian = 0;
      for (let t = 0; t < kernel.threads; t++) {
        const found = new Int32Array(buffer, RESULTS + t * RESULT_BYTES + TOTAL, 2);
        gradient += found[0];
        hessian += found[1];
      }
      return { gradient, hessian };
    },
    partition(leaf, right, split) {
      args[0] = leaf;
      args[1] = right;
      args[2] = columnOf[split.feature];
      writeSet(args, 8, split, binOf, split.feature, plan.columns[columnOf[split.feature]].length > 1);
      call(commands.partition);
      return rowsIn(leaf);
    },
    countOf(leaf, copies) {
      let sum = 0;
      for (const list of listsOf(leaf)) for (let i = 0; i < list.length; i++) sum += copies[list[i]];
      return sum;
    },
    expand: (order, rules) => expand(order, rules, 3),
    sum: (leaf, slot) => void expand({ leaf, slot, parent: -1, searches: [] }, null, 1),
    finish: (order, rules) => expand(order, rules, 2),
    histogramOf(slot) {
      const out: number[] = [];
      plan.features.forEach(({ bins }, f) => {
        args.set([slot, f, at.scratch]);
        kernel.readFeature();
        for (const word of new Int32Array(buffer, at.scratch, 2 * bins)) out.push(word);
      });
      return Int32Array.from(out);
    },
    rowsIn,
    rowsOf: (leaf) => listsOf(leaf).map((list) => pairsOf(list, quanta)),
    slotOf: (slot) => new Int32Array(buffer, at.slots + 8 * slot * at.slotCodes, 2 * at.slotCodes),
    sumLeaves(output, leaves) {
      args.set([output, leaves, selected < rows ? 1 : 0]);
      numbers[0] = leafScale(arrays.ranges[2 * output], rows);
      numbers[1] = leafScale(arrays.ranges[2 * output + 1], rows);
      call(commands.sumLeaves);
    },
    addLeaves(output, values) {
      valuesAt.set(values);
      args[0] = output;
      call(commands.addLeaves);
    },
    addTree(part, output, nodes, values, outside) {
      valuesAt.set(values);
      nodes.forEach((node, i) => writeNode(nodesAt, i, node, part === 1 ? node.feature : columnOf[node.feature], binOf, part === 0 && plan.columns[columnOf[node.feature]].length > 1));
      args.set([part, output, outside ? 1 : 0, nodes.length > 0 ? 1 : 0]);
      call(commands.addTree);
    },
    close: kernel.close,
  };
}

/** For each mask of four rows the bytes that bring those of set bits to the front; then those that bring the others to the end, in reverse. */
function shuffles(): Uint8Array {
  const out = new Uint8Array(512).fill(255);
  for (let mask = 0; mask < 16; mask++) {
    let front = 16 * mask;
    let back = 256 + 16 * mask + 12;
    for (let row = 0; row < 4; row++) {
      const isFront = ((mask >> row) & 1) === 1;
      for (let byte = 0; byte < 4; byte++) out[(isFront ? front : back) + byte] = 4 * row + byte;
      if (isFront) front += 4;
      else back -= 4;
    }
  }
  return out;
}

function pairsOf(list: Int32Array, quanta: Int32Array): Int32Array {
  const out = new Int32Array(2 * list.length);
  for (let i = 0; i < list.length; i++) {
    out[2 * i] = list[i];
    out[2 * i + 1] = quanta[list[i]];
  }
  return out;
}

/** The tables of columns and features; the column of each feature. */
function writeColumns({ buffer }: Kernel, plan: TreePlan, { words, offsets, jointAt }: SessionLayout): Int32Array {
  const columnOf = new Int32Array(plan.features.length);
  const members = new Int32Array(buffer, words.members, plan.features.length);
  let place = 0;
  plan.columns.forEach((column, c) => {
    new Int32Array(buffer, words.columnTable + 32 * c, 8).set([offsets[c], offsets[c + 1] - offsets[c], place, column.length, jointAt[c]]);
    column.forEach((f, m) => {
      const { bins, nominal, monotone } = plan.features[f];
      columnOf[f] = c;
      members[place++] = f;
      new Int32Array(buffer, words.featureTable + 32 * f, 8).set([bins, Number(nominal), monotone, c, m]);
    });
  });
  return columnOf;
}

/** Writes the arguments of search s; gives what turns its score into a gain, or null when nothing can be found. */
function writeSearch({ words, numbers }: Kernel, plan: TreePlan, masks: Uint8Array, search: Search, rules: SearchRules, s: number): ((score: number) => number) | null {
  const { totals, features } = search;
  const { units } = rules;
  const scale = (units.gradient * units.gradient) / units.hessian;
  const isIdle = !(scale > 0) || !(scale < Infinity) || totals.hessian <= 0;
  const own = s * plan.features.length;
  if (isIdle) masks.fill(0, own, own + plan.features.length);
  else if (features.length === plan.features.length) masks.fill(1, own, own + features.length);
  else {
    masks.fill(0, own, own + plan.features.length);
    for (const f of features) masks[own + f] = 1;
  }
  const leaf = contextOf(totals, rules);
  const parent = parentScore(leaf);
  words.set([search.slot, totals.key, Number(leaf.plain) + 2 * Number(rules.random), rules.nominalMost], 8 + 8 * s);
  const score = (parent + rules.minGain / scale) * (1 + 1e-12);
  numbers.set([leaf.gradient, leaf.hessian, leaf.l1, leaf.l2, leaf.low, leaf.high, leaf.least, score, rules.smooth / units.hessian, rules.nominalL2 / units.hessian], 12 * s);
  return isIdle ? null : (found) => (found - parent) * scale;
}

function readSplit(buffer: ArrayBufferLike, s: number, gainOf: (score: number) => number): Split | null {
  const [score, gradient, hessian] = new Float64Array(buffer, RESULTS + s * RESULT, 3);
  const [feature, bin, missingLeft, isSet] = new Int32Array(buffer, RESULTS + s * RESULT + 24, 4);
  if (feature < 0) return null;
  const set = isSet ? new Uint32Array(buffer, RESULTS + s * RESULT + 40, 8).slice() : null;
  return { feature, bin, set, missingLeft: missingLeft === 1, gain: gainOf(score), gradient, hessian };
}

/** 8 words from `to` on: the codes (of a joint column) or bins that go left. */
function writeSet(out: Int32Array, to: number, rule: Pick<TreeNode, 'bin' | 'set' | 'missingLeft'>, binOf: Uint8Array, feature: number, isJoint: boolean): void {
  for (let word = 0; word < 8; word++) {
    let bits = 0;
    if (isJoint) for (let i = 0; i < 32; i++) bits |= Number(routesLeft(rule, binOf[MOST_CODES * feature + 32 * word + i])) << i;
    else {
      const below = rule.bin + 1 - 32 * word;
      bits = rule.set ? rule.set[word] : below >= 32 ? -1 : below > 0 ? 2 ** below - 1 : 0;
      if (word === 0) bits = (bits & ~1) | Number(rule.missingLeft);
    }
    out[to + word] = bits;
  }
}

function writeNode(out: Int32Array, i: number, node: TreeNode, cell: number, binOf: Uint8Array, isJoint: boolean): void {
  out[12 * i] = cell;
  out[12 * i + 1] = node.left;
  out[12 * i + 2] = node.right;
  writeSet(out, 12 * i + 4, node, binOf, node.feature, isJoint);
}

