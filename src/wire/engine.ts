// The engine's door: what the main thread may ask of workers/engine.ts. One action of the person = one call, with a
// stream of progress and one record back. Tables never cross; ids, cards, pages and records do. All values are plain.
import type { Hash, Json } from '../core/base/json.ts';
import type { AnyParams } from '../core/base/params.ts';
import type { CurvePoint, Note, Progress, Task, Versions } from '../core/base/task.ts';
import type { CleanScope, CleanSpec } from '../core/clean/clean.ts';
import type { Contract, Breach } from '../core/contract/contract.ts';
import type { DebugFinding } from '../core/debug/debug.ts';
import type { RejectedRow } from '../core/io/reader.ts';
import type { DataDictionary } from '../core/lineage/dictionary.ts';
import type { RowExplanation } from '../core/pipeline/explain-row.ts';
import type { RunExplanation } from '../core/pipeline/explain-run.ts';
import type { LinearReport } from '../core/pipeline/linear-report.ts';
import type { Run, RunSpec } from '../core/pipeline/run-spec.ts';
import type { TreeColumn } from '../core/pipeline/tree-columns.ts';
import type { ColumnProfile, Profile } from '../core/profile/profile.ts';
import type { CellsAt } from '../core/pipeline/cells-at.ts';
import type { RecipeSpec } from '../core/recipe/spec.ts';
import type { Structure, StructureSpec } from '../core/structure/structure.ts';
import type { SplitSpec } from '../core/split/split.ts';
import type { Feature } from '../core/table/matrix.ts';
import type { Kind, Schema } from '../core/table/table.ts';
import type { Alerting, DataApi, WriterCard } from './data.ts';

export type JobId = string;
/** A callback through the door (comlink proxy). */
export type OnProgress = (progress: Progress) => void;

/** How a file was read and what it holds: small enough for a list. */
export type DatasetCard = { id: Hash; name: string; rows: number; schema: Schema; bytes: number; sourceBytes: number; notes: Note[]; rejected: RejectedRow[]; rejectedCount: number; how: { [key: string]: Json }; readMs: number; addedAt: number };

/** At most 200 rows as text for the eye; null = missing. `cells[c][r]` is column c of row from + r. */
export type TablePage = { from: number; rows: number; columns: string[]; cells: (string | null)[][] };

/** The first rows before and after the recipe, with one line about each step. */
export type RecipePreview = { before: TablePage; after: TablePage; steps: { id: string; text: string; made: string[]; error: string | null }[]; features: number; /** Each feature and the column it comes from; left out while the recipe cannot be fitted. */ output?: Feature[]; counts: { train: number; valid: number; test: number } };

/** `prediction` is null where the contract refuses the row. */
export type PredictedRow = { prediction: string | number | null; probabilities: { [level: string]: number } | null; breaches: Breach[] };
/** `why` null: `model` is no trees (its label says what it is), or holds no covers and its training rows are not here to count. */
export type RowWhy = { why: RowExplanation } | { why: null; reason: 'no-trees' | 'no-covers'; model: string };
/** `breaches` holds at most 1,000 of the breachCount found; `page` the first rows of the file. */
export type PredictedFile = { file: ExportFile; rows: number; breaches: Breach[]; breachCount: number; page: TablePage };
export type CompressSpec = { bits: 32 | 16 | 8 };
export type CompressReport = { bits: number; bytes: number; bytesBefore: number; metric: string; before: number; after: number; bundle: Hash };
export type ExportKind = 'bundle' | 'js';
export type ExportFile = { name: string; type: string; blob: Blob; bytes: number };

/** A run that was asked for and has not ended: gone on with when the page or the engine was lost on the way; one that is paused, when the person says so. */
export type PendingRun = { spec: RunSpec; /** When it was last begun. */ askedAt: number; /** How often it was begun again. */ resumes: number; paused?: boolean };
/** How far the kept part of a fit under way is. */
export type KeptCard = { run: Hash; step: number; curve: CurvePoint[]; savedAt: number };
/** What fitting a run will take at most, in bytes, and what of it is what; `budget` is what this tab has for it. */
export type MemoryPlan = { run: Hash; bytes: number; parts: { label: string; bytes: number }[]; budget: number; fits: boolean; threads: number };
/** A model that came as a file, without the run that made it. */
export type GivenModel = { bundle: Hash; name: string; bytes: number };

/** The editable part of a project at one moment; `label` names the edit that ended it. Fields that came later may be absent in old records. */
export type ProjectEdit = { recipe: RecipeSpec | null; split: SplitSpec | null; label: string; dataset?: Hash | null; clean?: CleanSpec | null; cleaned?: Hash | null; contract?: Contract | null };
/** `id` is the content hash of the cleaned table. */
export type DataVersion = { id: Hash; raw: Hash; clean: CleanSpec | null; label: string; rows: number; columns: number; savedAt: number };

