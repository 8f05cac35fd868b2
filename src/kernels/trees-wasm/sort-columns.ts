// Cuts of all features through the kernel: as many columns at a time as there are threads are copied in; each thread samples,
// sorts and parts one.
import { mix32 } from '../../core/base/random.ts';
import { CUTS_SAMPLE, CUTS_STREAM } from '../../core/learners/trees/find-cuts.ts';
import type { Team } from '../team/team.ts';
import { ARRAYS } from '../team/words.ts';
import { commands } from './commands.ts';
import { NUMBERS } from './layout.ts';
import { openKernel } from './open-kernel.ts';
import type { Need, TreeModules } from './open-kernel.ts';

const COUNTS = 3 * 2048 * 4;
export async function findAllCuts(modules: TreeModules, team: Team, aloneUpTo: number, data: readonly Float32Array[], weight: Float32Array | null, maxBins: number, seed: number): Promise<Float32Array[]> {
  if (data.length === 0) return [];
  const rows = data[0].length;
  const most = Math.min(rows, CUTS_SAMPLE);
  const valueBytes = aligned(4 * rows);
  const scratchBytes = aligned(24 * most + COUNTS);
  const weightBytes = weight ? aligned(4 * rows) : 0;
  const layout = (threads: number): Need => {
    const bytes = ARRAYS + weightBytes + threads * (valueBytes + scratchBytes) + 64;
    return { bytes, pages: Math.ceil(bytes / 65536) };
  };
  const { kernel, threads } = await openKernel(modules, team, rows * data.length <= aloneUpTo ? 1 : team.threads, layout);
  try {
    const values = ARRAYS + weightBytes;
    const scratch = values + threads * valueBytes;
    if (weight) new Float32Array(kernel.buffer, ARRAYS, rows).set(weight);
    kernel.fit.set([rows, values, valueBytes, weight ? ARRAYS : 0, scratch, scratchBytes, most]);
    const seedKey = mix32((seed + 0x9e3779b9) | 0);
    const out: Float32Array[] = [];
    for (let first = 0; first < data.length; first += threads) {
      const n = Math.min(threads, data.length - first);
      for (let t = 0; t < n; t++) new Float32Array(kernel.buffer, values + t * valueBytes, rows).set(data[first + t]);
      kernel.words.set([n, seedKey, (CUTS_STREAM + first) | 0, maxBins]);
      kernel.call(commands.sortColumn);
      for (let t = 0; t < n; t++) {
        const count = new Int32Array(kernel.buffer, NUMBERS, threads)[t];
        out.push(new Float32Array(kernel.buffer, scratch + t * scratchBytes + 24 * most, count).slice());
      }
    }
    return out;
  } finally {
    kernel.close();
  }
}

const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;
