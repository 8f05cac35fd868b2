// A pool of fit workers: each does one thing at a time, work waits in order for a free one. A worker that dies fails its
// own work with worker-lost and is replaced; the others go on. A discard that is not obeyed in time ends the worker.
import { wrap, type Remote } from 'comlink';
import { BarnacleError, isBarnacleError } from '../../src/core/base/errors.ts';
import { whenGone, type Alive } from '../../src/wire/alive.ts';
import type { FitApi } from '../../src/wire/fit.ts';
import type { Flag } from './jobs.ts';

interface Seat { readonly worker: Worker; readonly remote: Remote<FitApi & Alive>; readonly gone: Promise<never>; dropped: boolean }
export interface FitPool {
  /** Runs `body` with a free worker; what the person says through the flag is relayed to it. */
  use<T>(flag: Flag, body: (remote: Remote<FitApi>) => Promise<T>): Promise<T>;
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
    async use(flag, body) {
      const seat = await take();
      if (flag.wish === 'discard') {
        giveBack(seat);
        throw stopped();
      }
      let discard: (reason: Error) => void = () => {};
      const discarded = new Promise<never>((_, reject) => (discard = reject));
      let timer: ReturnType<typeof setTimeout> | undefined;
      let unlisten: () => void = () => {};
      try {
        const work = body(seat.remote);
        // After the call: a worker forgets at each one what was said before.
        unlisten = flag.listen((wish) => {
          void (wish === 'pause' ? seat.remote.pause() : seat.remote.stop(wish === 'stop')).catch(() => {});
          if (wish === 'discard') timer ??= setTimeout(() => discard(lateDiscard()), patienceMs);
        });
        const reply = await Promise.race([work, seat.gone, discarded]);
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
const stopped = () => new BarnacleError('stopped', 'the fit was stopped and its work discarded', { job: 'fit' });
function lateDiscard(): Error {
  const error = stopped();
  late.add(error);
  return error;
}
