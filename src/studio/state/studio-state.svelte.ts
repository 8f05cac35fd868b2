// The studio as a whole: where the person is, which project is open, what runs, and the verbs that start work.
// Everything that touches the outside (engine, clock, address bar, files) comes in through the constructor.
import { isBarnacleError } from '../../core/base/errors.ts';
import type { Json } from '../../core/base/json.ts';
import type { SplitSpec } from '../../core/split/split.ts';
import type { Capability, Catalog, DatasetCard, DataVersion, EngineApi, ProjectRecord } from '../../wire/engine.ts';
import type { Alerting } from '../../wire/data.ts';
import { parseRoute, printRoute, type Route, type Stage } from '../route.ts';
import type { Announcer } from './announcer.svelte.ts';
import type { RunJob } from './cleaning-state.svelte.ts';
import { JobsState, type Report } from './jobs-state.svelte.ts';
import type { NetworkState } from './network-state.svelte.ts';
import { PaletteState } from './palette-state.svelte.ts';
import { newProject, ProjectState } from './project-state.svelte.ts';
import type { ThemeState } from './theme-state.svelte.ts';
import { TrainState, type WhileAlone } from './train-state.svelte.ts';

export type Example = { id: string; title: string; text: string; file: string; target: string; above: number | null; split: string | null; rows: number; learners: string[] };
export type Parts = {
  engine: EngineApi; announcer: Announcer; theme: ThemeState; network: NetworkState;
  now(): number;
  newId(): string;
  /** Moves the address bar; the studio hears of it through `arrive`. */
  visit(hash: string): void;
  examples(): Promise<Example[]>;
  fetchExample(example: Example): Promise<Blob>;
  whileAlone: WhileAlone;
};

/** "time:date" or "stratified" as an example names its split; null keeps what was suggested. */
export function splitOf(text: string | null, suggested: SplitSpec): SplitSpec {
  if (text === null) return suggested;
  const [kind, column] = text.split(':');
  return { ...suggested, kind: kind as SplitSpec['kind'], column: column ?? null };
}

