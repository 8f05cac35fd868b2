// Nets in WASM behind core's NetKernels: with relaxed SIMD where the engine takes it, on many threads over shared memory where
// the page may and a door gives threads. One module for all fits, one memory for each session. A few known steps prove the
// kernels against the reference before they are used; what fails is left out with the reason: relaxed SIMD, then threads.
import { BarnacleError } from '../../core/base/errors.ts';
import { referenceNets } from '../../core/learners/mlp/reference-net.ts';
import type { NetKernels, NetOpen, NetSession } from '../../core/learners/mlp/net-kernels.ts';
import { openModule } from '../team/open-module.ts';
import type { Modules } from '../team/open-module.ts';
import { alone, startTeam } from '../team/team.ts';
import type { Team, TeamThread } from '../team/team.ts';
import { MOST_THREADS } from '../team/words.ts';
import { bytes } from './assembly/index.ts?kernel';
import { bytes as relaxedBytes } from './assembly/index.ts?kernel-relaxed';
import { bytes as sharedBytes } from './assembly/index.ts?kernel-shared';
import { bytes as sharedRelaxedBytes } from './assembly/index.ts?kernel-shared-relaxed';
import { layoutNet, tooLarge } from './layout.ts';
import type { Measures } from './layout.ts';
import { selfTest } from './self-test.ts';
import { ARRAYS, sessionOver } from './session.ts';
import { shapeOf, slicesFor } from './split.ts';

export type NetThreads = {
  /** Threads of a session, the caller's own counted; 1 to 16. More than one needs `spawn` and shared memory. */
  readonly threads?: number;
  /** Starts a thread that runs serveThread. */
  readonly spawn?: () => TeamThread;
  /** Multiply-adds of a step that one thread makes alone; another is taken for as many more. 2,000,000 when absent. */
  readonly aloneUpTo?: number;
  /** False = without relaxed SIMD even where there is. */
  readonly relaxed?: boolean;
};
const ALONE_UP_TO = 2_000_000;
const PEAK_MS = 150;

export type LoadedNets = {
  /** Null when WASM is of no use here; `reason` says why. */
  readonly kernels: NetKernels | null;
  reason(): string | null;
  /** True with multiply-adds of one rounding. */
  readonly relaxed: boolean;
  /** Multiply-adds of single floats that one thread makes in a second at most, measured now for 150 milliseconds. */
  peak(now: () => number): number;
  /** Ends the helpers. */
  end(): void;
};

type Built = Modules & { readonly measures: Measures; readonly relaxed: boolean; peak(now: () => number): number };

const scope = globalThis as { crossOriginIsolated?: boolean };
const canShare = (): boolean => (scope.crossOriginIsolated ?? true) && typeof SharedArrayBuffer === 'function';

