// The cleaning of a project's data as it is worked out: steps declared by the person -> a cleaned table in the engine, its
// card here, and the recipe that goes with it. One edit at a time, in order; what is shown while it runs is the last edit.
import { hashJson } from '../../core/base/hash.ts';
import type { CleanSpec, CleanStep } from '../../core/clean/clean.ts';
import type { RecipeSpec } from '../../core/recipe/spec.ts';
import type { SplitSpec } from '../../core/split/split.ts';
import type { CleanedCard } from '../../wire/data.ts';
import type { EngineApi } from '../../wire/engine.ts';
import type { Report } from './jobs-state.svelte.ts';
import type { ProjectState } from './project-state.svelte.ts';

/** JobsState.run: a long call under a title, its error said in words and undefined here. */
export type RunJob = <T>(title: string, work: (job: string, report: Report) => Promise<T>) => Promise<T | undefined>;
const here: RunJob = async (_title, work) => work(`job-${Math.random().toString(36).slice(2)}`, () => {});

export class CleaningState {
  #card = $state.raw<CleanedCard | null>(null);
  #draft = $state.raw<CleanSpec | null>(null);
  #waiting = $state(0);
  #queue: Promise<void> = Promise.resolve();
  readonly #project: ProjectState;
  readonly #engine: EngineApi;
  readonly #runJob: RunJob;

  constructor(project: ProjectState, engine: EngineApi, runJob: RunJob = here) {
    this.#project = project;
    this.#engine = engine;
    this.#runJob = runJob;
  }

  get isRunning(): boolean { return this.#waiting > 0; }
  get spec(): CleanSpec | null { return this.#draft ?? this.#project.record.clean; }
  /** Only while it is of the data that the record names. */
  get card(): CleanedCard | null { return this.#card?.id === this.#project.record.cleaned ? this.#card : null; }

  /** Equal steps = no edit. Resolves when the edit is in the record, or was refused (which was said). */
  edit(label: string, change: (steps: readonly CleanStep[]) => CleanStep[]): Promise<void> {
    const before = this.spec?.steps ?? [];
    const steps = change(before);
    if (hashJson(steps) === hashJson([...before])) return this.#queue;
    const spec: CleanSpec = { version: 1, steps };
    this.#draft = spec;
    return this.#enqueue(async () => {
      try {
        await this.#carryOut(label, spec);
      } finally {
        if (this.#draft === spec) this.#draft = null;
      }
    });
  }

  /** After undo, a restored version or a reload of the page: what the record names, worked out again. */
  reload(): Promise<void> {
    return this.#enqueue(async () => {
      const { dataset, clean, cleaned } = this.#project.record;
      if (dataset === null) return;
      await this.#runJob('Going back', async (job, report) => {
        if (this.#project.card?.id !== dataset) this.#project.showCard(await this.#engine.card(dataset));
        if (clean === null || cleaned === null) this.#card = null;
        else if (this.#card?.id !== cleaned || hashJson(this.#card.clean) !== hashJson(clean)) this.#card = await this.#engine.clean(job, dataset, clean, report);
        await this.#profile(job, report);
      });
    });
  }

  /** The steps as they stand, done to other data: part of the edit that brought it, not an edit of its own. */
  again(): Promise<void> {
    return this.#enqueue(async () => {
      const { dataset, clean } = this.#project.record;
      if (dataset === null || clean === null) return;
      await this.#runJob('Cleaning', async (job, report) => {
        this.#card = await this.#engine.clean(job, dataset, clean, report);
        this.#project.setCleaned(this.#card.id);
        await this.#profile(job, report);
      });
    });
  }

  async #carryOut(label: string, spec: CleanSpec): Promise<void> {
    const { dataset, recipe, split } = this.#project.record;
    if (dataset === null) return;
    await this.#runJob(label, async (job, report) => {
      const card = spec.steps.length === 0 ? null : await this.#engine.clean(job, dataset, spec, report);
      const shown = card?.id ?? dataset;
      const fitting = recipe === null || split === null ? {} : await this.#fittingRecipe(shown, recipe, split, card);
      this.#card = card;
      const clean = card === null ? null : spec;
      this.#project.commitClean(label, { clean, cleaned: card?.id ?? null, ...fitting });
      await this.#profile(job, report);
    });
  }

  /** The recipe for the new table: suggested anew while it is a suggestion, else the person's own, mended where it must be. */
  #fittingRecipe(data: string, recipe: RecipeSpec, split: SplitSpec, card: CleanedCard | null): Promise<{ recipe: RecipeSpec; split: SplitSpec }> {
    const schema = card?.schema ?? this.#project.card?.schema ?? [];
    const isSuggestable = this.#project.isAsSuggested && schema.some((field) => field.name === recipe.target);
    return isSuggestable ? this.#project.suggestFor(data, recipe.target, recipe.above) : this.#engine.adaptRecipe(data, recipe, split, card?.clean ?? null);
  }

  async #profile(job: string, report: Report): Promise<void> {
    const data = this.#project.data;
    if (data === null) return;
    const profile = await this.#engine.profile(job, data, report);
    const { alerting, recipe } = this.#project.record;
    this.#project.setProfile(alerting === null ? profile : { ...profile, alerts: await this.#engine.alerts(job, data, { ...alerting, target: recipe?.target ?? null }, report) });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    const done = this.#queue.then(work).finally(() => { this.#waiting -= 1; });
    this.#queue = done.catch(() => {});
    return done;
  }
}
