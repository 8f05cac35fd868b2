// What the coordinator can ask of the threads: the numbers of assembly/index.ts.
import { CLOSE } from '../team/words.ts';

export const commands = { close: CLOSE, bin: 1, renumber: 2, gradients: 3, select: 4, partition: 5, expand: 6, sumLeaves: 7, addLeaves: 8, addTree: 9, sortColumn: 10 } as const;