export type ProjectRecord = {
  id: string;
  name: string;
  dataset: Hash | null;
  recipe: RecipeSpec | null;
  split: SplitSpec | null;
  /** Ids of the runs that are on its leaderboard, in the order they were asked for. */
  runs: Hash[];
  /** The kept run, whose bundle Deploy serves. */
  kept: Hash | null;
  compress: CompressReport | null;
  /** Runs under way: written before they begin, taken out as each ends, is stopped or discarded. */
  pending: PendingRun[];
  /** The model from a file that Deploy serves when no run is kept. */
  model: GivenModel | null;
  /** What was done to `dataset` (as it was read), and the content hash of what came of it; null = nothing was done. */
  clean: CleanSpec | null;
  cleaned: Hash | null;
  /** The contract as edited by hand; null = as inferred from training rows. */
  contract: Contract | null;
  /** Other datasets of the project, for joins. */
  tables: { name: string; dataset: Hash }[];
  /** Versions of the data that the person wants to come back to, and those that runs were trained on. */
  versions: DataVersion[];
  dictionary: DataDictionary | null;
  alerting: Alerting | null;
  /** Undo history of edits: `past` ends with the state before the present. */
  past: ProjectEdit[];
  future: ProjectEdit[];
  example: string | null;
  updatedAt: number;
};

export type Capability = { webgpu: string | null; wasmSimd: boolean; threads: number; isolated: boolean; backend: { trees: string; dense: string }; reasons: string[] };
export type StorageReport = { usage: number; quota: number | null; persisted: boolean; kinds: { kind: string; count: number; bytes: number }[] };
/**
 * Bytes in use. `data`: the engine's own count of its tables and prepared matrices. `page`: the page with all its workers, as the
 * browser measured it last and brought up to date by how `data` has changed since; null where a page may not ask.
 */
export type MemoryReport = { data: number; page: number | null };
export type SystemReport = { capability: Capability; storage: StorageReport; memory: number | null; made: Versions };

/** What the registries hold, as data for pickers and forms; `ranking` = metric types by task, the first ranks the leaderboard. */
export type Catalog = {
  readers: { type: string; label: string; extensions: string[]; params: AnyParams }[];
  steps: { type: string; label: string; help: string; takes: Kind[]; params: AnyParams }[];
  cleaners: { type: string; label: string; help: string; scope: CleanScope; takes: Kind[]; arity: { fewest: number; most: number }; params: AnyParams }[];
  writers: WriterCard[];
  /** Quality alerts with their thresholds. */
  alerts: { type: string; label: string; help: string; params: AnyParams }[];
  learners: { type: string; label: string; help: string; tasks: Task[]; exact: boolean; steps: string; params: AnyParams; /** Which kernels it fits with; absent = core. */ fitsOn?: 'core' | 'trees' | 'dense'; /** True when a pause keeps what it has learned. */ resumes?: boolean; /** False: trained only when it is asked for. */ byDefault?: boolean; /** True when it trains nets that the debugging tools can look into. */ studied?: boolean }[];
  /** `nets`: for learners that train nets alone. */
  debugTools?: { type: string; label: string; help: string; suits: 'all' | 'nets' }[];
  metrics: { type: string; label: string; help: string; tasks: Task[]; better: 'higher' | 'lower'; bounds: [number, number] }[];
  ranking: { [task in Task]: string[] };
};

export interface EngineApi extends DataApi {
  probe(): Promise<Capability>;
  /** Steps, learners, metrics and readers with their declared params (plain JSON; Infinity bounds survive cloning). */
  catalog(): Promise<Catalog>;

  importFile(job: JobId, name: string, file: Blob, options: { [key: string]: Json }, onProgress: OnProgress): Promise<DatasetCard>;
  page(dataset: Hash, from: number, count: number): Promise<TablePage>;
  profile(job: JobId, dataset: Hash, onProgress: OnProgress): Promise<Profile>;
  /** Cross-distribution of one column by the target, for Explore: counts per bin and class, or mean target per bin. */
  byTarget(dataset: Hash, column: string, recipe: RecipeSpec): Promise<ByTarget>;

  /** Principal components and clusters of a dataset's features, for Explore; `recipe` null while there is no target. A stop keeps the components. */
  structure(job: JobId, dataset: Hash, recipe: RecipeSpec | null, spec: StructureSpec, onProgress: OnProgress): Promise<Structure>;
  /** One column at chosen rows, to colour them by. */
  cellsAt(dataset: Hash, column: string, rows: number[]): Promise<CellsAt>;

