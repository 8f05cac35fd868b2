// Tree kernels in AssemblyScript for one thread or many: stage by stage the twin of core/learners/trees/reference.ts; same bits.
// The coordinator writes arguments and calls `call`; helpers sit in `serve`. Memory is laid out by ../layout.ts (fit.ts says how
// it is found); nothing allocates here. Compiled twice: with shared memory and atomics, and without.
import { bin, renumber } from './bin';
import { sortColumn } from './cuts';
import { expand, joinSplits, readFeature } from './expand';
import { gradients, joinRanges } from './gradients';
import { addLeaves, addTree, joinLeaves, partition, spreadSet, sumLeaves } from './rows';
import { select } from './select';
import { announce, awaitHelpers, finish, waitFor } from '../../team/assembly/team';
import { CLOSE, COMMAND, EPOCH, THREADS } from '../../team/assembly/words';

// Commands besides CLOSE, in the order of ../commands.ts.
const BIN = 1;
const RENUMBER = 2;
const GRADIENTS = 3;
const SELECT = 4;
const PARTITION = 5;
const EXPAND = 6;
const SUM_LEAVES = 7;
const ADD_LEAVES = 8;
const ADD_TREE = 9;
const SORT_COLUMN = 10;

function run(command: i32, thread: i32): void {
  switch (command) {
    case BIN: bin(thread); break;
    case RENUMBER: renumber(thread); break;
    case GRADIENTS: gradients(thread); break;
    case SELECT: select(thread); break;
    case PARTITION: partition(thread); break;
    case EXPAND: expand(thread); break;
    case SUM_LEAVES: sumLeaves(thread); break;
    case ADD_LEAVES: addLeaves(thread); break;
    case ADD_TREE: addTree(thread); break;
    case SORT_COLUMN: sortColumn(thread); break;
  }
}

/** Runs a command on all threads; back when all are done. */
export function call(command: i32): void {
  const threads = load<i32>(THREADS);
  store<i32>(COMMAND, command);
  if (command == PARTITION) spreadSet();
  if (threads > 1) announce();
  run(command, 0);
  if (threads > 1) awaitHelpers(threads);
  if (command == GRADIENTS) joinRanges();
  else if (command == EXPAND) joinSplits();
  else if (command == SUM_LEAVES) joinLeaves();
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

export { readFeature };
