// One row by hand: its texts, the newest answer, why, and where it leaves the contract. Answers of older edits are dropped.
import type { Hash } from '../../../core/base/json.ts';
import type { Breach, Contract } from '../../../core/contract/contract.ts';
import type { EngineApi, PredictedRow, RowWhy } from '../../../wire/engine.ts';
import { exampleValues, rawRow, type RawRow, type RowValues } from '../../forms/row-values.ts';

export class TryState {
  #contract = $state.raw<Contract | null>(null);
  #values = $state.raw<RowValues>({});
  #answer = $state.raw<PredictedRow | null>(null);
  #why = $state.raw<RowWhy | null>(null);
  #bundle: Hash | null = null;
  #turn = 0;
  #explaining: Promise<void> | null = null;
  readonly #engine: Pick<EngineApi, 'contract' | 'predictRows' | 'explainRow'>;
  readonly #fail: (error: unknown) => void;

  constructor(engine: Pick<EngineApi, 'contract' | 'predictRows' | 'explainRow'>, fail: (error: unknown) => void) {
    this.#engine = engine;
    this.#fail = fail;
  }

  get contract(): Contract | null { return this.#contract; }
  get values(): RowValues { return this.#values; }
  get answer(): PredictedRow | null { return this.#answer; }
  /** Of the newest answer, a moment after it; null before, and for a refused row. */
  get why(): RowWhy | null { return this.#why; }
  /** The first finding of each column. */
  get breaches(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const breach of this.#answer?.breaches ?? []) if (!found.has(breach.column)) found.set(breach.column, breach.message);
    return found;
  }
  /** Findings about columns that the form does not show. */
  get wide(): readonly Breach[] {
    const known = new Set(this.#contract?.columns.map((column) => column.name));
    return (this.#answer?.breaches ?? []).filter((breach) => !known.has(breach.column));
  }

  /** Asks for a bundle's contract; the row so far is kept when its columns are the same. */
  async load(bundle: Hash): Promise<void> {
    if (bundle === this.#bundle) return;
    this.#bundle = bundle;
    this.#why = null;
    try {
      const contract = await this.#engine.contract(bundle);
      if (bundle !== this.#bundle) return;
      const same = this.#contract !== null && this.#contract.columns.map((each) => each.name).join('\n') === contract.columns.map((each) => each.name).join('\n');
      this.#contract = contract;
      if (!same) this.#values = exampleValues(contract);
      await this.#ask();
    } catch (error) {
      this.#fail(error);
    }
  }
  set(name: string, text: string | null): void {
    this.#values = { ...this.#values, [name]: text };
    void this.#ask();
  }
  reset(): void {
    if (this.#contract === null) return;
    this.#values = exampleValues(this.#contract);
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { contract, bundle } = { contract: this.#contract, bundle: this.#bundle };
    if (contract === null || bundle === null) return;
    const turn = ++this.#turn;
    try {
      const row = rawRow(contract, this.#values);
      const [answer] = await this.#engine.predictRows(bundle, [row]);
      if (turn !== this.#turn) return;
      this.#answer = answer ?? null;
      if (answer && answer.prediction !== null) await this.#explain(bundle, row, turn);
      else this.#why = null;
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }
  /** One explanation at a time, the newest row next: large forests take longer than a person types. */
  async #explain(bundle: Hash, row: RawRow, turn: number): Promise<void> {
    const before = this.#explaining;
    const own = (async () => {
      await before?.catch(() => {});
      if (turn !== this.#turn) return;
      const why = await this.#engine.explainRow(bundle, row);
      if (turn === this.#turn) this.#why = why;
    })();
    this.#explaining = own;
    await own;
  }
}
