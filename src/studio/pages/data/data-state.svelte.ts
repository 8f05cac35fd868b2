// What the Data page remembers of a project while the app is open: its tab, the step being written, what was looked for,
// which fixes were taken. One for each ProjectState; it goes with it.
import type { Hash } from '../../../core/base/json.ts';
import type { Catalog } from '../../../wire/engine.ts';
import type { ProjectState } from '../../state/project-state.svelte.ts';
import type { StudioState } from '../../state/studio-state.svelte.ts';
import { FixesState } from './alerts/fixes-state.svelte.ts';
import { LabelsState } from './alerts/labels-state.svelte.ts';
import { DraftState } from './clean/draft-state.svelte.ts';
import type { Options } from './import/read-options.ts';
import { SuspectsState } from './table/suspects-state.svelte.ts';
import type { Tab } from './tabs.ts';

export class DataState {
  tab = $state<Tab>('table');
  /** The cell that the sheet should show, set by a link from elsewhere. */
  jump = $state.raw<{ row: number; column: string } | null>(null);
  /** The settings that each dataset was read with by word of the person, by its id. */
  readonly given = new Map<Hash, Options>();
  readonly draft: DraftState;
  readonly suspects: SuspectsState;
  readonly labels: LabelsState;
  readonly fixes: FixesState;

  constructor(studio: Pick<StudioState, 'engine' | 'jobs' | 'catalog'>, project: ProjectState) {
    const cleaners = (): Catalog['cleaners'] => studio.catalog?.cleaners ?? [];
    this.draft = new DraftState(studio.engine, project, cleaners);
    this.suspects = new SuspectsState(studio.engine, studio.jobs);
    this.labels = new LabelsState(studio.engine, studio.jobs);
    this.fixes = new FixesState(project);
  }
}

const states = new WeakMap<ProjectState, DataState>();
export function dataStateOf(studio: StudioState, project: ProjectState): DataState {
  const known = states.get(project);
  if (known !== undefined) return known;
  const made = new DataState(studio, project);
  states.set(project, made);
  return made;
}
