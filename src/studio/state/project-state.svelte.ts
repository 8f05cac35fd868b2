// One project as the pages see it: dataset card, profile, recipe, split, their undo history, and its runs.
// The record is the truth and is saved after every change, in order; undo history lives inside it, so it survives a
// reload. Edits of data, cleaning, contract, recipe and split go through `edit`, one undoable step each.
import { hashJson } from '../../core/base/hash.ts';
import type { Hash, Json } from '../../core/base/json.ts';
import type { CleanSpec, CleanStep } from '../../core/clean/clean.ts';
import type { Contract } from '../../core/contract/contract.ts';
import type { DataDictionary } from '../../core/lineage/dictionary.ts';
import type { Task } from '../../core/base/task.ts';
import type { Alert, Profile } from '../../core/profile/profile.ts';
import type { Run, RunSpec } from '../../core/pipeline/run-spec.ts';
import type { RecipeSpec, StepSpec } from '../../core/recipe/spec.ts';
import type { SplitSpec } from '../../core/split/split.ts';
import type { Schema } from '../../core/table/table.ts';
import type { Alerting, CleanedCard } from '../../wire/data.ts';
import type { Catalog, CompressReport, DatasetCard, DataVersion, EngineApi, GivenModel, KeptCard, ProjectEdit, ProjectRecord } from '../../wire/engine.ts';
import type { Stage } from '../route.ts';
import { targetTrouble } from '../words/target-trouble.ts';
import type { Announcer } from './announcer.svelte.ts';
import { CleaningState, type RunJob } from './cleaning-state.svelte.ts';
import { afterLoss, begin, lostRun, owedRun, unended, waitingRun, withPaused, without } from './pending-runs.ts';
import { isUnderWay, RunsState } from './runs-state.svelte.ts';

export type Mark = { state: 'empty' | 'done' | 'stale' | 'attention'; count: string; told: string };
export type Opened = { project: ProjectRecord; card: DatasetCard | null; profile: Profile | null; runs: Run[]; kept?: KeptCard[] };
const HISTORY = 200;

export class ProjectState {
  #record = $state.raw<ProjectRecord>() as ProjectRecord;
  #card = $state.raw<DatasetCard | null>(null);
  #profile = $state.raw<Profile | null>(null);
  #reasons = $state.raw<readonly string[]>([]);
  #saving: Promise<void> = Promise.resolve();
  #unsaved = $state(0);
  #isDeleted = false;
  readonly runs: RunsState;
  readonly #cleaning: CleaningState;
  /** The recipe and split that were suggested last, as a hash: while they stand, new data is suggested for anew. */
  #suggested: Hash | null = null;
  /** The dropped file, for reading it again another way; gone after a reload. */
  file: { name: string; blob: Blob } | null = null;
  readonly #engine: EngineApi;
  readonly #announcer: Announcer;
  readonly #now: () => number;

  constructor(opened: Opened, parts: { engine: EngineApi; announcer: Announcer; now: () => number; catalog: () => Catalog | null; runJob?: RunJob }) {
    this.#engine = parts.engine;
    this.#announcer = parts.announcer;
    this.#now = parts.now;
    this.runs = new RunsState(parts.catalog, () => this.task, parts.now);
    this.#record = opened.project;
    this.#card = opened.card;
    this.#profile = opened.profile;
    this.#cleaning = new CleaningState(this, parts.engine, parts.runJob);
    this.runs.load(opened.runs, opened.project.kept);
    for (const each of unended(opened.project.pending, opened.runs)) this.runs.put(owedRun(each, opened.kept ?? []));
  }

