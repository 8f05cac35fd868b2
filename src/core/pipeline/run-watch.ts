// What a run remembers of its fit while it goes on: its curve, whether it was stopped, and how it could be resumed.
import type { CurvePoint, Progress, WorkContext } from '../base/task.ts';
import type { FitContext } from '../learners/learner.ts';
import type { KeptFit } from './kept-fit.ts';
import type { FitWork, RunContext } from './run.ts';

export interface RunWatch {
  readonly curve: readonly CurvePoint[];
  stopped(): boolean;
  /** The context of the fit, which begins now. */
  fitting(keep: RunContext['keep']): FitWork;
}

/** `resume` is what the fit goes on from: its curve and its time are the beginning of this one's. */
export function watchRun(context: WorkContext, resume: KeptFit | null): RunWatch {
  const curve: CurvePoint[] = [...(resume?.curve ?? [])];
  let stopped = false;
  const report = (progress: Progress) => {
    if (progress.point) curve.push(progress.point);
    context.report(progress);
  };
  const breathe = async () => {
    const answer = await context.breathe();
    if (answer === 'stop') stopped = true;
    return answer;
  };
  return {
    curve,
    stopped: () => stopped,
    fitting(keep) {
      const work: WorkContext = { now: () => context.now(), report, breathe };
      if (!keep) return work;
      const began = context.now();
      let told: Parameters<NonNullable<FitContext['keep']>> | null = null;
      return {
        ...work,
        keep: (...step) => void (told = step),
        // Not at once but here, after the step's point was reported: where a fit may be ended.
        async breathe() {
          const answer = await breathe();
          if (told === null || answer === 'stop') return answer;
          const [step, make] = told;
          told = null;
          keep(step, () => ({ checkpoint: make(), curve: curve.filter((point) => point.step <= step), fitMs: (resume?.fitMs ?? 0) + context.now() - began }));
          return answer;
        },
      };
    },
  };
}
