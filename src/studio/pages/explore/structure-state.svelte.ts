// Components and clusters of the data that Explore shows: looked for when asked, kept for as long as the data and the recipe's
// features stand (the last four also when the page is left), and the cells that the picture is coloured by.
import type { Hash } from '../../../core/base/json.ts';
import type { CellsAt } from '../../../core/pipeline/cells-at.ts';
import type { RecipeSpec } from '../../../core/recipe/spec.ts';
import type { Structure } from '../../../core/structure/structure.ts';
import type { EngineApi } from '../../../wire/engine.ts';
import type { JobsState } from '../../state/jobs-state.svelte.ts';

type Asked = { dataset: Hash; recipe: RecipeSpec | null; clusters: number };
type Kept = { found: Structure; cells: Map<string, CellsAt> };
const mostKept = 4;
const kept = new WeakMap<object, Map<string, Kept>>();
const seed = 1;

export class StructureState {
  #shown = $state.raw<{ of: string; clusters: number; kept: Kept } | null>(null);
  #cells = $state.raw<CellsAt | null>(null);
  #busy = $state(false);
  readonly #engine: Pick<EngineApi, 'structure' | 'cellsAt'>;
  readonly #jobs: Pick<JobsState, 'run'>;

  constructor(engine: Pick<EngineApi, 'structure' | 'cellsAt'>, jobs: Pick<JobsState, 'run'>) {
    this.#engine = engine;
    this.#jobs = jobs;
  }

  get busy(): boolean { return this.#busy; }
  /** The cells that were asked for last; null until they have come. */
  get cells(): CellsAt | null { return this.#cells; }
  /** What was found in this data by this recipe; null when it was not looked for. */
  of(dataset: Hash, recipe: RecipeSpec | null): { found: Structure; clusters: number } | null {
    const shown = this.#shown;
    return shown !== null && shown.of === keyOf({ dataset, recipe }) ? { found: shown.kept.found, clusters: shown.clusters } : null;
  }

  /** Shows what was found before, if it was. */
  recall(dataset: Hash, recipe: RecipeSpec | null): void {
    const found = [...this.#memory].findLast(([key]) => key.startsWith(`${keyOf({ dataset, recipe })} `));
    if (found) this.#show({ dataset, recipe, clusters: Number(found[0].split(' ').at(-1)) }, found[1]);
  }

  async look(asked: Asked): Promise<void> {
    if (this.#busy) return;
    const before = this.#memory.get(fullKey(asked));
    if (before) return this.#show(asked, before);
    this.#busy = true;
    try {
      const found = await this.#jobs.run('Finding structure', (job, report) => this.#engine.structure(job, asked.dataset, asked.recipe, { clusters: asked.clusters, seed }, report), { canKeep: true });
      if (found === undefined) return;
      const fresh: Kept = { found, cells: new Map() };
      if (found.clustering !== null) this.#memory.set(fullKey(asked), fresh);
      while (this.#memory.size > mostKept) this.#memory.delete(this.#memory.keys().next().value!);
      this.#show(asked, fresh);
    } finally {
      this.#busy = false;
    }
  }

  /** Fetches a column's cells at the rows that are shown. Throws what the engine throws. */
  async colourBy(dataset: Hash, column: string): Promise<void> {
    const shown = this.#shown;
    if (shown === null) return;
    const found = shown.kept.cells.get(column) ?? (await this.#engine.cellsAt(dataset, column, shown.kept.found.shown.rows));
    shown.kept.cells.set(column, found);
    if (this.#shown === shown) this.#cells = found;
  }

  #show(asked: Asked, found: Kept): void {
    this.#shown = { of: keyOf(asked), clusters: asked.clusters, kept: found };
    this.#cells = null;
  }
  get #memory(): Map<string, Kept> {
    const own = kept.get(this.#engine) ?? new Map<string, Kept>();
    kept.set(this.#engine, own);
    return own;
  }
}

const keyOf = ({ dataset, recipe }: Omit<Asked, 'clusters'>): string => JSON.stringify([dataset, recipe]);
const fullKey = (asked: Asked): string => `${keyOf(asked)} ${asked.clusters}`;
