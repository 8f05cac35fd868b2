// What a debugging tool is: it takes the subject of a run (learner, parameters, matrices), tries something small on it, and
// says pass, warn or fail in words with its figures. Findings are plain JSON: stored, printed and drawn as they are.
import type { Json } from '../base/json.ts';
import type { WorkContext } from '../base/task.ts';
import type { Kernels, Learner } from '../learners/learner.ts';
import type { NetKernels } from '../learners/mlp/net-kernels.ts';
import type { NetStudy } from '../learners/mlp/study.ts';
import type { ServingKernels } from '../models/serving-kernels.ts';
import type { Matrix } from '../table/matrix.ts';

/** skipped: it says nothing for this learner, or was stopped before it could. */
export type DebugVerdict = 'pass' | 'warn' | 'fail' | 'skipped';

/** Null where a number is not finite. */
export type DebugCurve =
  | { kind: 'rates'; points: { rate: number; loss: number | null; smooth: number | null }[]; used: number; suggested: number | null; diverges: number | null }
  | { kind: 'seeds'; metric: string; label: string; better: 'higher' | 'lower'; points: { seed: number; score: number }[]; baseline: number | null }
  | { kind: 'loss'; points: { step: number; loss: number | null }[] };

export type DebugFinding = {
  /** The type of the tool. */
  id: string;
  label: string;
  verdict: DebugVerdict;
  /** The finding as a title of one line. */
  headline: string;
  /** What was done, what it means and what to do. */
  explanation: string;
  figures: { label: string; value: number | string | null }[];
  curve?: DebugCurve;
};

export interface DebugSubject {
  readonly learner: Learner;
  /** Parsed. */
  readonly params: Json;
  readonly train: Matrix;
  readonly valid: Matrix | null;
  readonly test: Matrix;
  /** The metric type that ranks the run. */
  readonly metric: string;
  readonly seed: number;
  /** The same data with the target shuffled before anything was learned from it, recipe included. */
  shuffled(seed: number): Promise<{ train: Matrix; valid: Matrix | null; test: Matrix }>;
  /** What the learner's net would train with; null when it trains none. */
  readonly study: ((data: Matrix, seed: number) => NetStudy) | null;
}

export interface DebugContext extends WorkContext {
  readonly kernels: Kernels;
  /** Loaded when a net is first studied. */
  nets(): Promise<NetKernels>;
  readonly serving?: ServingKernels | null;
}

export interface DebugTool {
  readonly type: string;
  readonly label: string;
  /** One or two lines: what it tries and what it finds. */
  readonly help: string;
  /** nets: learners that can be studied as a net. */
  readonly suits: 'all' | 'nets';
  run(subject: DebugSubject, context: DebugContext): Promise<Omit<DebugFinding, 'id' | 'label'>>;
}
export const defineDebugTool = (tool: DebugTool): DebugTool => tool;

export const skipped = (headline: string, explanation: string): Omit<DebugFinding, 'id' | 'label'> => ({
  verdict: 'skipped',
  headline,
  explanation,
  figures: [],
});

/** A finite number or null: what JSON holds. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
