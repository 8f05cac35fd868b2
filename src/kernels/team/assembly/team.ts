// How threads work as one: a command is announced by raising EPOCH, every thread runs its share, and raises its own DONE word to
// the epoch; at a barrier each raises its own PHASE word and waits for the others'. Every word has one writer, so there are
// only atomic loads and stores (V8 11.3, Node 20, gets sums of threads wrong where one register serves two atomic additions).
// Who waits looks again and again for some microseconds, then sleeps; who raises a word wakes sleepers, if there are any.
// BROKEN says that a thread has failed: nobody waits for it any more. Without shared memory all this is nothing.
import { BROKEN, EPOCH, LINES, THREADS } from './words';

/** Looks before sleep: some 20 microseconds; the coordinator is away for less between most commands. */
const LOOKS: i32 = 60000;
/** Naps of two seconds until a thread that has not come is given up for lost. */
const NAPS: i32 = 45;
// Words of a thread's line of 64 bytes.
const DONE: usize = 0;
const PHASE: usize = 4;
const ASLEEP: usize = 8;
const WOKEN: usize = 12;

// @ts-ignore: decorator
@inline
function lineOf(thread: i32): usize {
  return LINES + (<usize>thread << 6);
}

/** Waits until the word at `at` has reached `value`; traps when the team is broken, or after a minute and a half. */
export function waitFor(at: usize, value: i32, thread: i32): void {
  if (ASC_FEATURE_THREADS) {
    for (let i = 0; i < LOOKS; i++) if (atomic.load<i32>(at) - value >= 0) return;
    const line = lineOf(thread);
    for (let naps = 0; ; naps++) {
      const now = atomic.load<i32>(at);
      if (now - value >= 0) return;
      if (atomic.load<i32>(BROKEN) != 0 || (at != EPOCH && naps > NAPS)) unreachable();
      atomic.store<i32>(line + ASLEEP, 1);
      store<i32>(line + WOKEN, atomic.wait<i32>(at, now, 2000000000));
      atomic.store<i32>(line + ASLEEP, 0);
    }
  }
}

function raise(at: usize, value: i32, thread: i32): void {
  if (ASC_FEATURE_THREADS) {
    atomic.store<i32>(at, value);
    const threads = load<i32>(THREADS);
    let asleep = 0;
    for (let t = 0; t < threads; t++) asleep |= atomic.load<i32>(lineOf(t) + ASLEEP);
    if (asleep != 0) store<i32>(lineOf(thread) + WOKEN, atomic.notify(at, -1));
  }
}

/** All threads pass together. */
export function barrier(thread: i32, threads: i32): void {
  if (ASC_FEATURE_THREADS) {
    if (threads == 1) return;
    const phase = load<i32>(lineOf(thread) + PHASE) + 1;
    raise(lineOf(thread) + PHASE, phase, thread);
    for (let t = 0; t < threads; t++) if (t != thread) waitFor(lineOf(t) + PHASE, phase, thread);
  }
}

/** The coordinator tells of a command. */
export function announce(): void {
  if (ASC_FEATURE_THREADS) raise(EPOCH, load<i32>(EPOCH) + 1, 0);
}

/** A helper has done its share of command number `epoch`. */
export function finish(thread: i32, epoch: i32): void {
  if (ASC_FEATURE_THREADS) raise(lineOf(thread) + DONE, epoch, thread);
}

export function awaitHelpers(threads: i32): void {
  if (ASC_FEATURE_THREADS) {
    const epoch = load<i32>(EPOCH);
    for (let t = 1; t < threads; t++) waitFor(lineOf(t) + DONE, epoch, 0);
  }
}
