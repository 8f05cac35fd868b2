// Rows for the eye: pages of at most 200 rows, fetched when they come into view and kept in a small cache.
// Only the newest wishes are fetched: a fast scroll over a million rows asks for few pages, not for all it passed.
import { isBarnacleError } from '../../core/base/errors.ts';
import type { Hash } from '../../core/base/json.ts';
import type { EngineApi, TablePage } from '../../wire/engine.ts';

const KEPT = 60;

export class RowsState {
  #pages = $state.raw<ReadonlyMap<number, TablePage>>(new Map());
  #error = $state.raw<unknown>(null);
  #wanted: readonly number[] = [];
  #busy = false;
  /** A lost engine is started anew by the next call: asked once more before it is an error. */
  #mayRetry = true;
  readonly #engine: EngineApi;
  readonly dataset: Hash;
  readonly rows: number;
  /** Rows of one page: 200, fewer for very wide tables, so that a page holds at most about 100,000 cells. */
  readonly size: number;

  constructor(engine: EngineApi, dataset: Hash, rows: number, columns: number) {
    this.size = Math.max(10, Math.min(200, Math.floor(100_000 / Math.max(1, columns))));
    this.#engine = engine;
    this.dataset = dataset;
    this.rows = rows;
  }

  get error(): unknown { return this.#error; }

  /** The cell's text, null when missing, undefined when its page has not come yet. */
  cell(row: number, column: number): string | null | undefined {
    const page = this.#pages.get(Math.floor(row / this.size));
    return page?.cells[column]?.[row - page.from];
  }

  /** Rows [from, to) are in view: fetches the pages that are missing. */
  want(from: number, to: number): void {
    const first = Math.max(0, Math.floor(from / this.size));
    const last = Math.floor(Math.max(0, Math.min(to, this.rows) - 1) / this.size);
    this.#wanted = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#missing(); next !== undefined; next = this.#missing()) {
        const page = await this.#engine.page(this.dataset, next * this.size, this.size);
        const pages = new Map(this.#pages);
        pages.delete(next);
        pages.set(next, page);
        while (pages.size > KEPT) pages.delete(pages.keys().next().value!);
        this.#pages = pages;
        this.#mayRetry = true;
      }
    } catch (error) {
      if (this.#mayRetry && isBarnacleError(error, 'worker-lost')) this.#mayRetry = false;
      else this.#error = error;
    } finally {
      this.#busy = false;
    }
    if (this.#missing() !== undefined) await this.#fetch();
  }
  #missing(): number | undefined {
    return this.#error !== null ? undefined : this.#wanted.find((page) => !this.#pages.has(page) && page * this.size < Math.max(1, this.rows));
  }
}
