// Nets in our own WASM do what the reference does, with relaxed SIMD and without; give the same bits on 1, 2 and 4 threads;
// hold nothing beyond a session; and resume to the same bits. Tolerances: tests/parity/net-parity.ts.
import { setFlagsFromString } from 'node:v8';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NetKernels, NetOpen, NetSession } from '../../src/core/learners/mlp/net-kernels.ts';
import { membersOf, widthsOf } from '../../src/core/models/net/net.ts';
import type { Net, NetLayer } from '../../src/core/models/net/net.ts';
import { breakOff } from '../../src/kernels/team/team.ts';
import type { TeamThread } from '../../src/kernels/team/team.ts';
import type { LoadedNets } from '../../src/kernels/nets-wasm/index.ts';
import { loadNetKernels } from '../../src/kernels/nets-wasm/index.ts';
import type { NetCase } from './net-cases.ts';
import { batchFor, caseOf, netCases, randomCase } from './net-cases.ts';
import { compareNets, holdsStill } from './net-parity.ts';
import { testThreads } from './tree-threads.ts';

// Node 20 has relaxed SIMD behind this flag; browsers have it as it is.
setFlagsFromString('--experimental-wasm-relaxed-simd');

const dense = (units: number, bias = true): NetLayer => ({ kind: 'dense', units, bias });
const act = (by: 'relu' | 'silu' | 'tanh'): NetLayer => ({ kind: 'activate', by, mixed: false });
const numbers = (count: number): Net['inputs'] => ({ numbers: count, flags: 0, encoding: null, categories: [] });

/** Large enough for eight slices, with a last batch that fills neither slice nor tile. */
const largeCases = (): NetCase[] => [
  caseOf('plain', { inputs: numbers(21), layers: [dense(40), act('relu'), { kind: 'drop', rate: 0.3 }, dense(24), act('silu'), dense(5)] }, { kind: 'softmax', focal: 0 }, 60, [512, 301, 77], { clip: 0.5 }),
  caseOf('batch norm', { inputs: numbers(9), layers: [dense(24), { kind: 'norm', by: 'batch' }, act('relu'), dense(24), { kind: 'norm', by: 'batch' }, act('tanh'), dense(1)] }, { kind: 'squared' }, 61, [1100, 513, 64]),
  caseOf(
    'members',
    {
      inputs: { numbers: 6, flags: 1, encoding: { kind: 'piecewise', bins: 6, width: 4 }, categories: [{ levels: 20, width: 5 }] },
      layers: [{ kind: 'spread', members: 8 }, { kind: 'scale', member: true }, dense(32, false), { kind: 'scale', member: true }, { kind: 'shift', member: true }, act('relu'), { kind: 'drop', rate: 0.1 }, { kind: 'heads', units: 3 }],
    },
    { kind: 'softmax', focal: 0 },
    62,
    [256, 131, 30],
  ),
];

const open: LoadedNets[] = [];
afterAll(() => open.forEach((loaded) => loaded.end()));

async function load(asked: Parameters<typeof loadNetKernels>[0]): Promise<NetKernels> {
  const loaded = await loadNetKernels(asked);
  open.push(loaded);
  expect(loaded.reason()).toBe(null);
  expect(loaded.relaxed).toBe(asked?.relaxed ?? true);
  expect([loaded.kernels?.backend, loaded.kernels?.threads]).toEqual(['wasm', asked?.threads ?? 1]);
  return loaded.kernels!;
}

describe.each([['relaxed SIMD', true], ['plain SIMD', false]] as const)('%s', (_, relaxed) => {
  let kernels: NetKernels;
  beforeAll(async () => {
    kernels = await load({ relaxed });
  }, 300_000);

  test.each([...netCases(), ...largeCases()].map((asked) => [asked.name, asked] as const))('%s', async (__, asked) => {
    expect(await compareNets(kernels, asked)).toEqual([]);
    expect(kernels.tensors()).toBe(0);
  });

  test('any small net', async () => {
    for (let seed = 1; seed <= 200; seed++) expect([seed, await compareNets(kernels, randomCase(seed))]).toEqual([seed, []]);
  });

  test('2,000 steps hold arrays and bytes where they were', async () => {
    expect(await holdsStill(kernels, 2000)).toEqual([]);
  }, 60_000);
});

