// The engine's door to the Data stage: reading, cleaning, checking, comparing and writing datasets. Part of EngineApi.
// Cleaned tables are never stored: `clean` derives one from the stored dataset and its CleanSpec and gives its content
// hash, which every other call takes as a dataset id; after a restart the engine derives it again by itself.
import type { Hash, Json } from '../core/base/json.ts';
import type { AnyParams } from '../core/base/params.ts';
import type { Note } from '../core/base/task.ts';
import type { CleanSpec, CleanStep, StepOutcome } from '../core/clean/clean.ts';
import type { Breach, Contract } from '../core/contract/contract.ts';
import type { ReadPlan } from '../core/io/plan/read-plan.ts';
import type { RejectedRow } from '../core/io/reader.ts';
import type { ExpressionCheck } from '../core/pipeline/check-expression.ts';
import type { CleanPreview } from '../core/pipeline/preview-clean.ts';
import type { DatasetDiff } from '../core/lineage/diff.ts';
import type { RecipeSpec } from '../core/recipe/spec.ts';
import type { SplitSpec } from '../core/split/split.ts';
import type { Schema } from '../core/table/table.ts';
import type { DatasetCard, ExportFile, JobId, OnProgress } from './engine.ts';

export type { CleanPreview, ExpressionCheck, ReadPlan };
export type Suggestion = ExpressionCheck['suggestions'][number];

/** A version of the data: what was read, how, and what was done to it since. */
export type CleanedCard = { id: Hash; raw: Hash; clean: CleanSpec; rows: number; schema: Schema; bytes: number; outcomes: StepOutcome[]; lineage: { [column: string]: string[] }; ms: number };

/** Spellings that may be one level: `to` is the most frequent. `why`: case, spaces, accents, punctuation or edit distance. */
export type VariantGroup = { to: string; rows: number; from: { level: string; rows: number; why: string }[] };

/** A cell that looks wrong: row from 0; `detector` is its registered type, `certainty` 0..1; `suggestion` what it might be. */
export type SuspectCell = { row: number; column: string; value: string | null; detector: string; certainty: number; reason: string; suggestion: string | null };
export type SuspectReport = { cells: SuspectCell[]; /** Found in all; `cells` holds at most 2,000. */ total: number; byDetector: { detector: string; label: string; column: string; cells: number }[] };

/** A row whose label disagrees with what models that never saw it say (confident learning). */
export type LabelIssue = { row: number; given: string; suggested: string; /** Out-of-fold probability of the given and of the suggested label. */ givenShare: number; suggestedShare: number; cells: (string | null)[] };
export type LabelReport = { issues: LabelIssue[]; total: number; columns: string[]; rows: number; learner: string; folds: number; /** Estimated share of wrong labels. */ noise: number };

export type WriterCard = { type: string; label: string; extension: string; help: string; params: AnyParams };

export interface DataApi {
  /** What reading this file would cost; nothing is kept. */
  planRead(job: JobId, name: string, file: Blob, options: { [key: string]: Json }, onProgress: OnProgress): Promise<ReadPlan>;
  /** Parts with the same columns as one dataset (a folder, several files). */
  importParts(job: JobId, name: string, files: { name: string; file: Blob }[], options: { [key: string]: Json }, onProgress: OnProgress): Promise<DatasetCard>;
  /** Reads the stored file again with other options. Throws not-found when its bytes were too many to keep. */
  reread(job: JobId, dataset: Hash, options: { [key: string]: Json }, onProgress: OnProgress): Promise<DatasetCard>;
  /** A card by id, of this session or the store. */
  card(dataset: Hash): Promise<DatasetCard>;
  rejected(dataset: Hash, from: number, count: number): Promise<{ rows: RejectedRow[]; total: number }>;

  clean(job: JobId, raw: Hash, clean: CleanSpec, onProgress: OnProgress): Promise<CleanedCard>;
  /** A recipe and split for changed columns: follows renames of `clean`, lets go of columns that are no longer there. */
  adaptRecipe(dataset: Hash, recipe: RecipeSpec, split: SplitSpec, clean: CleanSpec | null): Promise<{ recipe: RecipeSpec; split: SplitSpec }>;
  /** What `step` would do behind the enabled steps of `clean`. */
  previewClean(raw: Hash, clean: CleanSpec, step: CleanStep): Promise<CleanPreview>;
  variants(dataset: Hash, column: string): Promise<VariantGroup[]>;
  checkExpression(dataset: Hash, text: string, caret: number): Promise<ExpressionCheck>;

  suspects(job: JobId, dataset: Hash, onProgress: OnProgress): Promise<SuspectReport>;
  labelIssues(job: JobId, dataset: Hash, recipe: RecipeSpec, onProgress: OnProgress): Promise<LabelReport>;

  inferDataContract(dataset: Hash): Promise<Contract>;
  checkContract(dataset: Hash, contract: Contract): Promise<{ breaches: Breach[]; total: number; refusedRows: number }>;
  /** How dataset `b` differs from `a`, the earlier: schema, rows, distributions. */
  compare(a: Hash, b: Hash): Promise<DatasetDiff>;

  /** The whole dataset as a file in one of the writers' formats. */
  writeData(job: JobId, dataset: Hash, writer: string, params: Json, name: string, onProgress: OnProgress): Promise<{ file: ExportFile; notes: Note[] }>;
}
