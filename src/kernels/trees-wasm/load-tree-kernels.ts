// Tree kernels in WASM behind core's TreeKernels: on many threads over shared memory where the page may and a door gives
// threads, else on one. One module for all fits, one memory for each fit, dropped with its session. A known-answer fit proves
// the kernels before they are used; else they step down, from threads to one, from WASM to the reference, with the reason.
import type { HostSession, TreeKernels, TreePlan } from '../../core/learners/trees/kernels.ts';
import { referenceTrees } from '../../core/learners/trees/reference.ts';
import { alone, startTeam } from '../team/team.ts';
import type { Team, TeamThread } from '../team/team.ts';
import { MOST_THREADS } from '../team/words.ts';
import { bytes } from './assembly/index.ts?kernel';
import { bytes as sharedBytes } from './assembly/index.ts?kernel-shared';
import { sessionBytes } from './layout.ts';
import type { TreeModules } from './open-kernel.ts';
import { selfTest } from './self-test.ts';
import { openSession } from './session.ts';
import { findAllCuts } from './sort-columns.ts';

export type TreeThreads = {
  /** Threads of a fit, the caller's own counted; 1 to 16. More than one needs `spawn` and shared memory. */
  readonly threads?: number;
  /** Starts a thread that runs serveThread. */
  readonly spawn?: () => TeamThread;
  /** Fits of so few cells (rows times columns) stay on one thread: waking others costs more. 500,000 when absent. */
  readonly aloneUpTo?: number;
};
const ALONE_UP_TO = 500_000;
export interface WasmTreeKernels extends TreeKernels {
  /** Sessions of WASM can host a kernel that sums histograms elsewhere; those of the reference cannot. */
  open(plan: TreePlan): Promise<HostSession>;
}
export type LoadedTrees = {
  readonly kernels: TreeKernels;
  /** Why something faster is not used; null = nothing is in the way. */
  reason(): string | null;
  /** Bytes that a session of this plan takes. */
  bytesOf(plan: TreePlan): number;
  /** Ends the helpers. */
  end(): void;
};

const scope = globalThis as { crossOriginIsolated?: boolean };
const canShare = (): boolean => (scope.crossOriginIsolated ?? true) && typeof SharedArrayBuffer === 'function';

/** Never throws: what cannot start is a reason. */
export async function loadTreeKernels(asked: TreeThreads = {}): Promise<LoadedTrees> {
  let plain: WebAssembly.Module;
  try {
    plain = await WebAssembly.compile(bytes);
  } catch (error) {
    return onReference(`WASM is not usable here: ${String(error)}`);
  }
  const threads = Math.max(1, Math.min(MOST_THREADS, Math.floor(asked.threads ?? 1)));
  let reason: string | null = null;
  if (threads > 1 && asked.spawn) {
    if (canShare()) {
      const loaded = await onThreads(plain, threads, asked.spawn, asked.aloneUpTo ?? ALONE_UP_TO);
      if (loaded.kernels) return loaded;
      reason = loaded.reason;
    } else reason = 'threads: memory cannot be shared here (the page is not cross-origin isolated)';
  }
  const kernels = kernelsOf({ plain, shared: null }, alone, 0);
  const fault = await selfTest(kernels);
  return fault ? onReference(fault) : { kernels, reason: () => reason, bytesOf: (plan) => sessionBytes(plan, 1), end: () => {} };
}

async function onThreads(plain: WebAssembly.Module, threads: number, spawn: () => TeamThread, aloneUpTo: number): Promise<LoadedTrees | { kernels: null; reason: string }> {
  try {
    const modules = { plain, shared: await WebAssembly.compile(sharedBytes) };
    const team = await startTeam(threads, spawn);
    if (team.reason) return { kernels: null, reason: team.reason };
    const kernels = kernelsOf(modules, team, aloneUpTo);
    const fault = await selfTest(kernelsOf(modules, team, 0));
    if (!fault && !team.reason) return { kernels, reason: () => team.reason, bytesOf: (plan) => sessionBytes(plan, team.threads), end: () => team.end() };
    team.end();
    return { kernels: null, reason: fault ?? team.reason ?? 'threads: lost' };
  } catch (error) {
    return { kernels: null, reason: `threads: ${error instanceof Error ? error.message : String(error)}` };
  }
}

const kernelsOf = (modules: TreeModules, team: Team, aloneUpTo: number): WasmTreeKernels => ({
  backend: 'wasm',
  get threads() { return team.threads; },
  findCuts: (data, weight, maxBins, seed) => findAllCuts(modules, team, aloneUpTo, data, weight, maxBins, seed),
  open: (plan) => openSession(modules, plan.rows * plan.columns.length <= aloneUpTo ? alone : team, plan),
});

const onReference = (reason: string): LoadedTrees => ({ kernels: referenceTrees, reason: () => reason, bytesOf: (plan) => sessionBytes(plan, 1), end: () => {} });
