// --checkpoint FILE, --resume FILE and --from BUNDLE of `train`: where a fit is kept while it goes on, what it goes on
// from, and the model that it starts warm from. A checkpoint is written every ten seconds and at the first Ctrl+C, beside
// the file and then put in its place, so there is always a whole one.
import { renameSync, writeFileSync } from 'node:fs';
import { BarnacleError } from '../core/base/errors.ts';
import type { Hash } from '../core/base/json.ts';
import { hashBundle } from '../core/bundle/hash-bundle.ts';
import { readBundle } from '../core/bundle/read-bundle.ts';
import { learners } from '../core/learners/index.ts';
import { readKeptFit, writeKeptFit, type KeptFit } from '../core/pipeline/kept-fit.ts';
import type { Forerunner } from '../core/pipeline/prepare.ts';
import { runId, type RunContext } from '../core/pipeline/run.ts';
import type { RunSpec } from '../core/pipeline/run-spec.ts';
import type { Door, Values } from './command.ts';
import { checkWritable, readBytes } from './files.ts';
import { badFlag, textValue } from './values.ts';

const everyMs = 10_000;
/** A checkpoint may cost about this share of the time between two. */
const share = 1 / 25;

export const checkpointFlagsHelp: [string, string][] = [
  ['--checkpoint FILE', 'keep the fit there every ten seconds and at Ctrl+C, to be gone on with'],
  ['--resume FILE', 'go on from such a checkpoint, given with the same file and options as before'],
  ['--from BUNDLE', 'go on from the model of a bundle, with its recipe (--param warm=grow | refit says how trees do, warmRate how nets do)'],
];
export const checkpointFlags = ['checkpoint', 'resume', 'from'] as const;

/** Refuses before anything is read what would be refused after minutes. */
export async function checkCheckpointFlags(values: Values, types: readonly string[]): Promise<void> {
  for (const flag of ['checkpoint', 'resume'] as const) {
    const path = textValue(values, flag);
    if (path === null) continue;
    const able = learners.all.filter((learner) => learner.resumes).map((learner) => learner.type);
    if (types.length > 1 || !able.includes(types[0])) throw badFlag(flag, path, `one --learner beside it that can be gone on with (${able.join(', ') || 'there is none'})`);
  }
  const path = textValue(values, 'checkpoint');
  if (path !== null) await checkWritable(path);
}

export type Warm = Forerunner & { readonly id: Hash };
/** The bundle of --from; null without it. Throws bad-param when the learner makes another kind of model. */
export async function fromFlag(values: Values, types: readonly string[]): Promise<Warm | null> {
  const path = textValue(values, 'from');
  if (path === null) return null;
  const bundle = readBundle(await readBytes(path));
  const able = learners.all.filter((learner) => learner.warms);
  if (types.length > 1 || !able.some((learner) => learner.type === types[0])) throw badFlag('from', path, `one --learner beside it that goes on from a model (${able.map((learner) => learner.type).join(', ')})`);
  const { makes } = learners.get(types[0]);
  if (makes !== bundle.model.type) throw badFlag('from', path, `a bundle of the kind "${makes}" that ${types[0]} makes, not "${bundle.model.type}"`);
  return { id: hashBundle(bundle), model: bundle.model, recipe: bundle.recipe };
}

/** The checkpoint of --resume; null without it. Throws bad-file, and bad-param when it is of another training or version. */
export async function resumeFlag(values: Values, spec: RunSpec): Promise<KeptFit | null> {
  const path = textValue(values, 'resume');
  if (path === null) return null;
  const { run, by, kept } = readKeptFit(await readBytes(path));
  if (by !== __VERSION__) throw badFlag('resume', path, `a checkpoint of Barnacle ${__VERSION__}; this one is of ${by}`);
  if (run !== runId(spec)) throw badFlag('resume', path, 'a checkpoint of this same training: the same data, target, learner, parameters, split and seed');
  return kept;
}

/** For RunContext.keep: undefined without --checkpoint. `end` when the fit has ended. */
export function keepFlag(values: Values, spec: RunSpec, door: Door): { keep: RunContext['keep']; end(): void } {
  const path = textValue(values, 'checkpoint');
  if (path === null) return { keep: undefined, end: () => {} };
  const id = runId(spec);
  let isInterrupted = false;
  let last = performance.now();
  let wait = everyMs;
  const interrupt = (): void => void (isInterrupted = true);
  process.once('SIGINT', interrupt);
  return {
    keep(step, make) {
      if (!isInterrupted && performance.now() - last < wait) return;
      const began = performance.now();
      writeFileSync(`${path}.part`, writeKeptFit({ run: id, by: __VERSION__, kept: make() }));
      renameSync(`${path}.part`, path);
      last = performance.now();
      wait = Math.max(everyMs, (last - began) / share);
      if (!isInterrupted) return;
      door.endProgress();
      throw new BarnacleError('paused', `training was ended at step ${step} and is kept in "${path}"; go on with --resume ${path}`, { job: id });
    },
    end: () => void process.removeListener('SIGINT', interrupt),
  };
}
