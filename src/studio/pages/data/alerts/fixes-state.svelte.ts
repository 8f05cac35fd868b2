// Fixes that were taken of alerts, with the way back: cleaning changes the data, so its alert is gone from the next profile,
// and is kept here as fixed while the steps that it added are in the list.
import type { CleanStep } from '../../../../core/clean/clean.ts';
import type { Alert } from '../../../../core/profile/profile.ts';
import type { ProjectState } from '../../../state/project-state.svelte.ts';
import { applyFix, isCleaned, isFixed, nextStepId, takeBack, wayOf } from '../alert-fix.ts';
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
  /** Whether one click takes it back; a step of the recipe for many columns is changed on the Features page. */
  canUndo(alert: Alert): boolean {
    const { fix } = alert;
    const { recipe } = this.#project;
    return fix !== null && (isCleaned(fix, this.#steps) || this.taken.includes(alert) || (recipe !== null && takeBack(recipe, fix) !== null));
  }
  /** Why the fix cannot be taken now; null when it can. */
  hindrance(alert: Alert): string | null {
    const { fix } = alert;
    const { recipe } = this.#project;
    if (fix === null) return null;
    if (recipe !== null && fix.drop === recipe.target) return 'This is what is predicted';
    return recipe === null && wayOf(recipe, fix) === 'recipe' ? 'Choose what to predict first' : null;
  }

  /** One undoable edit; false when there was nothing to do. */
  async take(alert: Alert): Promise<boolean> {
    const { fix } = alert;
    const { recipe } = this.#project;
    if (fix === null || this.isIn(alert) || this.hindrance(alert) !== null) return false;
    if (wayOf(recipe, fix) === 'clean') {
      const steps = fix.clean ?? [];
      const ids = added(this.#steps, steps).slice(this.#steps.length).map((step) => step.id);
      this.#taken = [...this.#taken.filter((each) => each.alert !== alert), { alert, steps: ids }];
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
    const known = this.#taken.find((each) => each.alert === alert)?.steps;
    if (known !== undefined || isCleaned(fix, this.#steps)) {
      const same = (type: string, columns: readonly string[]): boolean => (fix.clean ?? []).some((step) => step.type === type && step.columns.join('\n') === columns.join('\n'));
      await this.#project.editClean(label, (list) => without(list, known ?? list.filter((each) => same(each.type, each.columns)).map((each) => each.id)));
      this.#taken = this.#taken.filter((each) => each.alert !== alert);
      return;
    }
    const next = recipe === null ? null : takeBack(recipe, fix);
    if (next !== null) this.#project.edit(label, { recipe: next });
  }

  get #steps(): readonly CleanStep[] { return this.#project.clean?.steps ?? []; }
}
