// An expression while it is typed: checked by the engine after each key (answers to older text are dropped), with what
// could stand at the caret and what it gives in the first rows.
import type { Hash } from '../../../../core/base/json.ts';
import type { ExpressionCheck, Suggestion } from '../../../../wire/data.ts';
import type { EngineApi } from '../../../../wire/engine.ts';

const WAIT = 80;

/** Where the word, quoted name or half of one that ends at the caret begins. */
export function wordStart(text: string, caret: number): number {
  const before = text.slice(0, caret);
  const open = before.match(/(`[^`]*|\[[^\]]*)$/);
  return caret - (open ?? before.match(/[\p{L}\p{N}_.]*$/u)!)[0].length;
}
/** Whether a list helps while typing: at a word that is not whole yet, or where something must follow. */
function helps(check: ExpressionCheck, text: string, caret: number): boolean {
  const word = text.slice(wordStart(text, caret), caret);
  if (/^[\p{L}_[`]/u.test(word)) return !(check.ok && check.suggestions.some((each) => each.text === word));
  return word === '' && !check.ok;
}
/** The text with a suggestion in the place of the word at the caret; functions leave the caret between their brackets. */
export function completed(text: string, caret: number, suggestion: Suggestion): { text: string; caret: number } {
  const start = wordStart(text, caret);
  const rest = text.slice(caret).replace(suggestion.kind === 'column' ? /^[\p{L}\p{N}_]*[`\]]?/u : /^[\p{L}\p{N}_]*/u, '');
  const isCall = suggestion.kind === 'function' && !suggestion.text.includes('(') && !rest.startsWith('(');
  const put = isCall ? `${suggestion.text}()` : suggestion.text;
  const end = start + put.length - (put.endsWith('()') ? 1 : 0);
  return { text: text.slice(0, start) + put + rest, caret: end };
}

export class ExpressionState {
  #check = $state.raw<ExpressionCheck | null>(null);
  #chosen = $state(0);
  #open = $state(false);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #engine: Pick<EngineApi, 'checkExpression'>;

  constructor(engine: Pick<EngineApi, 'checkExpression'>) {
    this.#engine = engine;
  }

  get check(): ExpressionCheck | null { return this.#check; }
  get suggestions(): readonly Suggestion[] { return this.#open ? (this.#check?.suggestions ?? []).slice(0, 9) : []; }
  get chosen(): number { return this.#chosen; }
  get suggestion(): Suggestion | undefined { return this.suggestions[this.#chosen]; }
  hide(): void { this.#open = false; }
  show(): void { this.#open = true; }
  move(by: number): void {
    const most = this.suggestions.length;
    if (most > 0) this.#chosen = (this.#chosen + by + most) % most;
  }

  /** Asks about this text; `typing` opens the list where it helps, `asked` in any case. */
  look(dataset: Hash | null, text: string, caret: number, typing: boolean | 'asked'): void {
    clearTimeout(this.#timer);
    if (dataset === null) return;
    const turn = ++this.#turn;
    if (!typing) this.#open = false;
    this.#timer = setTimeout(() => void this.#ask(turn, dataset, text, caret, typing), WAIT);
  }
  async #ask(turn: number, dataset: Hash, text: string, caret: number, typing: boolean | 'asked'): Promise<void> {
    try {
      const check = await this.#engine.checkExpression(dataset, text, caret);
      if (turn !== this.#turn) return;
      this.#check = check;
      this.#chosen = 0;
      this.#open = typing === 'asked' || (typing && helps(check, text, caret));
    } catch (error) {
      if (turn === this.#turn) this.#check = { ok: false, kind: null, error: error instanceof Error ? error.message : String(error), at: null, suggestions: [], sample: [] };
    }
  }
}
