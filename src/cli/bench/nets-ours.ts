// Net kernels of ours on the benchmark's rows: a session, and a batch gathered for every step inside the clock. In Node and in a tab.
import type { NetKernels } from '../../core/learners/mlp/net-kernels.ts';
import { gatherer, timeSteps, type NetsJob, type NetsRows, type NetsRun } from './nets-rows.ts';

export async function trainOurs(job: NetsJob, rows: NetsRows, weights: Float32Array, kernels: NetKernels, cpu: (() => number) | null): Promise<Omit<NetsRun, 'version'>> {
  const session = await kernels.open({ net: job.net, loss: { kind: 'softmax', focal: 0 }, optimizer: job.optimizer, weights, seed: 1, maxRows: job.batch });
  try {
    const { batch, gather } = gatherer(job, rows);
    const step = (b: number): void => {
      gather(b);
      session.step(batch, { rate: job.rate, decay: 1, drop: 1, step: b, watch: false });
    };
    return await timeSteps(job, step, () => session.loss(), cpu);
  } finally {
    session.dispose();
  }
}