/** Never throws: what cannot start is a reason. */
export async function loadNetKernels(asked: NetThreads = {}): Promise<LoadedNets> {
  const reasons: string[] = [];
  const wantsRelaxed = (asked.relaxed ?? true) && WebAssembly.validate(relaxedBytes);
  for (const relaxed of wantsRelaxed ? [true, false] : [false]) {
    try {
      const loaded = await load(await build(relaxed), asked, reasons);
      if (loaded) return loaded;
    } catch (error) {
      reasons.push(`wasm: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const reason = reasons.join('; ');
  return { kernels: null, reason: () => reason, relaxed: false, peak: () => NaN, end: () => {} };
}

async function load(built: Built, { threads = 1, spawn, aloneUpTo = ALONE_UP_TO }: NetThreads, reasons: string[]): Promise<LoadedNets | null> {
  const one = kernelsOf(built, alone, aloneUpTo, reasons);
  const fault = await selfTest(one, referenceNets);
  if (fault) {
    reasons.push(`${built.relaxed ? 'relaxed SIMD: ' : ''}${fault}`);
    return null;
  }
  const many = Math.max(1, Math.min(MOST_THREADS, Math.floor(threads)));
  const team = many > 1 && spawn ? await startNets(built, many, spawn, reasons) : null;
  const kernels = team ? kernelsOf(built, team, aloneUpTo, reasons, one) : one;
  return { kernels, reason: () => kernels.reasons.join('; ') || null, relaxed: built.relaxed, peak: built.peak, end: () => team?.end() };
}

/** A team that has passed the test; else null, and the reason is told. */
async function startNets(built: Built, threads: number, spawn: () => TeamThread, reasons: string[]): Promise<Team | null> {
  if (!built.shared) {
    reasons.push('threads: memory cannot be shared here (the page is not cross-origin isolated)');
    return null;
  }
  const team = await startTeam(threads, spawn);
  const fault = team.reason ?? (await selfTest(kernelsOf(built, team, 0, []), referenceNets).catch(String)) ?? team.reason;
  if (!fault) return team;
  team.end();
  reasons.push(fault);
  return null;
}

async function build(relaxed: boolean): Promise<Built> {
  const plain = await WebAssembly.compile(relaxed ? relaxedBytes : bytes);
  const shared = canShare() ? await WebAssembly.compile(relaxed ? sharedRelaxedBytes : sharedBytes) : null;
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536 });
  const abort = (): never => { throw new Error('the kernel of nets aborted'); };
  const exports = new WebAssembly.Instance(plain, { env: { memory, abort } }).exports as unknown as Measures & { peak(iterations: number): number; PEAK_MADDS: WebAssembly.Global };
  const peak = (now: () => number): number => {
    let best = 0;
    // the engine needs some of this time to compile it for speed
    for (const begin = now(); now() - begin < PEAK_MS; ) {
      const start = now();
      exports.peak(50_000);
      best = Math.max(best, (50_000 * (exports.PEAK_MADDS.value as number) * 1000) / (now() - start));
    }
    return best;
  };
  return { plain, shared, relaxed, measures: exports, peak };
}

/** Threads of a session: as many as the work of a step and its slices keep busy. A function of the net and its batch alone. */
export function threadsFor({ net, maxRows }: Pick<NetOpen, 'net' | 'maxRows'>, most: number, aloneUpTo: number): number {
  const shape = shapeOf(net);
  const madds = 3 * shape.madds * maxRows;
  const busy = aloneUpTo > 0 ? Math.ceil(madds / aloneUpTo) : most;
  return Math.max(1, Math.min(most, busy, slicesFor(shape, maxRows)));
}

/** The learner goes on from its last epoch, on one thread (stepDown). */
const lost = (cause: unknown): BarnacleError =>
  new BarnacleError('no-backend', `a thread of nets was lost while training (${String(cause)}); train on one thread`, { asked: 'wasm', reasons: [String(cause)] }, { cause });

function kernelsOf(built: Built, team: Team, aloneUpTo: number, told: string[], next: NetKernels | null = null): NetKernels {
  let open = 0;
  return {
    backend: 'wasm',
    get threads() { return team.threads; },
    get reasons() { return team.reason && !told.includes(team.reason) ? [...told, team.reason] : told.slice(); },
    async open(options: NetOpen): Promise<NetSession> {
      const layouts = new Map<number, ReturnType<typeof layoutNet>>();
      const layoutFor = (threads: number): ReturnType<typeof layoutNet> => {
        const layout = layouts.get(threads) ?? layoutNet(options, threads, built.measures);
        layouts.set(threads, layout);
        return layout;
      };
      const most = threadsFor(options, Math.max(1, team.threads), aloneUpTo);
      const kernel = await openModule<unknown>(built, team, most, layoutFor, { name: 'nets', tooLarge, lost });
      open++;
      return sessionOver(kernel, layoutFor(kernel.threads), options, () => open--);
    },
    tensors: () => open * ARRAYS,
    async stepDown() {
      if (next && team.reason) told.push(team.reason);
      return next;
    },
  };
}
