// Every case on the reference, on WASM with 1, 2 and 4 threads, and on WebGPU where there is an adapter (every leaf on it,
// however small). In: a number of rows; out: hashes by kernel and case, and why a kernel is not there.
import { bitCases, hashOf } from '../../../src/cli/bench/tree-bits-cases.ts';
import type { TreeKernels } from '../../../src/core/learners/trees/kernels.ts';
import { referenceTrees } from '../../../src/core/learners/trees/reference.ts';
import { loadTreeKernels } from '../../../src/kernels/trees-wasm/index.ts';
import { loadGpuTrees } from '../../../src/kernels/trees-webgpu/index.ts';
import { spawnThread } from '../../../workers/spawn-thread.ts';

export type BitsAnswer = { hashes: { [kernel: string]: { [name: string]: string } }; missing: { [kernel: string]: string } };

addEventListener('message', (event: MessageEvent<number>) => {
  run(event.data).then(
    (answer) => postMessage(answer),
    (error: unknown) => setTimeout(() => { throw error; }),
  );
});

async function run(rows: number): Promise<BitsAnswer> {
  const answer: BitsAnswer = { hashes: {}, missing: {} };
  const grow = async (kernel: string, trees: TreeKernels): Promise<void> => {
    const hashes: { [name: string]: string } = {};
    for (const each of bitCases) hashes[each.name] = await hashOf(each, rows, trees);
    answer.hashes[kernel] = hashes;
  };
  await grow('reference', referenceTrees);
  for (const threads of [1, 2, 4]) {
    const loaded = await loadTreeKernels({ threads, spawn: spawnThread, aloneUpTo: 0 });
    const { kernels } = loaded;
    const name = threads === 1 ? 'WASM' : `WASM, ${threads} threads`;
    if (kernels.backend === 'wasm' && kernels.threads === threads) await grow(name, kernels);
    else answer.missing[name] = loaded.reason() ?? `${kernels.backend} on ${kernels.threads} threads`;
    loaded.end();
  }
  await onGpu(grow, answer);
  return answer;
}

async function onGpu(grow: (kernel: string, trees: TreeKernels) => Promise<void>, { hashes, missing }: BitsAnswer): Promise<void> {
  const name = 'WebGPU';
  const reasons: string[] = [];
  try {
    if (!navigator.gpu) throw new Error('the browser has no WebGPU');
    const sent = countSubmits();
    const host = await loadTreeKernels();
    await grow(name, await loadGpuTrees(host.kernels, { leastCells: 0, now: () => performance.now(), stepDown: (reason) => reasons.push(reason) }));
    if (sent() < bitCases.length) reasons.push(`the GPU was given work only ${sent()} times`);
  } catch (error) {
    reasons.push(String(error));
  }
  if (!reasons.length) return;
  delete hashes[name];
  missing[name] = reasons.join('; ');
}

/** How often work was sent to a GPU since: that the hashes are not the host's alone. */
function countSubmits(): () => number {
  let count = 0;
  const { submit } = GPUQueue.prototype;
  GPUQueue.prototype.submit = function (buffers) {
    count++;
    return submit.call(this, buffers);
  };
  return () => count;
}
