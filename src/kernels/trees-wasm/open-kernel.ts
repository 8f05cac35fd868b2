// One memory and the tree module over it, on one thread or with the team's helpers, and the words that commands are given in.
// Throws too-large when the memory cannot be had.
import { tooLarge } from '../../core/learners/trees/layout.ts';
import { openModule } from '../team/open-module.ts';
import type { Modules, Need } from '../team/open-module.ts';
import type { Team } from '../team/team.ts';
import { FIT, NUMBERS, WORDS } from './layout.ts';

export type TreeModules = Modules;
export type { Need };

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
  const { threads, buffer, exports, call, close } = await openModule<{ readFeature(): void }>(modules, team, most, layout, { name: 'trees', tooLarge });
  const words = new Int32Array(buffer, WORDS, 64);
  const numbers = new Float64Array(buffer, NUMBERS, 32);
  const fit = new Int32Array(buffer, FIT, 128);
  return { kernel: { threads, buffer, words, numbers, fit, call, readFeature: exports.readFeature, close }, threads };
}
