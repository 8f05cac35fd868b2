// What the lineage graph is drawn from: the schemas and steps that the project holds, and which feature comes from which
// column, which the engine is asked for when the recipe or the data changed.
import { hashJson } from '../../../../core/base/hash.ts';
import type { Hash, Json } from '../../../../core/base/json.ts';
import type { LineageGraph } from '../../../../core/lineage/lineage.ts';
import { lineageOf, type StepWords } from '../../../../core/lineage/lineage-of.ts';
import type { Catalog, EngineApi, RecipePreview } from '../../../../wire/engine.ts';
import type { ProjectState } from '../../../state/project-state.svelte.ts';

type Parts = { engine: Pick<EngineApi, 'preview'>; catalog: () => Catalog | null; project: Pick<ProjectState, 'card' | 'schema' | 'cleaned' | 'clean' | 'recipe' | 'split' | 'data'> };

export class LineageState {
  #preview = $state.raw<{ key: Hash; preview: RecipePreview } | null>(null);
  #asked: Hash | null = null;
  #trouble = $state('');
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Why the features are not known; '' when they are, or there is no recipe. */
  get trouble(): string { return this.#trouble; }

  /** Asks for the features of the recipe as it stands, once. */
  async load(): Promise<void> {
    const { data, recipe, split } = this.#parts.project;
    if (data === null || recipe === null || split === null) return;
    const key = hashJson({ data, recipe, split } as Json);
    if (this.#asked === key) return;
    this.#asked = key;
    try {
      const preview = await this.#parts.engine.preview(data, recipe, split);
      if (this.#asked !== key) return;
      this.#preview = { key, preview };
      this.#trouble = preview.steps.find((step) => step.error !== null)?.error ?? '';
    } catch (error) {
      if (this.#asked === key) this.#trouble = error instanceof Error ? error.message : String(error);
    }
  }

  get graph(): LineageGraph {
    const { project, catalog } = this.#parts;
    const recipe = project.recipe;
    const preview = this.#preview?.preview ?? null;
    const cleaners = catalog()?.cleaners ?? [];
    const outcomes = new Map(project.cleaned?.outcomes.map((outcome) => [outcome.id, outcome]));
    const cleanSteps = (project.cleaned?.clean.steps ?? []).filter((step) => step.disabled !== true).map((step): StepWords => {
      const cleaner = cleaners.find((each) => each.type === step.type);
      const made = madeBy(step.params);
      return { text: outcomes.get(step.id)?.text ?? cleaner?.label ?? step.type, columns: step.columns, made, ...(step.columns.length > 0 || cleaner === undefined ? {} : { takes: cleaner.takes }) };
    });
    const recipeSteps = (recipe?.steps ?? []).filter((step) => step.disabled !== true).map((step): StepWords => {
      const about = preview?.steps.find((each) => each.id === step.id);
      const kind = catalog()?.steps.find((each) => each.type === step.type);
      return { text: kind?.label ?? step.type, columns: step.columns, made: about?.made ?? [], ...(kind === undefined ? {} : { takes: kind.takes }) };
    });
    const isCurrent = this.#preview !== null && this.#asked === this.#preview.key;
    return lineageOf({
      raw: project.card?.schema ?? [], cleaned: project.schema, lineage: project.cleaned?.lineage ?? {}, cleanSteps, recipe, recipeSteps,
      ...(isCurrent && preview?.output ? { output: preview.output } : {}),
    });
  }
}

/** Columns that a step's params name as new. */
function madeBy(params: Json): string[] {
  if (params === null || typeof params !== 'object' || Array.isArray(params)) return [];
  const { name, names } = params as { [key: string]: Json };
  return [...(typeof name === 'string' && name !== '' ? [name] : []), ...(typeof names === 'string' ? names.split('|').filter((each) => each !== '') : [])];
}
