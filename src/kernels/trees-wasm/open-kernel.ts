// One memory and the module over it, on one thread or with the team's helpers. Throws too-large when the memory cannot be had.
import { BarnacleError } from '../../core/base/errors.ts';
import { tooLarge } from '../../core/learners/trees/layout.ts';
import { FIT, NUMBERS, THREADS, WORDS } from './layout.ts';
import { alone, commands } from './team.ts';
import type { Team } from './team.ts';

/** `plain` is compiled for memory of one thread, `shared` for memory that threads share (null = not possible here). */
export type TreeModules = { readonly plain: WebAssembly.Module; readonly shared: WebAssembly.Module | null };
/** Memory laid out for so many threads. */
export type Need = { readonly pages: number; readonly bytes: number };

export interface Kernel {
  readonly threads: number;
  readonly buffer: ArrayBufferLike;
  /** Arguments of a command, and the table of fit.ts. */
  readonly words: Int32Array;
  readonly numbers: Float64Array;
  readonly fit: Int32Array;
  call(command: number): void;
  readFeature(): void;
  close(): void;
}

/** `layout` says what a session on so many threads needs; as few as one are taken when there are no helpers to be had. */
export async function openKernel(modules: TreeModules, team: Team, most: number, layout: (threads: number) => Need): Promise<{ kernel: Kernel; threads: number }> {
  const threads = modules.shared ? Math.min(most, team.threads) : 1;
  if (modules.shared && threads > 1 && threads === team.threads) {
    const memory = allocate(layout(threads), true);
    if (await team.enlist(modules.shared, memory)) return { kernel: start(modules.shared, memory, threads, team), threads };
  }
  return { kernel: start(modules.plain, allocate(layout(1), false), 1, alone), threads: 1 };
}

function allocate({ pages, bytes }: Need, shared: boolean): WebAssembly.Memory {
  if (pages > 65536) throw tooLarge(bytes, null);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    throw tooLarge(bytes, cause);
  }
}

function start(module: WebAssembly.Module, memory: WebAssembly.Memory, threads: number, team: Team): Kernel {
  const abort = (): never => { throw new Error('the tree kernel aborted'); };
  const kernel = new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as { call(command: number): void; readFeature(): void };
  const { buffer } = memory;
  new Int32Array(buffer, THREADS, 1)[0] = threads;
  let isOpen = true;
  /** A trap of one thread, or a thread that is gone, ends the session and the team. */
  const call = (command: number): void => {
    try {
      kernel.call(command);
    } catch (cause) {
      isOpen = false;
      team.lose(String(cause));
      throw new BarnacleError('worker-lost', `a thread of the tree kernels was lost: ${String(cause)}; train again`, { worker: 'trees', reason: String(cause) }, { cause });
    }
  };
  return {
    threads,
    buffer,
    words: new Int32Array(buffer, WORDS, 64),
    numbers: new Float64Array(buffer, NUMBERS, 32),
    fit: new Int32Array(buffer, FIT, 128),
    call,
    readFeature: kernel.readFeature,
    close() {
      if (!isOpen) return;
      isOpen = false;
      call(commands.close);
      team.release();
    },
  };
}
