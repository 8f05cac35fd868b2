// One cleaning step while it is being written: new, or one of the list opened again. It is tried on real rows after each
// change (answers of older changes are dropped) and becomes part of the list, as one undoable edit, when it is applied.
import { errorRecord } from '../../../../core/base/errors.ts';
import { defaults } from '../../../../core/base/params.ts';
import type { Hash } from '../../../../core/base/json.ts';
import type { CleanStep } from '../../../../core/clean/clean.ts';
import type { Schema } from '../../../../core/table/table.ts';
import type { CleanPreview } from '../../../../wire/data.ts';
import type { EngineApi } from '../../../../wire/engine.ts';
import type { ProjectState } from '../../../state/project-state.svelte.ts';
import { errorWords, type ErrorWords } from '../../../words/errors.ts';
import { lackOf, nextId, paramsOf, put, type CleanerCard, type Params } from './clean-edits.ts';

type Project = Pick<ProjectState, 'record' | 'data' | 'schema' | 'clean' | 'editClean'>;
/** The table that the step sees. */
export type Base = { id: Hash; schema: Schema };
const WAIT = 150;

export class DraftState {
  #step = $state.raw<CleanStep | null>(null);
  #isNew = $state(true);
  #base = $state.raw<Base | null>(null);
  #preview = $state.raw<CleanPreview | null>(null);
  #wrong = $state.raw<ErrorWords | null>(null);
  #busy = $state(false);
  #turn = 0;
  #opened = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #engine: Pick<EngineApi, 'previewClean' | 'clean'>;
  readonly #project: Project;
  readonly #cleaners: () => readonly CleanerCard[];

  constructor(engine: Pick<EngineApi, 'previewClean' | 'clean'>, project: Project, cleaners: () => readonly CleanerCard[]) {
    this.#engine = engine;
    this.#project = project;
    this.#cleaners = cleaners;
  }

  get step(): CleanStep | null { return this.#step; }
  get isNew(): boolean { return this.#isNew; }
  /** Null until it was worked out, for a step in the middle of the list. */
  get base(): Base | null { return this.#base; }
  get preview(): CleanPreview | null { return this.#preview; }
  get wrong(): ErrorWords | null { return this.#wrong; }
  get busy(): boolean { return this.#busy; }
  get kind(): CleanerCard | undefined { return this.#cleaners().find((each) => each.type === this.#step?.type); }
  get params(): Params { return this.#step === null ? {} : paramsOf(this.#step); }
  /** What is missing before it can be tried; null when it can. */
  get lack(): string | null { return this.#step === null ? null : lackOf(this.#step, this.kind); }

  /** A new step behind the last. */
  begin(type: string, columns: readonly string[] = [], params: Params = {}): void {
    const kind = this.#cleaners().find((each) => each.type === type);
    this.#open({ id: nextId(this.#steps), type, columns: [...columns], params: { ...(defaults((kind?.params ?? {}) as never) as Params), ...params } }, true);
    const { data, schema } = this.#project;
    this.#base = data === null ? null : { id: data, schema };
    this.#look();
  }
  /** A step of the list again; it sees what the steps before it made. */
  edit(id: string): void {
    const step = this.#steps.find((each) => each.id === id);
    if (step === undefined) return;
    this.#open(step, false);
    void this.#findBase(this.#opened);
    this.#look();
  }
  close(): void {
    this.#opened += 1;
    this.#turn += 1;
    clearTimeout(this.#timer);
    [this.#step, this.#base, this.#preview, this.#wrong, this.#busy] = [null, null, null, null, false];
  }
  setColumns(columns: readonly string[]): void { this.#change({ columns: [...columns] }); }
  setParams(params: Params): void { this.#change({ params }); }
  setParam(key: string, value: Params[string]): void { this.setParams({ ...this.params, [key]: value }); }

  /** Puts it into the list: one undoable edit. */
  async apply(): Promise<void> {
    const step = this.#step;
    if (step === null || this.lack !== null) return;
    const label = `${this.#isNew ? '' : 'Change '}${this.kind?.label ?? step.type}${step.columns.length === 0 ? '' : `: ${step.columns.slice(0, 3).join(', ')}`}`;
    const isNew = this.#isNew;
    this.close();
    await this.#project.editClean(label, (steps) => (isNew ? [...steps, { ...step, id: nextId(steps) }] : put(steps, step)));
  }

  get #steps(): readonly CleanStep[] { return this.#project.clean?.steps ?? []; }
  get #before(): CleanStep[] {
    const at = this.#steps.findIndex((each) => each.id === this.#step?.id);
    return this.#steps.slice(0, at < 0 ? undefined : at);
  }
  #open(step: CleanStep, isNew: boolean): void {
    this.close();
    [this.#step, this.#isNew] = [step, isNew];
  }
  #change(part: Partial<CleanStep>): void {
    if (this.#step === null) return;
    this.#step = { ...this.#step, ...part };
    this.#look();
  }
  async #findBase(opened: number): Promise<void> {
    const raw = this.#project.record.dataset;
    if (raw === null) return;
    try {
      const { id, schema } = await this.#engine.clean(`base-${opened}`, raw, { version: 1, steps: this.#before }, () => {});
      if (opened === this.#opened) this.#base = { id, schema };
    } catch (error) {
      if (opened === this.#opened) this.#wrong = errorWords(errorRecord(error));
    }
  }
  #look(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    if (this.lack !== null) {
      [this.#preview, this.#wrong, this.#busy] = [null, null, false];
      return;
    }
    this.#busy = true;
    const turn = this.#turn;
    this.#timer = setTimeout(() => void this.#try(turn), WAIT);
  }
  async #try(turn: number): Promise<void> {
    const raw = this.#project.record.dataset;
    const step = this.#step;
    if (raw === null || step === null) return;
    const { disabled: _off, ...enabled } = step;
    try {
      const preview = await this.#engine.previewClean(raw, { version: 1, steps: this.#before }, enabled);
      if (turn !== this.#turn) return;
      this.#preview = preview;
      this.#wrong = preview.outcome.error === null ? null : errorWords(preview.outcome.error);
    } catch (error) {
      if (turn === this.#turn) this.#wrong = errorWords(errorRecord(error));
    } finally {
      if (turn === this.#turn) this.#busy = false;
    }
  }
}