  get id(): string { return this.#record.id; }
  get record(): ProjectRecord { return this.#record; }
  get card(): DatasetCard | null { return this.#card; }
  get profile(): Profile | null { return this.#profile; }
  get recipe(): RecipeSpec | null { return this.#record.recipe; }
  get split(): SplitSpec | null { return this.#record.split; }
  get contract(): Contract | null { return this.#record.contract; }
  get dictionary(): DataDictionary | null { return this.#record.dictionary; }
  get versions(): readonly DataVersion[] { return this.#record.versions; }
  get tables(): ProjectRecord['tables'] { return this.#record.tables; }
  /** The dataset that pages show and recipes read: cleaned, or as it was read. */
  get data(): Hash | null { return this.#record.cleaned ?? this.#record.dataset; }
  /** Columns and rows of `data`. */
  get schema(): Schema { return this.cleaned?.schema ?? this.#card?.schema ?? []; }
  get rows(): number { return this.cleaned?.rows ?? this.#card?.rows ?? 0; }
  /** The cleaning as declared, with edits that are still being worked out. */
  get clean(): CleanSpec | null { return this.#cleaning.spec; }
  /** What came of the cleaning; null when nothing was done, or not worked out again since a reload. */
  get cleaned(): CleanedCard | null { return this.#cleaning.card; }
  get cleaning(): 'idle' | 'running' { return this.#cleaning.isRunning ? 'running' : 'idle'; }
  get task(): Task | null { return this.#record.recipe?.task ?? null; }
  /** Why the recipe was suggested as it is; empty after a reload. */
  get reasons(): readonly string[] { return this.#reasons; }
  get saved(): boolean { return this.#unsaved === 0; }
  /** Resolves once all changes so far are on disk, or were refused (which was said). */
  get settled(): Promise<void> { return this.#saving; }
  get undoLabel(): string | null { return this.#record.past.at(-1)?.label ?? null; }
  get redoLabel(): string | null { return this.#record.future.at(-1)?.label ?? null; }

  /** "species", or "delay > 15". */
  get targetText(): string {
    const recipe = this.#record.recipe;
    return recipe === null ? '' : recipe.above === null ? recipe.target : `${recipe.target} > ${recipe.above}`;
  }

  /** Why the target cannot be learned, in words; null when it can. */
  readonly trouble: string | null = $derived.by(() => {
    const recipe = this.#record.recipe;
    return recipe === null ? null : targetTrouble(recipe, this.#profile?.columns.find((column) => column.name === recipe.target));
  });
  /** What a trained run must agree with to be current. */
  readonly signature: Hash | null = $derived.by(() => {
    const { dataset, recipe, split, clean, contract } = this.#record;
    return dataset === null || recipe === null || split === null ? null : signatureOf({ data: dataset, recipe, split, ...cleaningOf(clean), ...(contract ? { contract } : {}) });
  });
  isCurrent(run: Run): boolean {
    return this.signature === signatureOf(run.spec);
  }
  get staleRuns(): number { return this.runs.all.filter((run) => !this.isCurrent(run)).length; }

  /** The first data of the project, or other data: undoable once there was some, cleaned as the old data was. */
  setData(card: DatasetCard, label = `Read ${card.name}`): void {
    const before = this.#record.dataset;
    if (before !== card.id) this.#profile = null;
    this.#card = card;
    if (before === null || before === card.id) this.#change({ dataset: card.id });
    else this.#commit(label, { dataset: card.id, cleaned: null });
  }
  setProfile(profile: Profile): void { this.#profile = profile; }
  rename(name: string): void { if (name.trim() !== '') this.#change({ name: name.trim().slice(0, 80) }); }

  /** A suggested recipe and split; undoable when there was one before. */
  accept(label: string, suggested: { recipe: RecipeSpec; split: SplitSpec; reasons: readonly string[] }): void {
    this.#reasons = suggested.reasons;
    this.#suggested = hashJson({ recipe: suggested.recipe, split: suggested.split } as Json);
    this.edit(label, suggested);
  }
  /** A suggestion for other data with the same target; it is not accepted here, only remembered as one. */
  async suggestFor(data: Hash, target: string, above: number | null): Promise<{ recipe: RecipeSpec; split: SplitSpec }> {
    const { recipe, split, reasons } = await this.#engine.suggest(data, target, above);
    this.#reasons = reasons;
    this.#suggested = hashJson({ recipe, split } as Json);
    return { recipe, split };
  }
  /** Whether recipe and split are still those that were suggested. */
  get isAsSuggested(): boolean {
    const { recipe, split } = this.#record;
    return recipe !== null && this.#suggested === hashJson({ recipe, split } as Json);
  }
  /** One undoable edit of recipe, split or both. Equal to what there is = no edit. */
  edit(label: string, change: { recipe?: RecipeSpec; split?: SplitSpec }): void {
    const { recipe, split } = this.#record;
    const next = { recipe: change.recipe ?? recipe, split: change.split ?? split };
    if (recipe !== null && split !== null) {
      if (hashJson({ recipe, split }) === hashJson(next as Json)) return;
      this.#commit(label, next);
    } else {
      this.#change(next);
      this.#announcer.say(label);
    }
  }
  /** One undoable edit of the cleaning steps; the table is worked out anew, edits in quick succession one after the other. */
  editClean(label: string, change: (steps: readonly CleanStep[]) => CleanStep[]): Promise<void> {
    return this.#cleaning.edit(label, change);
  }
  /** Does the cleaning again: the data it reads is another. */
  reclean(): Promise<void> { return this.#cleaning.again(); }
  setCleaned(cleaned: Hash): void { this.#change({ cleaned }); }
  /** What the cleaning made: one undoable edit with the recipe that goes with it. */
  commitClean(label: string, change: Pick<ProjectEdit, 'clean' | 'cleaned'> & { recipe?: RecipeSpec | null; split?: SplitSpec | null }): void {
    this.#commit(label, change);
  }
  /** The contract that predictions are checked by; null = as inferred from training rows. */
  editContract(label: string, contract: Contract | null): void {
    if (hashJson(this.#record.contract) !== hashJson(contract)) this.#commit(label, { contract });
  }
  get alerting(): Alerting { return this.#record.alerting ?? { thresholds: {}, silent: [] }; }
  /** Changed thresholds; the alerts under them come with the next `takeAlerts`. */
  setAlerting(alerting: Alerting): void { this.#change({ alerting }); }
  takeAlerts(alerts: Alert[]): void { if (this.#profile !== null) this.#profile = { ...this.#profile, alerts }; }
  setDictionary(dictionary: DataDictionary): void { this.#change({ dictionary }); }
  /** Another dataset for joins; one of that name is replaced. */
  addTable(name: string, dataset: Hash): void { this.#change({ tables: [...this.#record.tables.filter((table) => table.name !== name), { name, dataset }] }); }
  /** Notes the data as it stands now, to come back to. */
  saveVersion(label: string): void {
    const { dataset, clean, versions } = this.#record;
    const id = this.data;
    if (dataset === null || id === null) return;
    const version: DataVersion = { id, raw: dataset, clean, label, rows: this.rows, columns: this.schema.length, savedAt: this.#now() };
    this.#change({ versions: [...versions, version] });
    this.#announcer.tell(`Version saved: ${label}`);
  }
  /** Goes back to a version: one undoable edit. */
  async restoreVersion(version: DataVersion): Promise<void> {
    if (version.id === this.data) return;
    this.#commit(`Restore ${version.label}`, { dataset: version.raw, clean: version.clean, cleaned: version.clean === null ? null : version.id });
    await this.#cleaning.reload();
  }
  /** Edits the steps of the recipe. */
  editSteps(label: string, change: (steps: readonly StepSpec[]) => StepSpec[]): void {
    const recipe = this.#record.recipe;
    if (recipe !== null) this.edit(label, { recipe: { ...recipe, steps: change(recipe.steps) } });
  }
  undo(): void { this.#travel('past', 'future', 'Undone'); }
  redo(): void { this.#travel('future', 'past', 'Redone'); }
  /** Works out again what the record names and this page does not hold: card, cleaned table, profile. */
  reload(): Promise<void> { return this.#cleaning.reload(); }
  /** The card of the data that was read, when undo or a version went back to another file. */
  showCard(card: DatasetCard): void { this.#card = card; }
  clearProfile(): void { this.#profile = null; }

  /** A run was started, changed or ended; it is on the leaderboard from then on. */
  putRun(run: Run): void {
    this.runs.put(run);
    const pending = run.status === 'paused' ? withPaused(this.#record.pending, run.id) : !isUnderWay(run) ? without(this.#record.pending, [run.id]) : this.#record.pending;
    if (pending !== this.#record.pending || !this.#record.runs.includes(run.id)) this.#change({ pending, runs: this.#withRuns([run.id]) });
  }
  /** Notes that these runs are under way: from here on they survive a reload. */
  beginRuns(specs: readonly RunSpec[]): void {
    for (const spec of specs) {
      const before = this.runs.byId(hashJson(spec));
      const { curve, resumed } = before?.status === 'paused' ? before : { curve: [], resumed: undefined };
      this.runs.put({ ...waitingRun(spec, this.#now()), curve, ...(resumed === undefined ? {} : { resumed }) });
    }
    this.#change({ pending: begin(this.#record.pending, specs, this.#now()), runs: this.#withRuns(specs.map((spec) => hashJson(spec))) });
  }
  /** They were stopped or discarded: they do not come back by themselves. */
  forgetPending(ids: readonly Hash[]): void {
    const pending = without(this.#record.pending, ids);
    if (pending !== this.#record.pending) this.#change({ pending });
  }
  /** After a reload or a lost engine: takes in what ended meanwhile, counts the rest and gives what is to be gone on with; what is paused stays so. `of`: only these. */
  resumeRuns(stored: readonly Run[], kept: readonly KeptCard[] = [], of: readonly Hash[] | null = null): RunSpec[] {
    const [mine, others] = partition(this.#record.pending, (each) => of === null || of.includes(hashJson(each.spec)));
    const owed = unended(mine, stored);
    const owedIds = owed.map((each) => hashJson(each.spec));
    const ended = mine.map((each) => hashJson(each.spec)).filter((id) => !owedIds.includes(id));
    for (const run of stored) if (ended.includes(run.id)) this.runs.put(run);
    const { again, lost, paused } = afterLoss(owed, this.#now());
    for (const each of lost) this.runs.put(lostRun(each));
    for (const each of again) this.runs.put(owedRun(each, kept));
    if (this.#record.pending.length > 0) this.#change({ pending: [...others, ...paused, ...again] });
    return again.map((each) => each.spec);
  }
  removeRun(run: Run): void {
    if (isUnderWay(run) || run.status === 'failed') void this.#engine.dropKept([run.id]).catch(() => {});
    this.runs.remove(run.id);
    const kept = this.#record.kept === run.id ? null : this.#record.kept;
    this.#change({ runs: this.#record.runs.filter((id) => id !== run.id), pending: without(this.#record.pending, [run.id]), kept, compress: kept === null ? null : this.#record.compress });
  }
  /** Makes a run the model that Deploy serves. */
  keep(run: Run | null): void {
    this.runs.keep(run?.id ?? null);
    this.#change({ kept: run?.id ?? null, compress: null });
    if (run !== null) this.#announcer.tell(`Kept for Deploy: ${this.runs.labelOf(run)}`);
  }
  setCompress(report: CompressReport | null): void { this.#change({ compress: report }); }
  /** The model of a file, served while no run is kept. */
  setModel(model: GivenModel): void { this.#change({ model }); }
  /** It was deleted: what still comes back from work under way is not saved any more. */
  forget(): void { this.#isDeleted = true; }
  setExample(id: string): void { this.#change({ example: id }); }

  /** The state mark of a stage in the rail. */
  mark(stage: Stage): Mark {
    const { recipe, kept } = this.#record;
    const evaluated = this.runs.ranked.length;
    const stale = evaluated > 0 && !this.runs.ranked.some((run) => this.isCurrent(run));
    switch (stage) {
      case 'data': {
        if (this.#card === null) return none('no data yet');
        if (this.cleaned?.outcomes.some((outcome) => outcome.error !== null)) return { state: 'attention', count: '1', told: 'a cleaning step fails' };
        if (recipe === null) return { state: 'attention', count: '1', told: 'choose what to predict' };
        if (this.trouble !== null) return { state: 'attention', count: '1', told: 'the target cannot be learned' };
        return { state: 'done', count: '', told: 'read and profiled' };
      }
      case 'explore':
        return this.#profile === null ? none('needs data') : { state: 'done', count: '', told: 'profiled' };
      case 'features':
        return recipe === null ? none('needs a target') : { state: 'done', count: '', told: 'recipe ready' };
      case 'train':
        if (evaluated === 0) return none('nothing trained yet');
        return stale ? { state: 'stale', count: '', told: 'the recipe changed since' } : { state: 'done', count: '', told: 'trained' };
      case 'evaluate':
        if (evaluated === 0) return none('needs a trained model');
        return stale ? { state: 'stale', count: '', told: 'the recipe changed since' } : { state: 'done', count: '', told: 'evaluated on test rows' };
      case 'deploy': {
        const run = this.runs.byId(kept);
        if (run === null) return this.#record.model === null ? none('no model kept yet') : { state: 'done', count: '', told: 'a model from a file' };
        return this.isCurrent(run) ? { state: 'done', count: '', told: 'a model is kept' } : { state: 'stale', count: '', told: 'the kept model has an older recipe' };
      }
      case 'system':
        return { state: 'done', count: '', told: '' };
    }
  }

  #withRuns(ids: readonly Hash[]): Hash[] {
    return [...new Set([...this.#record.runs, ...ids])];
  }
  /** The editable part as it stands. */
  #present(label: string): ProjectEdit {
    const { recipe, split, dataset, clean, cleaned, contract } = this.#record;
    return { recipe, split, dataset, clean, cleaned, contract, label };
  }
  #commit(label: string, change: Omit<Partial<ProjectEdit>, 'label'>): void {
    this.#change({ ...change, past: [...this.#record.past, this.#present(label)].slice(-HISTORY), future: [] });
    this.#announcer.say(label);
  }
  #travel(from: 'past' | 'future', to: 'past' | 'future', word: string): void {
    const target = this.#record[from].at(-1);
    if (target === undefined) return;
    const before = this.data;
    const { label, ...edit } = target;
    this.#change({ ...edit, [from]: this.#record[from].slice(0, -1), [to]: [...this.#record[to], this.#present(label)] });
    this.#announcer.say(`${word}: ${label}`);
    if (this.data !== before || hashJson(this.#record.clean) !== hashJson(this.#cleaning.spec)) void this.#cleaning.reload();
  }

  #change(change: Partial<ProjectRecord>): void {
    if (this.#isDeleted) return;
    this.#record = { ...this.#record, ...change, updatedAt: this.#now() };
    const record = this.#record;
    this.#unsaved += 1;
    this.#saving = this.#saving
      .then(() => this.#engine.saveProject(record))
      .catch((error: unknown) => this.#announcer.fail(error))
      .finally(() => { this.#unsaved -= 1; });
  }
}

const none = (told: string): Mark => ({ state: 'empty', count: '', told });
const signatureOf = ({ data, clean, contract, recipe, split }: Pick<RunSpec, 'data' | 'clean' | 'contract' | 'recipe' | 'split'>): Hash => hashJson({ data, clean: clean ?? null, contract: contract ?? null, recipe, split } as Json);

/** The part of a RunSpec that names the cleaning: nothing, when nothing is done. */
export const cleaningOf = (clean: CleanSpec | null): Pick<RunSpec, 'clean'> => (clean?.steps.some((step) => !step.disabled) ? { clean } : {});

/** A new, empty project. */
export function newProject(id: string, name: string, example: string | null, now: number): ProjectRecord {
  return { id, name, dataset: null, recipe: null, split: null, runs: [], kept: null, compress: null, pending: [], model: null, clean: null, cleaned: null, contract: null, tables: [], versions: [], dictionary: null, alerting: null, past: [], future: [], example, updatedAt: now };
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
