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
import type { LabelIssue, LabelReport } from '../core/pipeline/label-report.ts';
import type { CleanPreview } from '../core/pipeline/preview-clean.ts';
import type { DatasetDiff } from '../core/lineage/diff.ts';
import type { Alert } from '../core/profile/profile.ts';
import type { SuspectCell, SuspectReport } from '../core/profile/suspects/suspect.ts';
import type { VariantGroup } from '../core/profile/variants.ts';
import type { RecipeSpec } from '../core/recipe/spec.ts';
import type { SplitSpec } from '../core/split/split.ts';
import type { Schema } from '../core/table/table.ts';
import type { DatasetCard, ExportFile, JobId, OnProgress } from './engine.ts';

export type { CleanPreview, ExpressionCheck, LabelIssue, LabelReport, ReadPlan, SuspectCell, SuspectReport, VariantGroup };
export type Suggestion = ExpressionCheck['suggestions'][number];

/** A version of the data: what was read, how, and what was done to it since. */
export type CleanedCard = { id: Hash; raw: Hash; clean: CleanSpec; rows: number; schema: Schema; bytes: number; outcomes: StepOutcome[]; lineage: { [column: string]: string[] }; ms: number };

/** What the person changed about alerts. */
export type Alerting = { thresholds: { [alert: string]: Json }; silent: string[] };

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

  /** The alerts of a dataset under changed thresholds (by alert type), without silenced ones, with what is to be predicted in mind. */
  alerts(job: JobId, dataset: Hash, alerting: Alerting & { target: string | null }, onProgress: OnProgress): Promise<Alert[]>;
  suspects(job: JobId, dataset: Hash, onProgress: OnProgress): Promise<SuspectReport>;
  labelIssues(job: JobId, dataset: Hash, recipe: RecipeSpec, onProgress: OnProgress): Promise<LabelReport>;

  inferDataContract(dataset: Hash): Promise<Contract>;
  checkContract(dataset: Hash, contract: Contract): Promise<{ breaches: Breach[]; total: number; refusedRows: number }>;
  /** How dataset `b` differs from `a`, the earlier: schema, rows, distributions. */
  compare(a: Hash, b: Hash): Promise<DatasetDiff>;

  /** The whole dataset as a file in one of the writers' formats. */
  writeData(job: JobId, dataset: Hash, writer: string, params: Json, name: string, onProgress: OnProgress): Promise<{ file: ExportFile; notes: Note[] }>;
}
