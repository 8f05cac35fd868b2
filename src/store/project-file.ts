// A whole project as one file and back: the record, its dataset with all columns, its runs and their models.
// What comes in is hostile until it has passed: shapes are copied field by field, recipes parsed, models read and
// checked by the bundle room, ids compared with the content that they name.
import { BarnacleError } from '../core/base/errors.ts';
import { hashJson } from '../core/base/hash.ts';
import type { Hash, Json } from '../core/base/json.ts';
import type { Bundle } from '../core/bundle/bundle.ts';
import { hashBundle } from '../core/bundle/hash-bundle.ts';
import { readBundle } from '../core/bundle/read-bundle.ts';
import type { Run } from '../core/pipeline/run-spec.ts';
import type { RecipeSpec } from '../core/recipe/spec.ts';
import { hashTable } from '../core/table/hash-table.ts';
import type { Table } from '../core/table/table.ts';
import type { DatasetCard, ProjectRecord } from '../wire/engine.ts';
import { columnBytes, cutParts, readColumns, type ColumnHead } from './column-bytes.ts';
import { jsonBytes, jsonSection, readContainer, writeContainer, type Container, type Section } from './container.ts';
import { cardShape, projectShape, runShape, tableShape } from './record-shapes.ts';
import { copyShape } from './shape.ts';

export interface ProjectFile {
  readonly project: ProjectRecord;
  readonly dataset: { readonly card: DatasetCard; readonly table: Table } | null;
  readonly runs: readonly Run[];
  readonly bundles: readonly Bundle[];
}

/** `bundles` are the bytes of bundle files by hash. */
export function writeProjectFile(project: ProjectRecord, dataset: { card: DatasetCard; table: Table } | null, runs: readonly Run[], bundles: ReadonlyMap<Hash, Uint8Array<ArrayBuffer>>): Blob {
  const sections: Section[] = [
    { name: 'project', bytes: jsonBytes(project) },
    { name: 'runs', bytes: jsonBytes(runs) },
  ];
  if (dataset) {
    const { heads, parts, bytes } = columnBytes(dataset.table);
    const [columns = new Uint8Array(0)] = cutParts(parts, bytes, bytes);
    sections.push({ name: 'card', bytes: jsonBytes(dataset.card) }, { name: 'table', bytes: jsonBytes({ rows: dataset.table.rows, bytes, columns: heads }) }, { name: 'columns', bytes: columns });
  }
  for (const [id, bytes] of bundles) sections.push({ name: `bundle/${id}`, bytes });
  return writeContainer(sections);
}

/** Parses a hostile recipe: core/recipe's parseRecipe, passed in by the door. */
type ParseRecipe = (json: Json) => RecipeSpec;

/** Throws bad-file, newer-version, bad-bundle, storage-corrupt, and what parseRecipe throws. */
export async function readProjectFile(file: Blob, parseRecipe: ParseRecipe): Promise<ProjectFile> {
  const container = await readContainer(file);
  const project = copyShape(await jsonSection(container, 'project'), projectShape, 'project') as unknown as Omit<ProjectRecord, 'pending'>;
  const dataset = project.dataset === null ? null : await readDataset(container, project.dataset);
  const runs = (copyShape(await jsonSection(container, 'runs'), { list: runShape }, 'runs') as unknown as Run[]).map((run) => checkRun(run, parseRecipe));
  const bundles: Bundle[] = [];
  for (const name of container.names.filter((n) => n.startsWith('bundle/'))) {
    const bundle = readBundle(await container.section(name));
    if (`bundle/${hashBundle(bundle)}` !== name) throw bad(`the model in "${name}" has another content hash`);
    bundles.push(bundle);
  }
  return { project: withParsedRecipes({ ...project, pending: [] }, parseRecipe), dataset, runs, bundles };
}

async function readDataset(container: Container, id: Hash): Promise<{ card: DatasetCard; table: Table }> {
  const card = copyShape(await jsonSection(container, 'card'), cardShape, 'card') as unknown as DatasetCard;
  const head = copyShape(await jsonSection(container, 'table'), tableShape, 'table') as unknown as { rows: number; bytes: number; columns: ColumnHead[] };
  const bytes = await container.section('columns');
  if (bytes.length !== head.bytes || !Number.isSafeInteger(head.rows) || head.rows < 0) throw bad('the table has another size than its head says');
  const table = await readColumns(id, head.columns, head.rows, head.bytes, async (start, end) => bytes.subarray(start, end));
  if (hashTable(table) !== id || card.id !== id) throw bad('the table has another content hash than the project names');
  return { card: { ...card, rows: table.rows, schema: table.columns.map(({ name, kind }) => ({ name, kind })) }, table };
}

function withParsedRecipes(project: ProjectRecord, parseRecipe: ParseRecipe): ProjectRecord {
  const parsed = <T extends { recipe: Json }>(edit: T) => ({ ...edit, recipe: parseRecipe(edit.recipe) });
  return { ...project, recipe: project.recipe && parseRecipe(project.recipe), past: project.past.map(parsed), future: project.future.map(parsed) };
}

function checkRun(run: Run, parseRecipe: ParseRecipe): Run {
  if (hashJson(run.spec) !== run.id) throw bad(`run ${run.id} has another content hash`);
  return { ...run, spec: { ...run.spec, recipe: parseRecipe(run.spec.recipe) } };
}

const bad = (reason: string) => new BarnacleError('bad-file', `project file is damaged: ${reason}; export it again`, { format: 'barnacle-project', reason });
