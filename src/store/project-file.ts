// A whole project as one file and back: the record, its dataset with all columns, its runs and their models.
// What comes in is hostile until it has passed: shapes are copied field by field, recipes parsed, models read and
// checked by the bundle room, ids compared with the content that they name.
import { BarnacleError } from '../core/base/errors.ts';
import { hashJson } from '../core/base/hash.ts';
import type { Hash, Json } from '../core/base/json.ts';
import type { CleanSpec } from '../core/clean/clean.ts';
import type { Contract } from '../core/contract/contract.ts';
import type { DataDictionary } from '../core/lineage/dictionary.ts';
import type { Bundle } from '../core/bundle/bundle.ts';
import { hashBundle } from '../core/bundle/hash-bundle.ts';
import { readBundle } from '../core/bundle/read-bundle.ts';
import type { Run } from '../core/pipeline/run-spec.ts';
import type { RecipeSpec } from '../core/recipe/spec.ts';
import { hashTable } from '../core/table/hash-table.ts';
import type { Table } from '../core/table/table.ts';
import type { DatasetCard, ProjectEdit, ProjectRecord } from '../wire/engine.ts';
import { columnBytes, cutParts, readColumns, type ColumnHead } from './column-bytes.ts';
import { jsonBytes, jsonSection, readContainer, writeContainer, type Container, type Section } from './container.ts';
import { cardShape, projectShape, runShape, tableShape } from './record-shapes.ts';
import { copyShape } from './shape.ts';
import { currentProject, type AnyProject } from './current-project.ts';
import { projectDatasets } from './project-datasets.ts';

type StoredDataset = { readonly card: DatasetCard; readonly table: Table };
export interface ProjectFile {
  readonly project: ProjectRecord;
  /** The shown one first, then those that its history, versions and joins need. */
  readonly datasets: readonly StoredDataset[];
  readonly runs: readonly Run[];
  readonly bundles: readonly Bundle[];
}
/** Parsers of hostile JSON, from the rooms that own the records; passed in by the door. */
export interface ProjectParsers {
  recipe(json: Json): RecipeSpec;
  clean(json: Json): CleanSpec;
  contract(json: Json): Contract;
  dictionary(json: Json): DataDictionary;
}

/** `bundles` are the bytes of bundle files by hash. */
export function writeProjectFile(project: ProjectRecord, datasets: readonly StoredDataset[], runs: readonly Run[], bundles: ReadonlyMap<Hash, Uint8Array<ArrayBuffer>>): Blob {
  const sections: Section[] = [
    { name: 'project', bytes: jsonBytes(project) },
    { name: 'runs', bytes: jsonBytes(runs) },
  ];
  for (const { card, table } of datasets) {
    const { heads, parts, bytes } = columnBytes(table);
    const [columns = new Uint8Array(0)] = cutParts(parts, bytes, bytes);
    const under = prefixOf(card.id, project);
    sections.push({ name: `${under}card`, bytes: jsonBytes(card) }, { name: `${under}table`, bytes: jsonBytes({ rows: table.rows, bytes, columns: heads }) }, { name: `${under}columns`, bytes: columns });
  }
  for (const [id, bytes] of bundles) sections.push({ name: `bundle/${id}`, bytes });
  return writeContainer(sections);
}

/** The shown dataset lies at the top, as it did when files held no other. */
const prefixOf = (id: Hash, project: Pick<ProjectRecord, 'dataset'>): string => (id === project.dataset ? '' : `dataset/${id}/`);

/** Throws bad-file, newer-version, bad-bundle, storage-corrupt, and what the parsers throw. */
export async function readProjectFile(file: Blob, parsers: ProjectParsers): Promise<ProjectFile> {
  const container = await readContainer(file);
  const project = withParsedParts(currentProject(copyShape(await jsonSection(container, 'project'), projectShape, 'project') as unknown as AnyProject), parsers);
  const datasets: StoredDataset[] = [];
  for (const id of projectDatasets(project)) datasets.push(await readDataset(container, id, prefixOf(id, project)));
  const runs = (copyShape(await jsonSection(container, 'runs'), { list: runShape }, 'runs') as unknown as Run[]).map((run) => checkRun(run, parsers));
  const bundles: Bundle[] = [];
  for (const name of container.names.filter((n) => n.startsWith('bundle/'))) {
    const bundle = readBundle(await container.section(name));
    if (`bundle/${hashBundle(bundle)}` !== name) throw bad(`the model in "${name}" has another content hash`);
    bundles.push(bundle);
  }
  return { project, datasets, runs, bundles };
}

async function readDataset(container: Container, id: Hash, under: string): Promise<StoredDataset> {
  const card = copyShape(await jsonSection(container, `${under}card`), cardShape, 'card') as unknown as DatasetCard;
  const head = copyShape(await jsonSection(container, `${under}table`), tableShape, 'table') as unknown as { rows: number; bytes: number; columns: ColumnHead[] };
  const bytes = await container.section(`${under}columns`);
  if (bytes.length !== head.bytes || !Number.isSafeInteger(head.rows) || head.rows < 0) throw bad('the table has another size than its head says');
  const table = await readColumns(id, head.columns, head.rows, head.bytes, async (start, end) => bytes.subarray(start, end));
  if (hashTable(table) !== id || card.id !== id) throw bad('the table has another content hash than the project names');
  return { card: { ...card, rows: table.rows, schema: table.columns.map(({ name, kind }) => ({ name, kind })) }, table };
}

function withParsedParts(project: ProjectRecord, parsers: ProjectParsers): ProjectRecord {
  const edit = (each: ProjectEdit): ProjectEdit => ({
    ...each,
    recipe: each.recipe && parsers.recipe(each.recipe),
    ...(each.clean ? { clean: parsers.clean(each.clean) } : {}),
    ...(each.contract ? { contract: parsers.contract(each.contract) } : {}),
  });
  return {
    ...project,
    recipe: project.recipe && parsers.recipe(project.recipe),
    clean: project.clean && parsers.clean(project.clean),
    contract: project.contract && parsers.contract(project.contract),
    dictionary: project.dictionary && parsers.dictionary(project.dictionary as unknown as Json),
    versions: project.versions.map((version) => ({ ...version, clean: version.clean && parsers.clean(version.clean) })),
    past: project.past.map(edit),
    future: project.future.map(edit),
  };
}

function checkRun(run: Run, parsers: ProjectParsers): Run {
  if (hashJson(run.spec) !== run.id) throw bad(`run ${run.id} has another content hash`);
  const { clean, contract } = run.spec;
  return { ...run, spec: { ...run.spec, recipe: parsers.recipe(run.spec.recipe), ...(clean ? { clean: parsers.clean(clean) } : {}), ...(contract ? { contract: parsers.contract(contract) } : {}) } };
}

const bad = (reason: string) => new BarnacleError('bad-file', `project file is damaged: ${reason}; export it again`, { format: 'barnacle-project', reason });
