// Distributions by target, fetched for the columns that come into view, two at a time, newest wish first, kept for the page.
// A column that fails keeps its error and can be asked for again.
import { foldClasses } from '../../../charts/by-target-fold.ts';
import type { Hash } from '../../../core/base/json.ts';
import type { RecipeSpec } from '../../../core/recipe/spec.ts';
import type { ByTarget, EngineApi } from '../../../wire/engine.ts';

export type Found = { data: ByTarget } | { error: unknown } | undefined;
const atOnce = 2;

export class ByTargetState {
  #found = $state.raw<ReadonlyMap<string, Exclude<Found, undefined>>>(new Map());
  #queue: string[] = [];
  #busy = new Set<string>();
  readonly #engine: Pick<EngineApi, 'byTarget'>;
  readonly #dataset: Hash;
  readonly recipe: RecipeSpec;

  constructor(engine: Pick<EngineApi, 'byTarget'>, dataset: Hash, recipe: RecipeSpec) {
    this.#engine = engine;
    this.#dataset = dataset;
    this.recipe = recipe;
  }

  of(column: string): Found { return this.#found.get(column); }
  /** Classes of the target with their colour classes as charts show them, once any column has come; [] for a value. */
  get key(): { name: string; tone: string }[] {
    for (const found of this.#found.values()) {
      if (!('data' in found) || found.data.kind !== 'classes') continue;
      const { classes, tones } = foldClasses(found.data);
      return classes.map((name, k) => ({ name, tone: tones[k] ?? 'rest' }));
    }
    return [];
  }

  want(column: string): void {
    const found = this.#found.get(column);
    if ((found && 'data' in found) || this.#busy.has(column)) return;
    this.#queue = [...this.#queue.filter((name) => name !== column), column];
    void this.#work();
  }

  async #work(): Promise<void> {
    while (this.#busy.size < atOnce) {
      const column = this.#queue.pop();
      if (column === undefined) return;
      this.#busy.add(column);
      void this.#fetch(column);
    }
  }
  async #fetch(column: string): Promise<void> {
    let found: Exclude<Found, undefined>;
    try {
      found = { data: await this.#engine.byTarget(this.#dataset, column, this.recipe) };
    } catch (error) {
      found = { error };
    }
    this.#busy.delete(column);
    this.#found = new Map(this.#found).set(column, found);
    await this.#work();
  }
}
