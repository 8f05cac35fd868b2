// Which runs of a project are still owed: noted before training begins, so that a reload, a crashed tab or a lost engine
// costs time and never a result. Pure functions over the record's list.
// A run that was lost on the way several times is not begun again by itself: it may be what brings the tab down.
import { errorRecord, BarnacleError } from '../../core/base/errors.ts';
import { hashJson } from '../../core/base/hash.ts';
import type { Hash } from '../../core/base/json.ts';
import type { Run, RunSpec } from '../../core/pipeline/run-spec.ts';
import type { KeptCard, PendingRun } from '../../wire/engine.ts';

/** How often a run is begun again by itself. */
export const MOST_RESUMES = 2;

/** The list with these specs on it, asked for now; those that were on it keep their count. */
export function begin(pending: readonly PendingRun[], specs: readonly RunSpec[], askedAt: number): PendingRun[] {
  const ids = new Set(specs.map((spec) => hashJson(spec)));
  return [...pending.filter((each) => !ids.has(hashJson(each.spec))), ...specs.map((spec) => ({ spec, askedAt, resumes: 0 }))];
}

/** The list without these runs; the same list when none is on it. */
export function without(pending: PendingRun[], ids: readonly Hash[]): PendingRun[] {
  return pending.some((each) => ids.includes(hashJson(each.spec))) ? pending.filter((each) => !ids.includes(hashJson(each.spec))) : pending;
}

/** Those without a result: a stored run has ended when it began after this one was asked for. */
export function unended(pending: readonly PendingRun[], runs: readonly Run[]): PendingRun[] {
  return pending.filter(({ spec, askedAt }) => {
    const run = runs.find((each) => each.id === hashJson(spec));
    return run === undefined || run.startedAt < askedAt;
  });
}

/** After an interruption: those to begin again, counted, those that were lost too often, and those that are paused. */
export function afterLoss(pending: readonly PendingRun[], askedAt: number): { again: PendingRun[]; lost: PendingRun[]; paused: PendingRun[] } {
  const going = pending.filter((each) => each.paused !== true);
  const again = going.filter((each) => each.resumes < MOST_RESUMES).map((each) => ({ ...each, askedAt, resumes: each.resumes + 1 }));
  return { again, lost: going.filter((each) => each.resumes >= MOST_RESUMES), paused: pending.filter((each) => each.paused === true) };
}

/** The list with this run paused; it waits for the person. */
export const withPaused = (pending: readonly PendingRun[], id: Hash): PendingRun[] => pending.map((each) => (hashJson(each.spec) === id ? { ...each, paused: true } : each));

/** A run's record before it has begun, with what was kept of it. */
export function owedRun({ spec, askedAt, paused }: PendingRun, kept: readonly KeptCard[]): Run {
  const found = kept.find((each) => each.run === hashJson(spec));
  return { ...waitingRun(spec, askedAt), status: paused === true ? 'paused' : 'waiting', ...(found ? { curve: found.curve, resumed: found.step } : {}) };
}

/** A run's record before it has begun. */
export const waitingRun = (spec: RunSpec, startedAt: number): Run => ({
  id: hashJson(spec), spec, status: 'waiting', curve: [], evaluation: null, importance: null, bundle: null, modelHash: null,
  modelBytes: null, counts: null, predictMicros: null, error: null, startedAt, fitMs: null, made: null,
});

/** A run that was lost too often, as a failure that says so. */
export function lostRun({ spec, askedAt, resumes }: PendingRun): Run {
  const reason = `it ended ${resumes + 1} times while this was trained`;
  const error = new BarnacleError('worker-lost', `the run ${hashJson(spec)} was lost ${resumes + 1} times; train it again, with fewer rows, columns or trees if memory ran out`, { worker: 'the page or its engine', reason });
  return { ...waitingRun(spec, askedAt), status: 'failed', error: errorRecord(error) };
}
