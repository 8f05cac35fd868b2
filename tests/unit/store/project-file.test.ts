import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/core/base/json.ts';
import { hashJson } from '../../../src/core/base/hash.ts';
import { waitingRun } from '../../../src/core/pipeline/run.ts';
import type { RunSpec } from '../../../src/core/pipeline/run-spec.ts';
import { parseRecipe } from '../../../src/core/recipe/parse-recipe.ts';
import { jsonBytes, readContainer, writeContainer, type Section } from '../../../src/store/container.ts';
import { readProjectFile, writeProjectFile } from '../../../src/store/project-file.ts';
import { cardOf, mixedTable, projectOf } from './records.ts';

const table = mixedTable();
const card = cardOf(table);
const recipe = { version: 1, task: 'binary', target: 'sick', above: null, positive: null, drop: ['note'], steps: [] } as const;
const spec = { data: card.id, recipe: parseRecipe(recipe), split: { kind: 'random', column: null, test: 0.2, valid: 0.1 }, learner: { type: 'gbt', params: {} }, metrics: ['roc-auc'], seed: 1 } satisfies RunSpec;
const project = { ...projectOf('p', card.id), recipe: spec.recipe, split: spec.split, runs: [hashJson(spec)], past: [{ recipe: spec.recipe, split: spec.split, label: 'start' }] };
/** Parsers that let pass what they are given, but for recipes. */
const parsers = { recipe: parseRecipe, clean: (json: Json) => json as never, contract: (json: Json) => json as never, dictionary: (json: Json) => json as never };
const file = () => writeProjectFile(project, [{ card, table }], [waitingRun(spec, 5)], new Map());
/** The same file with one section changed and every checksum right: what an attacker would send. */
async function forged(name: string, change: (value: never) => unknown): Promise<Blob> {
  const container = await readContainer(file());
  const sections: Section[] = [];
  for (const each of container.names) {
    const bytes = await container.section(each);
    sections.push({ name: each, bytes: each === name ? jsonBytes(change(JSON.parse(new TextDecoder().decode(bytes)) as never)) : bytes });
  }
  return writeContainer(sections);
}

describe('project file', () => {
  it('carries project, table and runs unchanged', async () => {
    const read = await readProjectFile(file(), parsers);
    expect(read.project).toEqual(project);
    expect(read.datasets).toEqual([{ card, table }]);
    expect(read.runs).toEqual([waitingRun(spec, 5)]);
  });

  it.each([
    ['a run under another id', 'runs', (runs: { id: string }[]) => [{ ...runs[0], id: 'f'.repeat(32) }], 'content hash'],
    ['a table under another id', 'project', (p: object) => ({ ...p, dataset: 'f'.repeat(32) }), 'content hash'],
    ['more rows than bytes', 'table', (t: object) => ({ ...t, rows: 2 ** 40 }), 'length'],
    ['an array longer than the file', 'table', (t: { columns: { parts: { length: number }[] }[] }) => ((t.columns[0].parts[0].length = 2 ** 40), t), 'bytes'],
    ['a recipe that is none', 'project', (p: object) => ({ ...p, recipe: { version: 1, steps: 'x' } }), ''],
    ['a list instead of a project', 'project', () => [], 'object'],
  ])('refuses %s', async (_what, section, change, words) => {
    const refused: unknown = await readProjectFile(await forged(section, change as never), parsers).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'BarnacleError' });
    expect((refused as Error).message).toContain(words);
  });

  it('carries a model from a file, but starts no work', async () => {
    const model = { bundle: 'b', name: 'M', bytes: 1 };
    const given = { ...project, model, pending: [{ spec, askedAt: 1, resumes: 0 }] };
    const read = await readProjectFile(writeProjectFile(given, [{ card, table }], [], new Map()), parsers);
    expect([read.project.model, read.project.pending]).toEqual([model, []]);
  });

  it('drops unknown keys and lets no prototype in', async () => {
    const bytes = await forged('project', (p) => ({ ...(p as object), evil: 1 }));
    const read = await readProjectFile(bytes, parsers);
    expect(Object.keys(read.project)).not.toContain('evil');
    expect(({} as { evil?: number }).evil).toBeUndefined();
  });
});
