// A RunSpec and its table -> a Run and its Bundle. The only place where stages are joined; it reads in their order
// and is the same function in the worker, in the CLI and in the tests. Same spec, same bundle (for exact learners).
// Doors give the clock, the kernels, and may carry a fit to another thread (`fit`) or keep prepared data (`prepared`).
import { BarnacleError, errorRecord } from '../base/errors.ts';
import { hashJson } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import { parseParams } from '../base/params.ts';
import type { Versions, WorkContext } from '../base/task.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { hashBundle } from '../bundle/hash-bundle.ts';
import type { CleanContext } from '../clean/clean.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { learners } from '../learners/index.ts';
import { refuseNominal } from '../learners/refuse-nominal.ts';
import type { Checkpoint, FitContext, Kernels } from '../learners/learner.ts';
import { hashModel } from '../models/hash-model.ts';
import { modelBytes } from '../models/model-bytes.ts';
import type { Model } from '../models/model.ts';
import { predictModel } from '../models/predict-model.ts';
import type { ServingContext } from '../models/serving-kernels.ts';
import type { Matrix, Prediction } from '../table/matrix.ts';
import type { Table } from '../table/table.ts';
import { joinMatrices } from '../table/join-matrices.ts';
import type { KeptFit } from './kept-fit.ts';
import { predictRows } from './predict.ts';
import { prepare, type Forerunner, type Prepared } from './prepare.ts';
import type { Run, RunSpec } from './run-spec.ts';
import { tellLosses } from './tell-losses.ts';
import { watchRun } from './run-watch.ts';

/** One fit: what a fit worker is sent. `params` have been parsed. `resume` and `from` as in FitContext; absent = from the start. */
export type FitJob = { learner: string; params: Json; seed: number; train: Matrix; valid: Matrix | null; resume?: Checkpoint | null; from?: Model | null };
/** What a fit is given besides: `keep` hears after each step how it could be resumed. */
export type FitWork = WorkContext & Pick<FitContext, 'keep'>;
/** `ms` is the fit's own time, without the wait for a free thread. */
export type Fitted = { model: Model; made: Versions; ms: number };
export type FitDoor = (job: FitJob, context: FitWork) => Promise<Fitted>;

export interface RunContext extends WorkContext, ServingContext {
  /** Milliseconds since 1970, for the record only. */
  clock(): number;
  /** Where a fit happens; fitHere runs it on this thread. */
  fit: FitDoor;
  /** Kept from an earlier run with the same prepareKey, else null. */
  prepared: Prepared | null;
  /** Bootstrap resamples of the test rows; 200 unless a test says otherwise. */
  resamples: number;
  /** Other tables that the spec's cleaning joins. */
  tables?: CleanContext;
  /** A fit of this same spec to go on with; absent = from the start. Ignored when the learner cannot resume. */
  resume?: KeptFit | null;
  /** Told after every step of a fit that can be resumed, when it breathes; calling `make` costs a little. What it throws ends the fit. */
  keep?: (step: number, make: () => KeptFit) => void;
  /** What spec.from names. */
  from?: Forerunner | null;
}
export interface RunResult { readonly run: Run; readonly bundle: Bundle; readonly prepared: Prepared }

/** Name of a run for people: learner and data decide nothing, the spec does. */
export const runId = (spec: RunSpec): string => hashJson(spec);

/** A Run that has not started. */
export function waitingRun(spec: RunSpec, startedAt: number): Run {
  return { id: runId(spec), spec, status: 'waiting', curve: [], evaluation: null, importance: null, bundle: null, modelHash: null, modelBytes: null, counts: null, predictMicros: null, error: null, startedAt, fitMs: null, made: null };
}

/** The record of a run that threw; a paused one has no error. */
export function failedRun(spec: RunSpec, startedAt: number, error: unknown): Run {
  const record = errorRecord(error);
  if (record.code === 'paused') return { ...waitingRun(spec, startedAt), status: 'paused' };
  return { ...waitingRun(spec, startedAt), status: record.code === 'stopped' ? 'stopped' : 'failed', error: record };
}

