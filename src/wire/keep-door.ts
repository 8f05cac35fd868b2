// When a running fit is asked for a checkpoint: every ten seconds (more seldom where making one takes long, never while
// one is on its way), and at once when the person pauses it, which ends the fit with `paused`.
import { BarnacleError } from '../core/base/errors.ts';
import type { KeptFit } from '../core/pipeline/kept-fit.ts';
import type { StopFlag } from './breathe.ts';

export const keepEveryMs = 10_000;
/** A checkpoint may cost about this share of the time between two. */
const share = 1 / 25;

export interface KeepDoor {
  /** For RunContext.keep. Throws `paused` once a pause is wished and the checkpoint is on its way. */
  keep(step: number, make: () => KeptFit): void;
  /** Resolves when all that was sent has arrived; rejects when the last could not be kept. */
  settled(): Promise<void>;
}

/** `send` resolves once a checkpoint is kept. `pausing`: it is the last word of this fit. */
export function makeKeepDoor(job: string, flag: StopFlag, send: (kept: KeptFit, pausing: boolean) => Promise<void>, everyMs = keepEveryMs, now: () => number = () => performance.now()): KeepDoor {
  let last = now();
  let wait = everyMs;
  let isSending = false;
  let sent: Promise<void> = Promise.resolve();
  return {
    keep(_step, make) {
      const pausing = flag.wish === 'pause';
      if (!pausing && (isSending || now() - last < wait)) return;
      const began = now();
      const kept = make();
      isSending = true;
      sent = sent.catch(() => {}).then(() => send(kept, pausing)).finally(() => (isSending = false));
      sent.catch(() => {});
      last = now();
      wait = Math.max(everyMs, (last - began) / share);
      if (pausing) throw new BarnacleError('paused', `job ${job} was paused; it goes on from where it was`, { job });
    },
    settled: () => sent,
  };
}
