// The pause that lets messages in: a MessageChannel turn is a macrotask, so a waiting `stop` is delivered before it ends
// (a resolved promise would not let it in, a timer is clamped to 4 ms). At most one real pause per ~50 ms.
import { BarnacleError } from '../core/base/errors.ts';
import type { CurvePoint, Progress, WorkContext } from '../core/base/task.ts';

/** What a person said about running work. `pause` is heeded where the work can be resumed (keep-door.ts), else it goes on. */
export type Wish = 'go' | 'pause' | 'stop' | 'discard';
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
 * thinned to one in 30 ms, but the first of each stage gets through, and so does every point of a curve: those of thinned
 * reports travel with the next one (`points`); the record of the run holds them all in the end.
 */
export function workContext(job: string, flag: StopFlag, report: (progress: Progress) => void, now: () => number = () => performance.now()): WorkContext {
  let last = now();
  let reported = -Infinity;
  let stage = '';
  let points: CurvePoint[] = [];
  return {
    now,
    report(progress) {
      const time = now();
      if (progress.point) points.push(progress.point);
      if (!progress.made && progress.stage === stage && time - reported < reportMs) return;
      stage = progress.stage;
      reported = time;
      report(points.length > 1 ? { ...progress, points } : points.length && !progress.point ? { ...progress, point: points[0]! } : progress);
      points = [];
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