/** Throws the first typed error of a stage; a stop keeps the best so far and yields a Run with status `stopped`. */
export async function run(spec: RunSpec, table: Table, context: RunContext): Promise<RunResult> {
  const startedAt = context.clock();
  const learner = learners.get(spec.learner.type);
  const params = parseParams(learner.params, spec.learner.params, spec.learner.type) as Json;
  if (spec.from && !context.from) throw new BarnacleError('not-found', `bundle ${spec.from} that the fit goes on from is not here; give its file`, { what: 'bundle', id: spec.from });
  if (context.from && !learner.warms) throw new BarnacleError('bad-param', `the learner ${learner.type} cannot go on from a model; choose ${learners.all.filter((other) => other.warms).map((other) => other.type).join(', ')} or train without one`, { path: 'from', value: spec.from ?? null, expected: 'a learner that goes on from a model' });
  const resume = learner.resumes && context.resume?.checkpoint.learner === learner.type ? context.resume : null;
  const watch = watchRun(context, resume);

  const prepared = context.prepared ?? (await prepare(spec, table, context, context.tables, context.from));
  const { test } = prepared;
  refuseNominal(learner, prepared.train);
  const { train, valid } = learner.validates || !prepared.valid ? prepared : { train: joinMatrices(prepared.train, prepared.valid), valid: null };

  const job: FitJob = { learner: spec.learner.type, params, seed: spec.seed, train, valid, resume: resume?.checkpoint ?? null, from: context.from?.model ?? null };
  const { model, made, ms } = await context.fit(job, watch.fitting(context.keep));
  const fitMs = ms + (resume?.fitMs ?? 0);

  context.report({ stage: 'evaluate', done: 0, text: 'scoring test rows' });
  const { prediction, micros: predictMicros } = timedPrediction(model, test, context);
  const judges = [...new Set([...spec.metrics, ...(learner.judgedBy?.(params) ?? [])])];
  const evaluation = await evaluate(prediction, test.target!, test.weight, { metrics: judges, groups: test.groups ?? null, seed: spec.seed, resamples: context.resamples }, toTheEnd(context));

  const bundle = makeBundle(spec, prepared, model, evaluation);
  const counts = { train: train.rows, valid: valid?.rows ?? 0, test: test.rows };
  const status = watch.stopped() ? 'stopped' : 'done';
  const record: Run = { ...waitingRun(spec, startedAt), status, curve: [...watch.curve], evaluation, bundle: hashBundle(bundle), modelHash: hashModel(model), modelBytes: modelBytes(model), counts, predictMicros, fitMs, made, ...(resume ? { resumed: resume.checkpoint.step } : {}) };
  return { run: record, bundle, prepared };
}

/** The bundle of a fitted model, with golden rows predicted by the way that every export must repeat. */
export function makeBundle(spec: RunSpec, prepared: Prepared, model: Model, evaluation: Json): Bundle {
  const serving = { recipe: prepared.recipe, contract: prepared.contract, model, ...(prepared.served ? { clean: prepared.served } : {}) };
  const { values, width } = predictRows(serving, prepared.golden).prediction;
  const predictions = prepared.golden.map((_, row) => Array.from(values.subarray(row * width, row * width + width)));
  const name = `${spec.recipe.target}-${spec.learner.type}`;
  return { format: 'barnacle-bundle', version: 1, name, ...serving, baseline: prepared.baseline, evaluation, run: spec, golden: { rows: [...prepared.golden], predictions } };
}

/** A FitDoor on this thread. A device that was lost on the way stands in `made.extra.lost`, told at once and kept with the run. */
export function fitHere(kernels: Kernels, made: (learner: string) => Promise<Versions>): FitDoor {
  return async (job, context) => {
    const learner = learners.get(job.learner);
    let lost: string | null = null;
    const madeNow = async (): Promise<Versions> => {
      const now = await made(job.learner);
      return lost === null ? now : { ...now, extra: { ...now.extra, lost } };
    };
    const nets: Kernels['nets'] = async () =>
      tellLosses(await kernels.nets(), async (backend) => {
        lost = backend;
        context.report({ stage: 'fit', done: null, text: `${backend} was lost`, made: await madeNow() });
      });
    context.report({ stage: 'fit', done: job.resume ? null : 0, text: job.resume ? `going on from step ${job.resume.step}` : 'fitting', made: await made(job.learner) });
    const start = context.now();
    const model = await learner.fit(job.train, job.params, { ...context, seed: job.seed, valid: job.valid, kernels: { ...kernels, nets }, resume: job.resume ?? null, from: job.from ?? null });
    const ms = context.now() - start;
    return { model, made: await madeNow(), ms };
  };
}

/**
 * The prediction of the test rows, and the microseconds per row of the fastest try: one cold call says nothing about a
 * small test set. Three tries to fifty, until 20 ms have passed; no second one after 250 ms, nor beyond 200,000 rows in
 * all, for doors whose clock stands still.
 */
function timedPrediction(model: Model, test: Matrix, context: WorkContext & ServingContext): { prediction: Prediction; micros: number } {
  const begin = context.now();
  let best = Infinity;
  for (let tries = 1; ; tries++) {
    const start = context.now();
    const prediction = predictModel(model, test, context.serving);
    const end = context.now();
    best = Math.min(best, end - start);
    const spent = end - begin;
    if ((tries >= 3 && spent >= 20) || spent >= 250 || tries === 50 || tries * test.rows >= 200_000) return { prediction, micros: (best * 1000) / test.rows };
  }
}

/** What a stop kept is scored like any other: only a discard (breathe throws) ends the evaluation early. */
const toTheEnd = (context: WorkContext): WorkContext => ({
  now: () => context.now(),
  report: (progress) => context.report(progress),
  breathe: async () => {
    await context.breathe();
    return 'go';
  },
});
