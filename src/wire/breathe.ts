// The pause that lets messages in: a MessageChannel turn is a macrotask, so a waiting `stop` is delivered before it ends
// (a resolved promise would not let it in, a timer is clamped to 4 ms). At most one real pause per ~50 ms.
import { BarnacleError } from '../core/base/errors.ts';
import type { Progress, WorkContext } from '../core/base/task.ts';

/** What a person said about running work. */
export type Wish = 'go' | 'stop' | 'discard';
/** The flag that a stop message sets and breathe reads. */
export interface StopFlag { wish: Wish }

const everyMs = 50;
const reportMs = 30;

/** Resolves after pending messages of this thread have been delivered. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * A WorkContext whose breathe() yields at most every 50 ms and obeys the flag; throws `stopped` on discard. Reports are
 * thinned to one in 30 ms, but the first of each stage and every point of a curve get through.
 */
export function workContext(job: string, flag: StopFlag, report: (progress: Progress) => void, now: () => number = () => performance.now()): WorkContext {
  let last = now();
  let reported = -Infinity;
  let stage = '';
  return {
    now,
    report(progress) {
      const time = now();
      if (!progress.point && progress.stage === stage && time - reported < reportMs) return;
      stage = progress.stage;
      reported = time;
      report(progress);
    },
    async breathe() {
      if (now() - last >= everyMs) {
        await turn();
        last = now();
      }
      if (flag.wish === 'discard') throw new BarnacleError('stopped', `job ${job} was stopped and its work discarded`, { job });
      return flag.wish === 'stop' ? 'stop' : 'go';
    },
  };
}
