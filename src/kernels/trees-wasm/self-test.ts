// A known-answer test of tree kernels: every stage once on 37 rows, held against the reference; about a millisecond.
import type { TreeKernels, TreeSession } from '../../core/learners/gbt/kernels.ts';
import { referenceTrees } from '../../core/learners/gbt/reference.ts';

/** What went wrong, or null when all stages gave the reference's bits. */
export function selfTest(kernels: TreeKernels): string | null {
  const expected = everyStage(referenceTrees);
  const found = everyStage(kernels);
  for (const [stage, bits] of found) if (bits !== expected.get(stage)) return `the ${kernels.backend} tree kernel failed its self-test at ${stage}`;
  return null;
}

function everyStage(kernels: TreeKernels): Map<string, string> {
  const rows = 37;
  const data = Array.from({ length: 13 }, (_, f) => Float32Array.from({ length: rows }, (_, i) => ((i * 7 + f) % 11 === 0 ? NaN : ((i * (f + 3)) % 17) - 5)));
  const cuts = data.map(() => Float32Array.of(-3.5, -1, 0.25, 4, 9.5));
  const session = kernels.open({ rows, validRows: rows, bins: new Int32Array(13).fill(7), outputs: 1, leaves: 3, weighted: true });
  const out = new Map<string, string>();
  const keep = (stage: string, ...arrays: { join(separator: string): string }[]) => out.set(stage, arrays.map((array) => array.join(' ')).join('|'));
  run(session, data, cuts, keep);
  session.close();
  return out;
}

function run(session: TreeSession, data: Float32Array[], cuts: Float32Array[], keep: (stage: string, ...arrays: { join(separator: string): string }[]) => void): void {
  const { arrays: a } = session;
  const rows = data[0].length;
  session.bin(0, data, cuts);
  session.bin(1, data, cuts);
  keep('bin', a.bins, a.validBins);
  for (let i = 0; i < rows; i++) {
    a.target[i] = i % 2;
    a.weight[i] = (i % 5) / 2;
    a.scores[i] = (i - 18) * 1.37;
  }
  for (const objective of ['squared', 'binary'] as const) {
    session.gradients(objective);
    keep(`gradients (${objective})`, a.gradients, a.ranges);
  }
  const scales = [32767 / a.ranges[0], 32767 / a.ranges[1]];
  const few = session.quantize(0, scales[0], scales[1], 12345, Int32Array.of(1, 4, 5, 17, 33));
  keep('quantize (chosen)', [few], a.rows.subarray(0, 10));
  session.histogram(0, 0, few);
  keep('histogram (chosen)', a.histograms);
  session.histogram(0, 0, session.quantize(0, scales[0], scales[1], 12345, null));
  keep('quantize', a.rows);
  keep('histogram', a.histograms);
  const left = session.partition(0, rows, 9, 3, true);
  keep('partition', [left], a.rows);
  session.histogram(1, 0, left);
  session.subtract(0, 1);
  keep('subtract', a.histograms);
  session.sumLeaves(0, [{ start: left, count: rows - left }]);
  keep('leaf sums (chosen)', a.leafSums.subarray(0, 2), a.leafOf);
  session.sumLeaves(0, [{ start: 0, count: left }, { start: left, count: rows - left }]);
  keep('leaf sums', a.leafSums.subarray(0, 4), a.leafOf);
  a.leaves.set([0.125, -0.375]);
  session.addLeaves(0);
  a.nodes.set([2, (3 << 1) | 1, -1, 1, 5, 2 << 1, -2, -3]);
  a.leaves.set([0.5, -0.25, 0.1]);
  session.addTree(0, 0);
  session.addTree(1, 0);
  keep('scores', a.scores, a.validScores);
}
