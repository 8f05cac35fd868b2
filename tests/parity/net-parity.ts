// What the parity tests of nets ask of any NetKernels: the reference's answers to a case, and nothing held beyond a step.
// Answers are lists of differences in words, empty when all is well, so that they can also come out of a browser's worker.
import type { NetKernels, NetSession } from '../../src/core/learners/mlp/net-kernels.ts';
import { referenceNets } from '../../src/core/learners/mlp/reference-net.ts';
import type { NetCase } from './net-cases.ts';
import { caseOf } from './net-cases.ts';

/** Relative to the largest number of the vector, and at least of 1e-2. */
export interface Tolerance { readonly first: number; readonly after: number }
export const float32Tolerance: Tolerance = { first: 1e-4, after: 1e-3 };

interface Answers { [what: string]: ArrayLike<number> }

/**
 * The case with AdamW's epsilon at 1e-4 where the net has a norm: what is added before one has no gradient but rounding,
 * which AdamW with a tiny epsilon blows up to whole steps, in the reference as everywhere.
 */
const steady = ({ open }: NetCase): NetCase['open'] => (open.net.layers.some((layer) => layer.kind === 'norm') ? { ...open, optimizer: { ...open.optimizer, epsilon: 1e-4 } } : open);

/** Differences between the kernels and the reference on that case, after its first step and after all of them. */
export async function compareNets(kernels: NetKernels, asked: NetCase, tolerance = float32Tolerance): Promise<string[]> {
  const open = steady(asked);
  const [truth, found] = [await referenceNets.open(open), await kernels.open(open)];
  const differences: string[] = [];
  try {
    for (let i = 0; i < asked.batches.length; i++) {
      for (const session of [truth, found]) session.step(asked.batches[i], asked.ats[i]);
      if (i === 0) differences.push(...compare('after one step', await answersOf(truth, asked), await answersOf(found, asked), tolerance.first));
    }
    differences.push(...compare('after all steps', { ...(await answersOf(truth, asked)), ...(await watchOf(truth)) }, { ...(await answersOf(found, asked)), ...(await watchOf(found)) }, tolerance.after));
  } finally {
    truth.dispose();
    found.dispose();
  }
  return differences;
}

async function answersOf(session: NetSession, { batches }: NetCase): Promise<Answers> {
  const { x, codes, rows } = batches[0];
  const { steps, first, second } = await session.moments();
  return { loss: [await session.loss()], weights: await session.weights(), scores: await session.forward(x, codes, rows), steps: [steps], first, second };
}

async function watchOf(session: NetSession): Promise<Answers> {
  const { gradientNorms, weightNorms, dead } = await session.watch();
  return { gradientNorms, weightNorms, dead };
}

function compare(when: string, truth: Answers, found: Answers, tolerance: number): string[] {
  return Object.keys(truth).flatMap((what) => {
    const [a, b] = [truth[what], found[what]];
    if (a.length !== b.length) return [`${when}, ${what}: ${b.length} numbers, not ${a.length}`];
    let [largest, worst, at] = [1e-2, 0, 0];
    for (let i = 0; i < a.length; i++) {
      if (Number.isNaN(a[i]) && Number.isNaN(b[i])) continue;
      largest = Math.max(largest, Math.abs(a[i]));
      const gap = Math.abs(a[i] - b[i]);
      if (!(gap <= worst)) [worst, at] = [Number.isNaN(gap) ? Infinity : gap, i];
    }
    return worst <= tolerance * largest ? [] : [`${when}, ${what}: ${b[at]} at ${at}, not ${a[at]} (${(worst / largest).toExponential(1)} of the largest)`];
  });
}

/** Differences in what is held at the end of each of ten epochs that share `steps`. */
export async function holdsStill(kernels: NetKernels, steps: number, more: () => { [what: string]: number } = () => ({})): Promise<string[]> {
  const { open, batches, ats } = caseOf(
    'held',
    { inputs: { numbers: 3, flags: 1, encoding: { kind: 'pbld', waves: 4, width: 3 }, categories: [{ levels: 5, width: 2 }] }, layers: [{ kind: 'dense', units: 12, bias: true }, { kind: 'norm', by: 'batch' }, { kind: 'activate', by: 'relu', mixed: false }, { kind: 'drop', rate: 0.2 }, { kind: 'dense', units: 3, bias: true }] },
    { kind: 'softmax', focal: 0 },
    5,
    [16, 16, 9],
    { clip: 1 },
  );
  const before = kernels.tensors();
  const session = await kernels.open(open);
  const held = (): string => JSON.stringify({ alive: kernels.tensors(), ...session.held(), ...more() });
  const told: string[] = [];
  let step = 0;
  for (let epoch = 0; epoch < 10; epoch++) {
    for (let i = 0; i < steps / 10; i++) session.step(batches[i % 3], { ...ats[0], rate: 0.002, step: step++, watch: i === 0 });
    if (!Number.isFinite(await session.loss())) told.push(`epoch ${epoch}: the loss is not a number`);
    await session.watch();
    await session.forward(batches[0].x, batches[0].codes, 16);
    await session.weights();
    told.push(held());
  }
  session.dispose();
  // The first epoch warms up what a backend keeps for itself (buffers to reuse).
  const differences = [...new Set(told.slice(1))].slice(1).map((text) => `held ${text}, before ${told[1]}`);
  return kernels.tensors() === before ? differences : [...differences, `${kernels.tensors() - before} tensors outlived the session`];
}
