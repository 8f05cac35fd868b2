// What is learned, what is said while learning, and what was noticed: the small words that every room shares.
import type { Json } from './json.ts';

export type Task = 'binary' | 'multiclass' | 'regression';

/** Data trouble that is not an exception; shown beside the result. `rows` is how many it concerns, null when not counted. */
export type Note = { code: string; message: string; column: string | null; rows: number | null; example: string | null };

/** Which part of a long call runs, how far (0..1, null = unknown), and numbers worth drawing as they come. */
export type Progress = {
  stage: string;
  done: number | null;
  text: string;
  /** A point of a learning curve: `step` counts trees, epochs or iterations. Losses are per row, lower is better. */
  point?: CurvePoint;
  /** Points of the curve that have come since the last report, `point` the last of them: a door may send several at once. */
  points?: CurvePoint[];
  /** What the fit runs on, told once as it begins. */
  made?: Versions;
};
export type CurvePoint = { step: number; train: number | null; valid: number | null; rowsPerSecond: number | null; extra?: { [name: string]: number } };

/** What every long call receives: no clock, randomness or message queue of its own. */
export interface WorkContext {
  /** Milliseconds, monotone; for rates only, never for results. */
  now(): number;
  report(progress: Progress): void;
  /** Lets messages in, at most every ~50 ms. Resolves to 'stop' once the person wants to keep what there is; throws `stopped` on discard. */
  breathe(): Promise<'go' | 'stop'>;
}

/** A context for tests and small calls: silent, never stops. */
export const quiet: WorkContext = { now: () => 0, report: () => {}, breathe: async () => 'go' };

export type Versions = { barnacle: string; kernels: string; backend: string; threads: number; extra: { [name: string]: Json } };
