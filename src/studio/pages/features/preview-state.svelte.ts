// The preview of a recipe on sample rows: asked for after each edit, answers of older edits are dropped.
import type { Hash } from '../../../core/base/json.ts';
import { errorRecord } from '../../../core/base/errors.ts';
import type { RecipeSpec } from '../../../core/recipe/spec.ts';
import type { SplitSpec } from '../../../core/split/split.ts';
import type { EngineApi, RecipePreview } from '../../../wire/engine.ts';
import { errorWords, type ErrorWords } from '../../words/errors.ts';

export class PreviewState {
  #preview = $state.raw<RecipePreview | null>(null);
  #wrong = $state.raw<ErrorWords | null>(null);
  #busy = $state(false);
  #asked = 0;
  readonly #engine: Pick<EngineApi, 'preview'>;

  constructor(engine: Pick<EngineApi, 'preview'>) {
    this.#engine = engine;
  }

  get preview(): RecipePreview | null { return this.#preview; }
  get wrong(): ErrorWords | null { return this.#wrong; }
  get busy(): boolean { return this.#busy; }

  async look(dataset: Hash, recipe: RecipeSpec, split: SplitSpec): Promise<void> {
    const turn = ++this.#asked;
    this.#busy = true;
    try {
      const preview = await this.#engine.preview(dataset, recipe, split);
      if (turn !== this.#asked) return;
      this.#preview = preview;
      this.#wrong = null;
    } catch (error) {
      if (turn === this.#asked) this.#wrong = errorWords(errorRecord(error));
    } finally {
      if (turn === this.#asked) this.#busy = false;
    }
  }
}
