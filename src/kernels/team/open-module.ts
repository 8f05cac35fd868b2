// One memory and a module over it, on one thread or with the team's helpers. The module imports env.memory and exports
// `call(command)`, `serve(thread)` and what else its kernel has. What cannot be allocated is told by the kernel's own error.
import { BarnacleError } from '../../core/base/errors.ts';
import { alone } from './team.ts';
import type { Team } from './team.ts';
import { CLOSE, THREADS } from './words.ts';

/** `plain` is compiled for memory of one thread, `shared` for memory that threads share (null = not possible here). */
export type Modules = { readonly plain: WebAssembly.Module; readonly shared: WebAssembly.Module | null };
/** Memory laid out for so many threads. */
export type Need = { readonly pages: number; readonly bytes: number };
/** What the module is for, and the errors when its memory cannot be had and when a thread was lost (worker-lost when absent). */
export type Purpose = { readonly name: string; readonly tooLarge: (bytes: number, cause: unknown) => BarnacleError; readonly lost?: (cause: unknown) => BarnacleError };

export interface OpenModule<E> {
  readonly threads: number;
  readonly buffer: ArrayBufferLike;
  readonly exports: E;
  /** Runs a command on all threads; throws when one of them is gone. */
  call(command: number): void;
  /** Lets the helpers go; the memory is dropped with the last view of it. */
  close(): void;
}

/** `layout` says what a session on so many threads needs; it is opened on one when there are no helpers to be had. */
export async function openModule<E>(modules: Modules, team: Team, most: number, layout: (threads: number) => Need, purpose: Purpose): Promise<OpenModule<E>> {
  const threads = modules.shared ? Math.min(most, team.threads) : 1;
  if (modules.shared && threads > 1) {
    const memory = allocate(layout(threads), true, purpose);
    if (await team.enlist(modules.shared, memory, threads)) return start(modules.shared, memory, threads, team, purpose);
  }
  return start(modules.plain, allocate(layout(1), false, purpose), 1, alone, purpose);
}

function allocate({ pages, bytes }: Need, shared: boolean, { tooLarge }: Purpose): WebAssembly.Memory {
  if (pages > 65536) throw tooLarge(bytes, null);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    throw tooLarge(bytes, cause);
  }
}

const workerLost = (name: string) => (cause: unknown): BarnacleError => new BarnacleError('worker-lost', `a thread of ${name} was lost: ${String(cause)}; train again`, { worker: name, reason: String(cause) }, { cause });

function start<E>(module: WebAssembly.Module, memory: WebAssembly.Memory, threads: number, team: Team, { name, lost = workerLost(name) }: Purpose): OpenModule<E> {
  const abort = (): never => { throw new Error(`the kernel of ${name} aborted`); };
  const exports = new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as E & { call(command: number): void };
  const { buffer } = memory;
  new Int32Array(buffer, THREADS, 1)[0] = threads;
  let isOpen = true;
  /** A trap of one thread, or a thread that is gone, ends the session and the team. */
  const call = (command: number): void => {
    try {
      exports.call(command);
    } catch (cause) {
      isOpen = false;
      team.lose(String(cause));
      throw lost(cause);
    }
  };
  return {
    threads,
    buffer,
    exports,
    call,
    close() {
      if (!isOpen) return;
      isOpen = false;
      call(CLOSE);
      team.release();
    },
  };
}