  suggest(dataset: Hash, target: string, above: number | null): Promise<{ recipe: RecipeSpec; split: SplitSpec; reasons: string[] }>;
  preview(dataset: Hash, recipe: RecipeSpec, split: SplitSpec): Promise<RecipePreview>;

  /**
   * Trains the specs (each in a fit worker, results in order of finishing through onRun); resolves when all have ended. onRun
   * hears of each also as it begins, as running: one that was interrupted goes on from what was kept of it, and then comes
   * with its curve so far and `resumed`. One that is paused ends with that status and is not stored.
   */
  train(job: JobId, dataset: Hash, specs: RunSpec[], onProgress: (run: Hash, progress: Progress) => void, onRun: (run: Run) => void): Promise<Run[]>;
  importance(job: JobId, run: Hash, onProgress: OnProgress): Promise<Run>;
  /** Gain, splits and cover of a run's model by raw column; null when it is no trees. */
  treeColumns(run: Hash): Promise<TreeColumn[] | null>;
  /** Coefficients of a run's model, with standard errors and the path of strengths where there are; null when it is not linear. */
  linearReport(run: Hash): Promise<LinearReport | null>;
  /** Exact contributions (SHAP) of up to 1,000 test rows of a run whose model is trees. A stop keeps the rows that are done. */
  explainRun(job: JobId, run: Hash, onProgress: OnProgress): Promise<RunExplanation>;
  /** Runs debugging tools (catalog.debugTools) on a run's learner, parameters and data; findings come as they are made and are kept with the run. A stop keeps those that are done. */
  debugRun(job: JobId, run: Hash, tools: string[], onProgress: OnProgress, onFinding: (finding: DebugFinding) => void): Promise<Run>;

  /** Stop keeps the best so far; discard throws it away. `run` null = the whole job. */
  stop(job: JobId, run: Hash | null, keep: boolean): Promise<void>;
  /** Ends runs so that training them again goes on from there. What has begun and cannot be resumed goes on to its end. */
  pause(job: JobId, run: Hash | null): Promise<void>;
  /** Forgets what was kept of runs that will not be gone on with. */
  dropKept(runs: Hash[]): Promise<void>;
  /** What fitting each spec would take, for learners that know beforehand. */
  memoryPlans(specs: RunSpec[]): Promise<MemoryPlan[]>;

  compress(job: JobId, run: Hash, spec: CompressSpec): Promise<CompressReport>;
  contract(bundle: Hash): Promise<Contract>;
  /** Why a bundle says what it says of a row. */
  explainRow(bundle: Hash, row: { [column: string]: string | number | boolean | null }): Promise<RowWhy>;
  predictRows(bundle: Hash, rows: { [column: string]: string | number | boolean | null }[]): Promise<PredictedRow[]>;
  /** Predictions for a dropped file, as a CSV: the file's columns, then prediction and probabilities. */
  predictFile(job: JobId, bundle: Hash, name: string, file: Blob, onProgress: OnProgress): Promise<PredictedFile>;
  exportBundle(bundle: Hash, kind: ExportKind): Promise<ExportFile>;
  /** A bundle from a file somebody gave; checked, stored, its run record made. */
  importBundle(name: string, file: Blob): Promise<{ bundle: Hash; name: string }>;

  projects(): Promise<ProjectRecord[]>;
  saveProject(project: ProjectRecord): Promise<void>;
  deleteProject(id: string): Promise<void>;
  /** Everything a project page needs after a reload. */
  openProject(id: string): Promise<{ project: ProjectRecord; card: DatasetCard | null; profile: Profile | null; runs: Run[]; /** Of its runs under way. */ kept?: KeptCard[] }>;
  exportProject(id: string): Promise<ExportFile>;
  importProject(file: Blob): Promise<ProjectRecord>;

  system(): Promise<SystemReport>;
  /** Quick; may be asked every few seconds. */
  memory(): Promise<MemoryReport>;
  /** After storage-lost was shown: take what is there as the truth and go on. */
  acceptLoss(): Promise<void>;
  clearCaches(): Promise<void>;
}

/** Columns of a profile in one message: taking in more at once would hold the page's thread (1.5 kB each). */
export const profileSlice = 250;
/** What crosses to the page: profiles come with their first columns only, the client fetches the others and joins them. */
export interface EngineWire extends EngineApi {
  /** At most profileSlice columns from that one on; fewer = these were the last. */
  profileColumns(dataset: Hash, from: number): Promise<ColumnProfile[]>;
}

export type ByTarget =
  | { kind: 'classes'; column: string; classes: string[]; bins: { label: string; from: number | null; to: number | null; counts: number[] }[]; rows: number; sampled: number }
  | { kind: 'value'; column: string; bins: { label: string; from: number | null; to: number | null; count: number; mean: number; low: number; high: number }[]; rows: number; sampled: number };
