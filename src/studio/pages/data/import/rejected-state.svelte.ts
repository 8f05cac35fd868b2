// The rows that did not fit: pages of them for the eye as they come into view, and all of them for a file.
import type { Hash } from '../../../../core/base/json.ts';
import type { RejectedRow } from '../../../../core/io/reader.ts';
import type { EngineApi } from '../../../../wire/engine.ts';

const PAGE = 200;
const MOST = 1_000_000;

export class RejectedState {
  #pages = $state.raw<ReadonlyMap<number, readonly RejectedRow[]>>(new Map());
  #failed = $state.raw<unknown>(null);
  readonly #asked = new Set<number>();
  readonly #engine: Pick<EngineApi, 'rejected'>;
  readonly dataset: Hash;

  constructor(engine: Pick<EngineApi, 'rejected'>, dataset: Hash) {
    this.#engine = engine;
    this.dataset = dataset;
  }

  get failed(): unknown { return this.#failed; }
  /** Undefined until its page has come. */
  row(index: number): RejectedRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }
  /** Rows [from, to) are in view. */
  want(from: number, to: number): void {
    for (let page = Math.floor(from / PAGE); page * PAGE < to; page++) if (!this.#asked.has(page)) void this.#fetch(page);
  }
  /** All of them, at most a million. Throws what the engine throws. */
  async all(): Promise<RejectedRow[]> {
    const rows: RejectedRow[] = [];
    for (let total = MOST; rows.length < Math.min(total, MOST);) {
      const page = await this.#engine.rejected(this.dataset, rows.length, 5000);
      total = page.total;
      if (page.rows.length === 0) break;
      rows.push(...page.rows);
    }
    return rows;
  }

  async #fetch(page: number): Promise<void> {
    this.#asked.add(page);
    try {
      const { rows } = await this.#engine.rejected(this.dataset, page * PAGE, PAGE);
      this.#pages = new Map(this.#pages).set(page, rows);
    } catch (error) {
      this.#failed = error;
    }
  }
}
