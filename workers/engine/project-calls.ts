// Projects: pointers to what is stored. Opening one gives a page all it needs; export and import carry everything.
import { BarnacleError } from '../../src/core/base/errors.ts';
import type { Hash } from '../../src/core/base/json.ts';
import { hashBundle } from '../../src/core/bundle/hash-bundle.ts';
import { parseClean } from '../../src/core/clean/parse-clean.ts';
import { parseContract } from '../../src/core/contract/parse-contract.ts';
import { parseDictionary } from '../../src/core/lineage/parse-dictionary.ts';
import { parseRecipe } from '../../src/core/recipe/parse-recipe.ts';
import { projectDatasets } from '../../src/store/project-datasets.ts';
import { readProjectFile, writeProjectFile } from '../../src/store/project-file.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { EngineApi, ProjectRecord } from '../../src/wire/engine.ts';
import { firstSlice } from '../../src/wire/first-slice.ts';
import { runOfBundle } from './run-of-bundle.ts';
import { exportFile, safeName } from './serve-calls.ts';
import { cardOf, type Session } from './session.ts';

type Calls = Pick<EngineApi, 'projects' | 'saveProject' | 'deleteProject' | 'openProject' | 'exportProject' | 'importProject'>;

export function projectCalls(session: Session): Calls {
  return {
    async projects() {
      const store = await session.store();
      await store.checkLoss();
      return store.projects.all();
    },
    /** Resolves once the project and its dataset are on disk. */
    async saveProject(project) {
      const store = await session.store();
      for (const dataset of projectDatasets(project)) if (session.cards.has(dataset) && !(await store.datasets.has(dataset))) await session.saveDataset(await cardOf(session, dataset), await session.table(dataset));
      await store.projects.save(project);
    },
    /** What no other project points to goes with it. */
    async deleteProject(id) {
      const store = await session.store();
      const project = await store.projects.get(id);
      if (!project) return;
      await store.projects.remove(id);
      const others = await store.projects.all();
      const used = new Set(others.flatMap((other) => other.runs));
      const given = new Set(others.flatMap((other) => other.model?.bundle ?? []));
      const gone = project.runs.filter((run) => !used.has(run));
      await session.kept.drop(gone);
      await store.runs.remove(gone, given);
      if (project.model !== null && !given.has(project.model.bundle)) await removeGiven(store, project.model.bundle, used);
      const needed = new Set(others.flatMap(projectDatasets));
      for (const dataset of projectDatasets(project)) if (!needed.has(dataset)) await store.datasets.remove(dataset);
    },
    async openProject(id) {
      const store = await session.store();
      const project = await projectOf(store, id);
      const { dataset, cleaned } = project;
      return {
        project,
        card: dataset === null ? null : (session.cards.get(dataset) ?? (await store.datasets.card(dataset))),
        profile: dataset === null ? null : firstSlice(await store.profiles.get(cleaned ?? dataset)),
        runs: await store.runs.some(project.runs),
        kept: (await store.checkpoints.some(project.runs)).map(({ id: run, step, curve, savedAt }) => ({ run, step, curve, savedAt })),
      };
    },
    async exportProject(id) {
      const store = await session.store();
      const project = await projectOf(store, id);
      const runs = await store.runs.some(project.runs);
      const datasets = await Promise.all(projectDatasets(project).map(async (each) => ({ card: await cardOf(session, each), table: await session.table(each) })));
      const wanted = new Set([...runs.map((run) => run.bundle), project.compress?.bundle ?? null, project.model?.bundle ?? null]);
      const bundles = new Map<string, Uint8Array<ArrayBuffer>>();
      for (const bundle of wanted) if (bundle !== null) bundles.set(bundle, await store.bundles.bytes(bundle));
      return exportFile(`${safeName(project.name)}.barnacle-project`, 'application/octet-stream', writeProjectFile(project, datasets, runs, bundles));
    },
    async importProject(file) {
      const store = await session.store();
      const { project, datasets, runs, bundles } = await readProjectFile(file, { recipe: parseRecipe, clean: parseClean, contract: parseContract, dictionary: parseDictionary });
      for (const { card, table } of datasets) {
        session.cards.set(card.id, card);
        await session.saveDataset(card, session.hold(card.id, table));
      }
      for (const bundle of bundles) await store.bundles.save(bundle, runOfBundle(bundle, hashBundle(bundle), 0)?.id ?? null, Date.now());
      for (const run of runs) await store.runs.save(run);
      const record: ProjectRecord = { ...project, id: (await store.projects.get(project.id)) ? crypto.randomUUID() : project.id, updatedAt: Date.now() };
      await store.projects.save(record);
      return record;
    },
  };
}

/** A model from a file goes, and the record of its run when no leaderboard holds it; a model that a run here made stays with it. */
async function removeGiven(store: Store, bundle: Hash, used: ReadonlySet<Hash>): Promise<void> {
  const run = (await store.bundles.card(bundle))?.run ?? null;
  if (run !== null && used.has(run)) return;
  if (run !== null) await store.runs.remove([run]);
  await store.bundles.remove(bundle);
}

async function projectOf(store: Store, id: string): Promise<ProjectRecord> {
  const project = await store.projects.get(id);
  if (!project) throw new BarnacleError('not-found', `project ${id} is not stored here; open another one or import its file`, { what: 'project', id });
  return project;
}
