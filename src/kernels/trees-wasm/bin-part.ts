// Values to bins through the kernel: a chunk of rows at a time is copied beside the cuts, all threads bin their blocks of it.
// Joint columns are then brought to one numbering, and their tables (bin of each code, codes that are not in a member's
// commonest bin) are written for the searches.
import { binOf } from '../../core/learners/trees/fill-bins.ts';
import type { FeatureBins, Part, TreePlan } from '../../core/learners/trees/kernels.ts';
import { MOST_CODES } from '../../core/learners/trees/layout.ts';
import { joinCodes } from './join-codes.ts';
import type { Joined, Met } from './join-codes.ts';
import { CUTS_BYTES, JOINT_HEAD, LINK_HEAD } from './layout.ts';
import type { SessionLayout } from './layout.ts';
import type { Kernel } from './open-kernel.ts';
import { commands } from './commands.ts';

/** Crowded joint columns, ascending; none for validation rows, which have none. */
export function binPart(kernel: Kernel, plan: TreePlan, layout: SessionLayout, part: Part, data: readonly Float32Array[], bins: readonly FeatureBins[]): number[] {
  const { words } = layout;
  const rows = part ? plan.validRows : plan.rows;
  if (part === 0) new Uint8Array(kernel.buffer, words.joints, words.jointBytes * kernel.threads).fill(0);
  bins.forEach((each, f) => writeCuts(kernel.buffer, words.stageCuts + f * CUTS_BYTES, each));
  const stage = new Float32Array(kernel.buffer, words.stage, layout.stageRows * data.length);
  for (let from = 0; from < rows; from += layout.stageRows) {
    const n = Math.min(layout.stageRows, rows - from);
    data.forEach((values, f) => {
      const own = bins[f];
      const to = f * layout.stageRows;
      if (own.kind === 'cuts') stage.set(values.subarray(from, from + n), to);
      else for (let i = 0; i < n; i++) stage[to + i] = binOf(values[from + i], own);
    });
    kernel.words.set([part, from, n, layout.stageRows]);
    kernel.call(commands.bin);
  }
  return part === 0 ? plan.columns.flatMap((column, c) => (column.length === 1 || joinColumn(kernel, plan, layout, c) ? [] : [c])) : [];
}

/** Kind (1 = values are bins), first step of the binary search, cuts padded with infinity. */
function writeCuts(buffer: ArrayBufferLike, at: number, bins: FeatureBins): void {
  const head = new Int32Array(buffer, at, 2);
  head[0] = bins.kind === 'levels' ? 1 : 0;
  if (bins.kind === 'levels') return;
  new Float32Array(buffer, at + 16, 256).fill(Infinity).set(bins.cuts);
  let step = 1;
  while (step <= bins.cuts.length) step *= 2;
  head[1] = step >> 1;
}

function joinColumn(kernel: Kernel, plan: TreePlan, layout: SessionLayout, c: number): boolean {
  const members = plan.columns[c];
  const met: Met[] = [];
  for (let t = 0; t < kernel.threads; t++) {
    const own = metBy(kernel, plan, layout, c, t);
    if (!own) return false;
    met.push(own);
  }
  const joined = joinCodes(met, members.length, MOST_CODES);
  if (!joined) return false;
  writeTables(kernel, layout, c, members, joined);
  if (kernel.threads > 1) {
    const table = new Uint8Array(kernel.buffer, layout.words.stage, MOST_CODES * kernel.threads);
    joined.codeOf.forEach((codes, t) => table.set(codes, t * MOST_CODES));
    kernel.words.set([c, layout.words.stage]);
    kernel.call(commands.renumber);
  }
  return true;
}

/** Follows the chain of a thread's tables back from its codes; null = it met too many combinations. */
function metBy(kernel: Kernel, plan: TreePlan, { words, jointAt }: SessionLayout, c: number, thread: number): Met | null {
  const members = plan.columns[c];
  const head = words.joints + thread * words.jointBytes + jointAt[c];
  if (new Int32Array(kernel.buffer, head, 1)[0] !== 0) return null;
  const links: { count: number; notes: Uint16Array }[] = [];
  let at = head + JOINT_HEAD;
  for (const f of members) {
    links.push({ count: new Int32Array(kernel.buffer, at, 1)[0], notes: new Uint16Array(kernel.buffer, at + 16, 2 * MOST_CODES) });
    at += LINK_HEAD + 2 * MOST_CODES * plan.features[f].bins;
  }
  const { count } = links[members.length - 1];
  const bins = new Uint8Array(count * members.length);
  for (let code = 0; code < count; code++) {
    for (let m = members.length - 1, on = code; m >= 0; m--) {
      bins[code * members.length + m] = links[m].notes[2 * on + 1];
      on = links[m].notes[2 * on];
    }
  }
  return { bins, firstRows: new Uint32Array(kernel.buffer, head + 16, count).slice() };
}

function writeTables(kernel: Kernel, { words }: SessionLayout, c: number, members: readonly number[], joined: Joined): void {
  new Int32Array(kernel.buffer, words.columnTable + 32 * c, 8)[1] = joined.count;
  members.forEach((f, m) => {
    const binOf = new Uint8Array(kernel.buffer, words.binOf + MOST_CODES * f, MOST_CODES);
    const codes = new Int32Array(MOST_CODES);
    for (let code = 0; code < joined.count; code++) codes[(binOf[code] = joined.bins[code * members.length + m])]++;
    const commonest = codes.indexOf(Math.max(...codes));
    const sparse = new Uint8Array(kernel.buffer, words.sparse + MOST_CODES * f, MOST_CODES);
    let n = 0;
    for (let code = 0; code < joined.count; code++) if (binOf[code] !== commonest) sparse[n++] = code;
    new Int32Array(kernel.buffer, words.featureTable + 32 * f, 8).set([MOST_CODES * f, n, commonest], 5);
  });
}
