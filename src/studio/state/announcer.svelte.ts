// What is said aloud (live region) and what is shown for a moment (toasts). Errors stay until they are closed.
import { errorRecord, type ErrorRecord } from '../../core/base/errors.ts';
import { errorWords, type ErrorWords } from '../words/errors.ts';

export type Toast = { id: number; kind: 'good' | 'bad'; text: string; words: ErrorWords | null; record: ErrorRecord | null; act: { label: string; run(): void } | null };

export class Announcer {
  #spoken = $state('');
  #toasts = $state.raw<readonly Toast[]>([]);
  #next = 1;
  readonly #later: (run: () => void, ms: number) => void;

  /** `later` is setTimeout, or a test's own. */
  constructor(later: (run: () => void, ms: number) => void) {
    this.#later = later;
  }

  get spoken(): string { return this.#spoken; }
  get toasts(): readonly Toast[] { return this.#toasts; }

  /** Said by the live region only. The same text twice is said twice (a no-break space makes it new). */
  say(text: string): void {
    this.#spoken = this.#spoken === text ? `${text}\u00a0` : text;
  }

  /** Shown for six seconds and said. */
  tell(text: string): void {
    const id = this.#add({ kind: 'good', text, words: null, record: null, act: null });
    this.say(text);
    this.#later(() => this.close(id), 6000);
  }

  /** An error in words; `stopped` is not a failure and is only said. */
  fail(error: unknown, act: Toast['act'] = null): void {
    const record = errorRecord(error);
    const words = errorWords(record);
    this.say(`${words.title}. ${words.wayOut}`);
    if (record.code === 'stopped') return;
    this.#add({ kind: 'bad', text: words.title, words, record, act });
  }

  close(id: number): void {
    this.#toasts = this.#toasts.filter((toast) => toast.id !== id);
  }

  #add(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++;
    this.#toasts = [...this.#toasts.slice(-3), { ...toast, id }];
    return id;
  }
}
