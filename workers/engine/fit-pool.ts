// A pool of fit workers: each runs one fit at a time, fits wait in order for a free one. A worker that dies fails its
// own fit with worker-lost and is replaced; the others go on. A discard that is not obeyed in time ends the worker.
import { proxy, wrap, type Remote } from 'comlink';
import { BarnacleError, isBarnacleError } from '../../src/core/base/errors.ts';
import type { WorkContext } from '../../src/core/base/task.ts';
import type { FitJob } from '../../src/core/pipeline/run.ts';
import { whenGone, type Alive } from '../../src/wire/alive.ts';
import type { FitApi, FitReply } from '../../src/wire/fit.ts';
import { shareMatrix } from '../../src/wire/share-matrix.ts';
import type { Flag } from './jobs.ts';

interface Seat { readonly worker: Worker; readonly remote: Remote<FitApi & Alive>; readonly gone: Promise<never>; dropped: boolean }
export interface FitPool {
  fit(job: FitJob, context: WorkContext, flag: Flag): Promise<FitReply>;
  /** How many workers live now, busy or idle. */
  readonly alive: number;
  /** Ends idle workers, to give their memory back. */
  trim(): void;
}
const patienceMs = 1500;

export function makeFitPool(spawn: () => Worker, size: number): FitPool {
  const idle: Seat[] = [];
  const waiting: ((seat: Seat) => void)[] = [];
  let alive = 0;

  function open(): Seat {
    alive++;
    const worker = spawn();
    const remote = wrap<FitApi & Alive>(worker);
    const gone = whenGone(worker, remote, 'fit');
    const seat: Seat = { worker, remote, gone, dropped: false };
    gone.catch(() => drop(seat));
    return seat;
  }
  function take(): Promise<Seat> {
    const seat = idle.pop() ?? (alive < size ? open() : null);
    return seat ? Promise.resolve(seat) : new Promise((resolve) => waiting.push(resolve));
  }
  function giveBack(seat: Seat): void {
    if (seat.dropped) return;
    const next = waiting.shift();
    if (next) next(seat);
    else idle.push(seat);
  }
  function drop(seat: Seat): void {
    if (seat.dropped) return;
    seat.dropped = true;
    if (idle.includes(seat)) idle.splice(idle.indexOf(seat), 1);
    seat.worker.terminate();
    alive--;
    const next = waiting.shift();
    if (next) next(open());
  }

  return {
    get alive() {
      return alive;
    },
    trim() {
      for (const seat of idle.splice(0)) drop(seat);
    },
    async fit(job, context, flag) {
      const seat = await take();
      let discard: (reason: Error) => void = () => {};
      const discarded = new Promise<never>((_, reject) => (discard = reject));
      let timer: ReturnType<typeof setTimeout> | undefined;
      const unlisten = flag.listen((wish) => {
        void seat.remote.stop(wish === 'stop').catch(() => {});
        if (wish === 'discard') timer ??= setTimeout(() => discard(lateDiscard()), patienceMs);
      });
      try {
        const shared = { ...job, train: shareMatrix(job.train), valid: job.valid && shareMatrix(job.valid) };
        const reply = await Promise.race([seat.remote.fit(shared, proxy((progress) => context.report(progress))), seat.gone, discarded]);
        giveBack(seat);
        return reply;
      } catch (thrown) {
        if (isBarnacleError(thrown, 'worker-lost') || late.has(thrown as Error)) drop(seat);
        else giveBack(seat);
        throw thrown;
      } finally {
        unlisten();
        clearTimeout(timer);
      }
    },
  };
}

const late = new WeakSet<Error>();
function lateDiscard(): Error {
  const error = new BarnacleError('stopped', 'the fit was stopped and its work discarded', { job: 'fit' });
  late.add(error);
  return error;
}