export class StudioState {
  readonly engine: EngineApi;
  readonly announcer: Announcer;
  readonly theme: ThemeState;
  readonly network: NetworkState;
  readonly palette = new PaletteState();
  readonly jobs: JobsState;
  #route = $state.raw<Route>({ page: 'home' });
  #project = $state.raw<ProjectState | null>(null);
  #training = $state.raw<TrainState | null>(null);
  #projects = $state.raw<readonly ProjectRecord[] | null>(null);
  #catalog = $state.raw<Catalog | null>(null);
  #capability = $state.raw<Capability | null>(null);
  #examples = $state.raw<readonly Example[] | null>(null);
  #opening = $state<string | null>(null);
  /** Projects of this visit: one that trains is shown again as it is, not read anew. */
  readonly #opened = new Map<string, { project: ProjectState; training: TrainState }>();
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.engine = parts.engine;
    this.announcer = parts.announcer;
    this.theme = parts.theme;
    this.network = parts.network;
    this.jobs = new JobsState(parts.engine, parts.announcer, () => parts.now());
  }

  get route(): Route { return this.#route; }
  get stage(): Stage | null { return this.#route.page === 'stage' ? this.#route.stage : this.#route.page === 'system' ? 'system' : null; }
  get project(): ProjectState | null { return this.#project; }
  get training(): TrainState | null { return this.#training; }
  /** Newest first; null until they were read. */
  get projects(): readonly ProjectRecord[] | null { return this.#projects; }
  get catalog(): Catalog | null { return this.#catalog; }
  get capability(): Capability | null { return this.#capability; }
  get examples(): readonly Example[] | null { return this.#examples; }
  /** What is being opened, in words; null when nothing is. */
  get opening(): string | null { return this.#opening; }

  announce(text: string): void { this.announcer.say(text); }
  /** Says an error in words; a lost store comes with the way to go on. */
  fail(error: unknown): void {
    const act = isBarnacleError(error, 'storage-lost') ? { label: 'Go on with what is here', run: () => void this.#acceptLoss() } : null;
    this.announcer.fail(error, act);
  }

  /** Reads what every page needs. Each part fails on its own. */
  async start(): Promise<void> {
    const quietly = async (work: Promise<void>): Promise<void> => { try { await work; } catch (error) { this.fail(error); } };
    await Promise.all([
      quietly(this.engine.catalog().then((catalog) => { this.#catalog = catalog; })),
      quietly(this.engine.probe().then((capability) => { this.#capability = capability; })),
      quietly(this.refreshProjects()),
      quietly(this.#parts.examples().then((examples) => { this.#examples = examples; })),
    ]);
  }
  async refreshProjects(): Promise<void> {
    this.#projects = [...(await this.engine.projects())].sort((a, b) => b.updatedAt - a.updatedAt);
  }

  /** The address changed: shows that page, opening its project when it is not the open one. */
  async arrive(hash: string): Promise<void> {
    const route = parseRoute(hash);
    this.#route = route;
    if (route.page === 'home') await this.refreshProjects().catch((error: unknown) => this.fail(error));
    if (route.page === 'stage' && this.#project?.id !== route.project) await this.open(route.project);
  }
  /** Goes to a stage of the open project, or home when there is none. */
  go(stage: Stage): void {
    const id = this.#project?.id;
    this.#parts.visit(printRoute(id !== undefined ? { page: 'stage', project: id, stage } : stage === 'system' ? { page: 'system' } : { page: 'home' }));
  }
  goHome(): void { this.#parts.visit('#/'); }
  hrefOf(stage: Stage): string {
    return this.#project === null ? (stage === 'system' ? '#/system' : '#/') : printRoute({ page: 'stage', project: this.#project.id, stage });
  }

  async open(id: string): Promise<void> {
    const going = this.#opened.get(id);
    if (going?.training.running === true) {
      [this.#project, this.#training] = [going.project, going.training];
      return;
    }
    this.#opening = 'Opening the project';
    try {
      const project = new ProjectState(await this.engine.openProject(id), this.#projectParts());
      this.#show(project);
      if (project.record.clean !== null) await project.reload();
      else if (project.record.alerting !== null) await this.refreshAlerts(project);
    } catch (error) {
      this.fail(error);
      this.#parts.visit('#/');
      return;
    } finally {
      this.#opening = null;
    }
    await this.#resume();
  }

  /** A file was dropped or picked: a model or project file is opened as such, anything else becomes a new project. */
  async openFile(file: { name: string; blob: Blob }, options: { [key: string]: Json } = {}): Promise<void> {
    if (file.name.endsWith('.barnacle-project')) return this.importProject(file.blob);
    if (file.name.endsWith('.barnacle')) return this.importModel(file);
    const project = this.#create(this.#withoutEnding(file.name), null);
    this.go('data');
    const card = await this.readFile(project, file, options);
    if (card === undefined) this.#abandon(project);
  }

  /** Reads (or reads again, another way) a file into a project, and profiles it. */
  async readFile(project: ProjectState, file: { name: string; blob: Blob }, options: { [key: string]: Json }): Promise<DatasetCard | undefined> {
    return this.#take(project, `Opening ${file.name}`, (job, report) => this.engine.importFile(job, file.name, file.blob, options, report), file);
  }
  /** Several files with the same columns (a folder, parts) become one new project. */
  async importParts(name: string, files: { name: string; file: Blob }[], options: { [key: string]: Json } = {}): Promise<void> {
    const project = this.#create(name, null);
    this.go('data');
    const card = await this.#take(project, `Opening ${name}`, (job, report) => this.engine.importParts(job, name, files, options, report), null);
    if (card === undefined) this.#abandon(project);
  }
  /** Reads the project's stored file again with other options: undoable; the cleaning is done to what comes of it. */
  async reread(project: ProjectState, options: { [key: string]: Json }): Promise<DatasetCard | undefined> {
    const { dataset } = project.record;
    if (dataset === null) return undefined;
    return this.#take(project, 'Reading again', (job, report) => this.engine.reread(job, dataset, options, report), project.file);
  }
  /** Reads another file of the project, to be joined to its data. */
  async addTable(project: ProjectState, file: { name: string; blob: Blob }): Promise<DatasetCard | undefined> {
    return this.jobs.run(`Opening ${file.name}`, async (job, report) => {
      const card = await this.engine.importFile(job, file.name, file.blob, {}, report);
      project.addTable(file.name, card.id);
      return card;
    });
  }
  /** The alerts again, under the project's thresholds and with its target in mind. */
  async refreshAlerts(project: ProjectState): Promise<void> {
    const data = project.data;
    if (data === null || project.profile === null) return;
    const target = project.recipe?.target ?? null;
    await this.jobs.run('Looking for what stands out', async (job, report) => project.takeAlerts(await this.engine.alerts(job, data, { ...project.alerting, target }, report)));
  }
  /** Changes alert thresholds or silences alerts. */
  async setAlerting(project: ProjectState, alerting: Alerting): Promise<void> {
    project.setAlerting(alerting);
    await this.refreshAlerts(project);
  }
  restoreVersion(project: ProjectState, version: DataVersion): Promise<void> { return project.restoreVersion(version); }

  /** A dataset read by the engine becomes the project's data; steps of its cleaning are done again to it. */
  #take(project: ProjectState, title: string, read: (job: string, report: Report) => Promise<DatasetCard>, file: { name: string; blob: Blob } | null): Promise<DatasetCard | undefined> {
    return this.jobs.run(title, async (job, report) => {
      const card = await read(job, report);
      project.file = file;
      project.setData(card);
      if (project.clean !== null) await project.reclean();
      else project.setProfile(await this.engine.profile(job, card.id, report));
      return card;
    });
  }
  /** "a.csv.gz" -> "a": the endings of what is read and of how it may be packed. */
  #withoutEnding(name: string): string {
    const endings = new Set(['gz', 'zst', 'zip', ...(this.#catalog?.readers.flatMap((reader) => reader.extensions) ?? [])]);
    const parts = name.split('.');
    while (parts.length > 1 && endings.has(parts.at(-1)!.toLowerCase())) parts.pop();
    return parts.join('.');
  }
  /** Nothing was read into a new project: back to where the person came from. */
  #abandon(project: ProjectState): void {
    if (this.#project !== project) return;
    this.#project = null;
    this.#training = null;
    this.goHome();
  }

  /** Chooses what to predict: a recipe and split are suggested for it. */
  async chooseTarget(project: ProjectState, target: string, above: number | null): Promise<void> {
    const dataset = project.data;
    if (dataset === null) return;
    try {
      project.accept(`Predict ${above === null ? target : `${target} > ${above}`}`, await this.engine.suggest(dataset, target, above));
      await this.refreshAlerts(project);
    } catch (error) {
      this.fail(error);
    }
  }

  /** One click: a finished project. Reads, profiles, takes the suggested recipe, trains its learners and keeps the best. */
  async openExample(example: Example): Promise<void> {
    const project = this.#create(example.title, example.id);
    this.go('train');
    this.#opening = `Opening ${example.title}`;
    try {
      const blob = await this.#parts.fetchExample(example);
      const card = await this.readFile(project, { name: example.file.split('/').at(-1)!, blob }, {});
      if (card === undefined) {
        this.goHome();
        return;
      }
      const suggested = await this.engine.suggest(card.id, example.target, example.above);
      project.accept(`Predict ${example.target}`, { ...suggested, split: splitOf(example.split, suggested.split) });
    } catch (error) {
      this.fail(error);
      return;
    } finally {
      this.#opening = null;
    }
    const training = this.#training;
    if (this.#project !== project || training === null) return;
    training.pick(example.learners);
    await training.train();
    keepBest(project);
  }

  async importProject(blob: Blob): Promise<void> {
    try {
      const record = await this.engine.importProject(blob);
      this.#parts.visit(printRoute({ page: 'stage', project: record.id, stage: 'data' }));
      this.announcer.tell(`${record.name} is here again`);
    } catch (error) {
      this.fail(error);
    }
  }
  /** A model file somebody gave becomes a project of its own, ready to predict. */
  async importModel(file: { name: string; blob: Blob }): Promise<void> {
    try {
      const { bundle, name } = await this.engine.importBundle(file.name, file.blob);
      this.#create(name || file.name.replace(/\.barnacle$/, ''), null).setModel({ bundle, name, bytes: file.blob.size });
      this.go('deploy');
    } catch (error) {
      this.fail(error);
    }
  }
  async deleteProject(id: string): Promise<void> {
    try {
      const going = this.#opened.get(id);
      this.#opened.delete(id);
      await going?.training.discardAll();
      going?.project.forget();
      await going?.project.settled;
      await this.engine.deleteProject(id);
      if (this.#project?.id === id) {
        this.#project = null;
        this.#training = null;
        this.goHome();
      }
      await this.refreshProjects();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Goes on with what trained when the page was left; a finished example then has its model. */
  async #resume(): Promise<void> {
    const [project, training] = [this.#project, this.#training];
    if (project === null || training === null) return;
    const isResumed = await training.resume().catch((error: unknown) => this.fail(error));
    if (isResumed === true && project.record.example !== null) keepBest(project);
  }
  #create(name: string, example: string | null): ProjectState {
    const record = newProject(this.#parts.newId(), name.slice(0, 80) || 'Untitled', example, this.#parts.now());
    const project = new ProjectState({ project: record, card: null, profile: null, runs: [] }, this.#projectParts());
    this.#show(project);
    return project;
  }
  async #acceptLoss(): Promise<void> {
    try {
      await this.engine.acceptLoss();
      await this.refreshProjects();
    } catch (error) {
      this.fail(error);
    }
  }
  #show(project: ProjectState): void {
    this.#project = project;
    const training = new TrainState({ engine: this.engine, jobs: this.jobs, project, catalog: () => this.#catalog, whileAlone: this.#parts.whileAlone });
    this.#training = training;
    this.#opened.set(project.id, { project, training });
  }
  #projectParts() {
    return { engine: this.engine, announcer: this.announcer, now: this.#parts.now, catalog: () => this.#catalog, runJob: this.jobs.run.bind(this.jobs) as RunJob };
  }
}

function keepBest(project: ProjectState): void {
  if (project.runs.best !== null && project.runs.kept === null) project.keep(project.runs.best);
}
