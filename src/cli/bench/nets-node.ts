// A contestant in a Node process of its own: ours in WASM, or stock tfjs from node_modules, found at run time (its WASM has SIMD but
// no threads in Node). The child is this very benchmark with its job in the environment.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { loadNetKernels } from '../../kernels/nets-wasm/index.ts';
import { allowRelaxedSimd } from '../relaxed-simd.ts';
import { spawnThread } from '../spawn-thread.ts';
import { readRows, readWeights } from './nets-folder.ts';
import { trainOurs } from './nets-ours.ts';
import type { NetsJob, NetsRun } from './nets-rows.ts';
import { trainStock, type Tf } from './nets-tfjs.ts';

const variable = 'BARNACLE_BENCH_NETS';
type Asked = { job: NetsJob; folder: string };

/** What this process is asked to do as a child, done and printed; false in the parent. */
export async function trainAsChild(print: (line: string) => void): Promise<boolean> {
  const asked = process.env[variable];
  if (!asked) return false;
  const { job, folder } = JSON.parse(asked) as Asked;
  print(JSON.stringify(await (job.by.startsWith('tfjs') ? stock(job, folder) : ours(job, folder))));
  return true;
}

/** One child's run, or why there is none. */
export function trainInNode(job: NetsJob, folder: string): NetsRun | string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [process.argv[1], 'bench', 'nets'], { encoding: 'utf8', timeout: 600_000, maxBuffer: 2 ** 26, env: { ...process.env, [variable]: JSON.stringify({ job, folder } satisfies Asked) } });
  const answer = stdout.trim().split('\n').find((line) => line.startsWith('{'));
  if (status !== 0 || !answer) return stderr.trim().split('\n').at(-1) || 'failed';
  return JSON.parse(answer) as NetsRun;
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function ours(job: NetsJob, folder: string): Promise<NetsRun> {
  const relaxed = job.by !== 'ours, plain SIMD' && allowRelaxedSimd();
  const loaded = await loadNetKernels({ threads: job.threads, spawn: spawnThread, relaxed });
  if (!loaded.kernels || loaded.kernels.threads !== job.threads) throw new Error(loaded.reason() ?? 'no kernels');
  const run = await trainOurs(job, readRows(folder), readWeights(folder), loaded.kernels, cpu);
  const peak = loaded.peak(() => performance.now());
  loaded.end();
  return { ...run, peak, version: loaded.relaxed ? 'relaxed SIMD' : '' };
}

async function stock(job: NetsJob, folder: string): Promise<NetsRun> {
  const backend = job.by.replace('tfjs-', '');
  const require = createRequire(join(process.env.BARNACLE_ROOT ?? process.cwd(), 'package.json'));
  const tf = require('@tensorflow/tfjs') as Tf;
  if (backend === 'wasm') (require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void }).setWasmPaths(`${join(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'), '../dist')}/`);
  return trainStock(tf, backend, job, readRows(folder), readWeights(folder), cpu);
}
