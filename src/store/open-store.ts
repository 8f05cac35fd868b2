// The store: one connection, one repository per record kind, and the guard that a lost database is noticed.
// Writers of the same thing in several tabs wait for each other under a Web Lock; what they wrote is announced.
import { BarnacleError } from '../core/base/errors.ts';
import { makeAnnouncer, type Announcer } from '../wire/announce.ts';
import { bundlesOf, type Bundles } from './bundles.ts';
import { checkpointsOf, type Checkpoints } from './checkpoints.ts';
import { collectOrphans } from './collect-orphans.ts';
import { connect, type Connection } from './connection.ts';
import { datasetsOf, type Datasets } from './datasets.ts';
import { withLock } from './lock.ts';
import { cacheMarker, type Marker, type MarkerRecord } from './marker.ts';
import { profilesOf, type Profiles } from './profiles.ts';
import { projectsOf, type Projects } from './projects.ts';
import { runsOf, type Runs } from './runs.ts';
import { databaseName } from './schema.ts';
import { settingsOf, type Settings } from './settings.ts';
import { sourcesOf, type Sources } from './sources.ts';

export interface Store {
  readonly connection: Connection;
  readonly projects: Projects;
  readonly datasets: Datasets;
  readonly sources: Sources;
  readonly profiles: Profiles;
  readonly runs: Runs;
  readonly bundles: Bundles;
  readonly checkpoints: Checkpoints;
  readonly settings: Settings;
  /** Throws storage-lost when fewer projects are there than the marker outside the database remembers. */
  checkLoss(): Promise<void>;
  /** Takes what is there as the truth: the marker is written anew. */
  acceptLoss(): Promise<void>;
  close(): void;
}

export interface StoreOptions {
  readonly name?: string;
  readonly marker?: Marker;
  readonly announcer?: Announcer;
  readonly now?: () => number;
}

/** Opens, migrates and clears orphans. Throws storage-blocked, newer-version, storage-corrupt; loss is for checkLoss. */
export async function openStore(options: StoreOptions = {}): Promise<Store> {
  const { name = databaseName, marker = cacheMarker(), announcer = makeAnnouncer(), now = Date.now } = options;
  const connection = await connect(name, announcer);
  const locked = <T>(body: () => Promise<T>) => withLock(`${name}-writer`, body);
  await locked(() => collectOrphans(connection));

  const projects = projectsOf(connection);
  const datasets = datasetsOf(connection);
  const sources = sourcesOf(connection);
  const counts = () => connection.read(['projects', 'manifests'], async (tx) => ({ projects: await tx.objectStore('projects').count(), datasets: await tx.objectStore('manifests').count() }));
  let loss = lossBetween(await marker.get(), (await counts()).projects);
  /** The marker may lag behind the database but never promise more than it holds; while a loss is unanswered it stays. */
  const mark = async (fewer = 0) => {
    if (loss) return;
    const found = await counts();
    await marker.set({ ...found, projects: Math.max(0, found.projects - fewer), savedAt: now() });
  };

  return {
    connection,
    projects: {
      ...projects,
      save: (project) => locked(async () => {
        await projects.save(project);
        await mark();
      }),
      remove: (id) => locked(async () => {
        await mark(1);
        await projects.remove(id);
        await mark();
      }),
    },
    datasets: {
      ...datasets,
      save: (card, table) => locked(() => datasets.save(card, table)),
      remove: (id) => locked(async () => {
        await datasets.remove(id);
        await sources.remove(id);
      }),
    },
    sources,
    profiles: profilesOf(connection),
    runs: runsOf(connection),
    bundles: bundlesOf(connection),
    checkpoints: checkpointsOf(connection),
    settings: settingsOf(connection),
    async checkLoss() {
      if (loss) throw loss;
    },
    async acceptLoss() {
      loss = null;
      await mark();
    },
    close() {
      connection.close();
      announcer.close();
    },
  };
}

function lossBetween(expected: MarkerRecord | null, found: number): BarnacleError<'storage-lost'> | null {
  if (!expected || found >= expected.projects) return null;
  const message = `${found} of ${expected.projects} projects are left: the browser lost or cleared this site's data; import a project file, or go on with what is there`;
  return new BarnacleError('storage-lost', message, { expected: expected.projects, found });
}
