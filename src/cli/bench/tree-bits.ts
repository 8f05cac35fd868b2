// One hash for every objective and option: the reference, WASM on 1, 2 and 4 threads, in Node and in Chromium, and WebGPU on a
// software adapter. Any difference is a line of the table; who could not run is named.
// Options: --rounds N takes N thousand rows (3), --case A,B only cases that begin so, --peers node leaves Chromium out.
import { join } from 'node:path';
import { referenceTrees } from '../../core/learners/trees/reference.ts';
import type { TreeKernels } from '../../core/learners/trees/kernels.ts';
import type { Door } from '../command.ts';
import { defineBench, type BenchResult } from './bench.ts';
import { withTab } from './tab.ts';
import { bitCases, hashOf, type BitCase } from './tree-bits-cases.ts';
import { treeKernels } from './tree-kernels.ts';

type Hashes = { [kernel: string]: { [name: string]: string } };
const gpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

export const treeBits = defineBench({
  type: 'tree-bits',
  about: 'One model hash for every objective and option of trees: reference, WASM, threads, WebGPU, Node, Chromium',
  async run(door, choice) {
    const rows = (choice.rounds ?? 3) * 1000;
    const cases = bitCases.filter(({ name }) => !choice.cases || choice.cases.some((start) => name.startsWith(start)));
    const result: BenchResult = { header: ['case', 'learner', 'target', 'hash', 'equal on', 'other hashes'], right: [false, false, false, false, false, false], table: [], rows: [], claims: [], leftOut: [] };
    const hashes = await inNode(cases, rows, result.leftOut, door);
    if (!choice.peers || choice.peers.includes('chromium')) Object.assign(hashes, await inChromium(rows, result.leftOut, door));
    for (const each of cases) report(each, hashes, result);
    const unequal = cases.filter(({ name }) => new Set(Object.values(hashes).map((by) => by[name])).size > 1);
    const kernels = Object.keys(hashes);
    result.claims.push(
      { claim: `cases of ${cases.length} with one hash on ${kernels.join('; ')}`, measured: cases.length - unequal.length, bar: `= ${cases.length}`, holds: unequal.length === 0 },
      { claim: 'kernels compared (reference and WASM with 1, 2, 4 threads in Node and in Chromium, WebGPU)', measured: kernels.length, bar: '= 9', holds: kernels.length === 9 },
    );
    return result;
  },
});

async function inNode(cases: readonly BitCase[], rows: number, leftOut: string[], door: Door): Promise<Hashes> {
  const hashes: Hashes = {};
  const kernels: { [name: string]: () => Promise<TreeKernels> } = { 'Node: reference': async () => referenceTrees, 'Node: WASM': () => treeKernels(1), 'Node: WASM, 2 threads': () => treeKernels(2, 0), 'Node: WASM, 4 threads': () => treeKernels(4, 0) };
  for (const [name, load] of Object.entries(kernels)) {
    try {
      const trees = await load();
      const by: Hashes[string] = {};
      for (const each of cases) {
        door.progress(`${name}: ${each.name}`, null);
        by[each.name] = await hashOf(each, rows, trees);
      }
      hashes[name] = by;
    } catch (error) {
      leftOut.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return hashes;
}

async function inChromium(rows: number, leftOut: string[], door: Door): Promise<Hashes> {
  door.progress('Chromium', null);
  const found = await withTab(
    async (page, _browser, address) => {
      page.setDefaultTimeout(600_000);
      await page.goto(address);
      await page.waitForFunction(`'treeBits' in globalThis`);
      return (await page.evaluate(`treeBits(${rows})`)) as { hashes: Hashes; missing: { [kernel: string]: string } };
    },
    gpu,
    join(process.env.BARNACLE_ROOT ?? '.', 'tests/browser/tree-bits/vite.config.ts'),
  ).catch((error: unknown) => (error instanceof Error ? error.message.split('\n')[0] : String(error)));
  if (typeof found === 'string') {
    leftOut.push(`Chromium: ${found}`);
    return {};
  }
  for (const [kernel, reason] of Object.entries(found.missing)) leftOut.push(`Chromium: ${kernel}: ${reason}`);
  return Object.fromEntries(Object.entries(found.hashes).map(([kernel, by]) => [`Chromium: ${kernel}`, by]));
}

function report({ name, learner, truth }: BitCase, hashes: Hashes, result: BenchResult): void {
  const by = Object.entries(hashes).map(([kernel, all]) => ({ kernel, hash: all[name] ?? 'none' }));
  const first = by[0]?.hash ?? 'none';
  const others = by.filter(({ hash }) => hash !== first);
  result.table.push([name, learner, truth, first.slice(0, 16), `${by.length - others.length} of ${by.length}`, others.map(({ kernel, hash }) => `${kernel} ${hash.slice(0, 8)}`).join(', ')]);
  result.rows.push({ case: name, learner, target: truth, hash: first, kernels: by.map(({ kernel }) => kernel), others: others.map(({ kernel, hash }) => ({ kernel, hash })) });
}
