// The debugging tools on a run: its spec and table -> the subject (prepared as the run was, on at most 10,000 training rows),
// and a way to prepare it again with the target shuffled in the table, before cleaning and recipe see it.
import type { Json } from '../base/json.ts';
import { parseParams } from '../base/params.ts';
import { sequence, shuffle } from '../base/random.ts';
import type { WorkContext } from '../base/task.ts';
import { alone, type CleanContext } from '../clean/clean.ts';
import type { DebugContext, DebugFinding, DebugSubject } from '../debug/debug.ts';
import { takeMatrix } from '../debug/fit-score.ts';
import { debugTools } from '../debug/index.ts';
import { runDebug } from '../debug/run-debug.ts';
import { referenceNets } from '../learners/mlp/reference-net.ts';
import { learners } from '../learners/index.ts';
import { refuseNominal } from '../learners/refuse-nominal.ts';
import type { Matrix } from '../table/matrix.ts';
import { takeColumn, takeRows } from '../table/take.ts';
import type { Rows, Table } from '../table/table.ts';
import { cleanData } from './clean-data.ts';
import { prepare, type Prepared } from './prepare.ts';
import { runId } from './run.ts';
import type { RunSpec } from './run-spec.ts';

export type DebugReport = {
  /** The run's id. */
  run: string;
  learner: string;
  metric: string;
  /** Rows that the tools trained on, of the run's. */
  rows: number;
  trainRows: number;
  findings: DebugFinding[];
};
export interface DebugRunOptions {
  readonly tools?: readonly string[];
  readonly tables?: CleanContext;
  /** What a door has of the same prepareKey. */
  readonly prepared?: Prepared | null;
  /** Training rows at most; more are sampled. */
  readonly most?: number;
  /** Hears of each finding as it comes. */
  readonly each?: (finding: DebugFinding) => void;
}

/** `read` is the dataset as it was read. A stop keeps the findings so far. */
export async function debugRun(spec: RunSpec, read: Table, given: WorkContext & Pick<DebugContext, 'kernels' | 'serving'>, options: DebugRunOptions = {}): Promise<DebugReport> {
  const context: DebugContext = { now: () => given.now(), report: (progress) => given.report(progress), breathe: () => given.breathe(), kernels: given.kernels, serving: given.serving, nets: async () => (await given.kernels.nets?.()) ?? referenceNets };
  const { tools = toolsFor(spec.learner.type), tables = alone, most = 10_000, each } = options;
  const learner = learners.get(spec.learner.type);
  const params = parseParams(learner.params, spec.learner.params, spec.learner.type) as Json;
  const { from: _, ...fresh } = spec;
  const prepared = options.prepared ?? (await prepare(fresh, read, context, tables));
  refuseNominal(learner, prepared.train);
  const train = atMost(prepared.train, most, spec.seed);
  const subject: DebugSubject = {
    learner,
    params,
    train,
    valid: prepared.valid && atMost(prepared.valid, most, spec.seed),
    test: prepared.test,
    metric: spec.metrics[0],
    seed: spec.seed,
    study: learner.study ? (data, seed) => learner.study!(data, params, seed) : null,
    async shuffled(seed) {
      const again = shuffledTable(fresh, read, tables, 2 * most, seed);
      const { train: rows, valid, test } = await prepare(again.spec, again.table, { ...context, report: () => {} }, tables);
      return { train: rows, valid, test };
    },
  };
  const findings = await runDebug(subject, tools, context, each);
  return { run: runId(spec), learner: spec.learner.type, metric: spec.metrics[0], rows: train.rows, trainRows: prepared.train.rows, findings };
}

/** The types of the tools that say something about a learner, in order. */
export const toolsFor = (type: string): string[] => debugTools.all.filter((tool) => tool.suits === 'all' || learners.get(type).study !== undefined).map((tool) => tool.type);

function sample(rows: number, most: number, seed: number): Rows {
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  return rows <= most ? all : shuffle(all, sequence(seed, 'debug-sample')).slice(0, most).sort();
}

const atMost = (matrix: Matrix, most: number, seed: number): Matrix => (matrix.rows <= most ? matrix : takeMatrix(matrix, sample(matrix.rows, most, seed)));

/** The table with its target in another order; where cleaning makes the target, cleaned first. */
function shuffledTable(spec: RunSpec, read: Table, tables: CleanContext, most: number, seed: number): { spec: RunSpec; table: Table } {
  const { target } = spec.recipe;
  const isThere = read.columns.some((column) => column.name === target);
  const { clean: _, contract: __, ...bare } = spec;
  const whole = isThere ? read : cleanData(spec, read, tables).table;
  const table = takeRows(whole, sample(whole.rows, most, seed));
  const order = shuffle(Int32Array.from({ length: table.rows }, (_, i) => i), sequence(seed, 'debug-target'));
  return { spec: isThere ? spec : bare, table: { ...table, columns: table.columns.map((column) => (column.name === target ? takeColumn(column, order) : column)) } };
}
