// Nets in AssemblyScript, for one thread or many: the coordinator fills the table (words.ts) and calls `call`; helpers sit in
// `serve`. A whole training step is one command. Memory is laid out by ../layout.ts; nothing allocates here.
// Compiled four times: with shared memory and atomics or without, with relaxed SIMD or without.
import { announce, awaitHelpers, finish, waitFor } from '../../team/assembly/team';
import { CLOSE, COMMAND, EPOCH, THREADS } from '../../team/assembly/words';
import { forward, packShare, step } from './run';

// Commands besides CLOSE, in the order of ../records.ts.
const STEP = 1;
const FORWARD = 2;
const PACK = 3;

function run(command: i32, thread: i32): void {
  switch (command) {
    case STEP: step(thread); break;
    case FORWARD: forward(thread); break;
    case PACK: packShare(thread, load<i32>(THREADS)); break;
  }
}

/** Runs a command on all threads; back when all are done. */
export function call(command: i32): void {
  const threads = load<i32>(THREADS);
  store<i32>(COMMAND, command);
  if (threads > 1) announce();
  run(command, 0);
  if (threads > 1) awaitHelpers(threads);
}

/** A helper's life in one session: its share of every command until CLOSE. */
export function serve(thread: i32): void {
  for (let epoch = 1; ; epoch++) {
    waitFor(EPOCH, epoch, thread);
    const command = load<i32>(COMMAND);
    if (command != CLOSE) run(command, thread);
    finish(thread, epoch);
    if (command == CLOSE) return;
  }
}

export { packedFloats, panels, scratchFloats } from './matmul';
export { encodingScratch } from './waves';
export { PEAK_MADDS, peak } from './peak';
