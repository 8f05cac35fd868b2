// Fixes that were taken of alerts, with the way back: cleaning changes the data, so its alert is gone from the next profile,
// and is kept here as fixed while the steps that it added are in the list.
import type { Alert } from '../../../../core/profile/profile.ts';
import type { ProjectState } from '../../../state/project-state.svelte.ts';
import { applyFix, isFixed, nextStepId, takeBack } from '../alert-fix.ts';
import { added, without } from '../clean/clean-edits.ts';

type Project = Pick<ProjectState, 'recipe' | 'clean' | 'edit' | 'editClean'>;
type Taken = { alert: Alert; steps: readonly string[] };

/** What the fix does, naming its column. */
export const fixLabel = (alert: Alert): string => (alert.fix === null ? '' : alert.column === null || alert.fix.label.includes(alert.column) ? alert.fix.label : `${alert.fix.label}: ${alert.column}`);

export class FixesState {
  #taken = $state.raw<readonly Taken[]>([]);
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  /** Alerts whose cleaning stands in the list of steps. */
  get taken(): Alert[] {
    const ids = new Set(this.#project.clean?.steps.map((step) => step.id));
    return this.#taken.filter((each) => each.steps.some((id) => ids.has(id))).map((each) => each.alert);
  }
  isIn(alert: Alert): boolean { return alert.fix !== null && isFixed(this.#project.recipe, alert.fix, this.#project.clean?.steps); }
  /** Why the fix cannot be taken now; null when it can. */
  hindrance(alert: Alert): string | null {
    if (alert.fix === null || alert.fix.clean !== undefined) return null;
    if (this.#project.recipe === null) return 'Choose what to predict first';
    return alert.fix.drop === this.#project.recipe.target ? 'This is what is predicted' : null;
  }

  /** One undoable edit; false when there was nothing to do. */
  async take(alert: Alert): Promise<boolean> {
    const { fix } = alert;
    const { recipe } = this.#project;
    if (fix === null || this.isIn(alert)) return false;
    if (fix.clean !== undefined) {
      const before = this.#project.clean?.steps ?? [];
      const first = added(before, fix.clean).slice(before.length).map((step) => step.id);
      const steps = fix.clean;
      this.#taken = [...this.#taken.filter((each) => each.alert !== alert), { alert, steps: first }];
      await this.#project.editClean(fixLabel(alert), (list) => added(list, steps));
      return true;
    }
    const next = recipe === null ? null : applyFix(recipe, fix, () => nextStepId(recipe));
    if (next === null) return false;
    this.#project.edit(fixLabel(alert), { recipe: next });
    return true;
  }

  /** Takes it out again, as an edit of its own. */
  async undo(alert: Alert): Promise<void> {
    const label = `Take back ${fixLabel(alert)}`;
    const { fix } = alert;
    const { recipe } = this.#project;
    if (fix === null) return;
    if (fix.clean !== undefined) {
      const known = this.#taken.find((each) => each.alert === alert)?.steps;
      const steps = fix.clean;
      await this.#project.editClean(label, (list) => without(list, known ?? list.filter((each) => steps.some((step) => step.type === each.type && step.columns.join('\n') === each.columns.join('\n'))).map((each) => each.id)));
      this.#taken = this.#taken.filter((each) => each.alert !== alert);
      return;
    }
    const next = recipe === null ? null : takeBack(recipe, fix);
    if (next !== null) this.#project.edit(label, { recipe: next });
  }
}