/** All that can be asked of a session after the steps. */
async function everything({ open: options, batches, ats }: NetCase, kernels: NetKernels, from: NetSession | null = null): Promise<unknown> {
  const session = from ?? (await kernels.open(options));
  batches.forEach((batch, i) => session.step(batch, ats[i]));
  const { x, codes, rows } = batchFor(options.net, { kind: 'squared' }, 1500, 9);
  const all = { loss: await session.loss(), watch: await session.watch(), weights: await session.weights(), moments: await session.moments(), scores: await session.forward(x, codes, rows) };
  session.dispose();
  return all;
}

describe('threads', () => {
  test.each(largeCases().map((asked) => [asked.name, asked] as const))('%s: the same bits on 1, 2, 3 and 4 threads', async (_, asked) => {
    const spawn = await testThreads();
    const alone = await everything(asked, await load({}));
    for (const threads of [2, 3, 4]) expect([threads, await everything(asked, await load({ threads, spawn, aloneUpTo: 0 }))]).toEqual([threads, alone]);
  }, 120_000);

  test('a second session while the team sits in the first runs on one thread', async () => {
    const kernels = await load({ threads: 2, spawn: await testThreads(), aloneUpTo: 0 });
    const [asked] = largeCases();
    const first = await kernels.open(asked.open);
    const second = await everything(asked, kernels);
    expect(await everything(asked, kernels, first)).toEqual(second);
  }, 60_000);

  test('a helper that fails in mid-session is an error that the learner steps down on, to the same bits on one thread', async () => {
    const spawn = await testThreads();
    const memories: WebAssembly.Memory[] = [];
    const watched = (): TeamThread => {
      const thread = spawn();
      return { ...thread, post(message) { memories.push((message as { memory: WebAssembly.Memory }).memory); thread.post(message); } };
    };
    const kernels = await load({ threads: 2, spawn: watched, aloneUpTo: 0 });
    const [asked] = largeCases();
    const session = await kernels.open(asked.open);
    breakOff(memories[memories.length - 1]);
    expect(() => session.step(asked.batches[0], asked.ats[0])).toThrowError(expect.objectContaining({ code: 'no-backend' }));
    session.dispose();
    const next = await kernels.stepDown();
    expect([next?.threads, next?.reasons, next!.tensors()]).toEqual([1, [expect.stringMatching(/^threads: /)], 0]);
    expect(await everything(asked, next!)).toEqual(await everything(asked, kernels));
    expect(await next!.stepDown()).toBe(null);
  }, 120_000);

  test('without shared threads the reason is told and one thread trains', async () => {
    const loaded = await loadNetKernels({ threads: 2, spawn: () => { throw new Error('no threads today'); } });
    expect([loaded.kernels?.threads, loaded.reason()]).toEqual([1, expect.stringMatching(/no threads today/)]);
  });
});

test('a resumed session goes on to the same bits', async () => {
  const kernels = await load({});
  for (const asked of largeCases()) {
    const whole = await everything(asked, kernels);
    const start = await kernels.open(asked.open);
    start.step(asked.batches[0], asked.ats[0]);
    const lost = await start.loss();
    const options: NetOpen = { ...asked.open, weights: await start.weights(), moments: await start.moments() };
    start.dispose();
    const rest = await everything({ ...asked, open: options, batches: asked.batches.slice(1), ats: asked.ats.slice(1) }, kernels);
    expect({ ...(rest as object), loss: 0 }).toEqual({ ...(whole as object), loss: 0 });
    expect(lost).toBeGreaterThan(0);
  }
});

test('what a session holds goes with it, and a net beyond any memory is refused with its size', async () => {
  const kernels = await load({});
  const [asked] = largeCases();
  const session = await kernels.open(asked.open);
  expect([session.held().tensors, kernels.tensors()]).toEqual([6, 6]);
  expect(session.held().bytes).toBeGreaterThan(5 * 4 * asked.open.weights.length);
  session.dispose();
  session.dispose();
  expect([session.held(), kernels.tensors()]).toEqual([{ tensors: 0, bytes: 0 }, 0]);
  const net: Net = { inputs: numbers(40_000), layers: [dense(40_000), dense(1)] };
  expect([widthsOf(net).length, membersOf(net).length]).toEqual([3, 3]);
  await expect(kernels.open({ ...asked.open, net })).rejects.toMatchObject({ code: 'too-large', message: expect.stringMatching(/the net needs \d+ MiB.*; use narrower layers/) });
});
