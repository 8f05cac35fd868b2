// Cells that look wrong, looked for when asked: by row and column for the sheet, and summed up by detector. They belong to
// one dataset; when the data changes they are shown no longer until they are looked for again.
import type { Hash } from '../../../../core/base/json.ts';
import type { SuspectCell, SuspectReport } from '../../../../wire/data.ts';
import type { EngineApi } from '../../../../wire/engine.ts';
import type { JobsState } from '../../../state/jobs-state.svelte.ts';

export class SuspectsState {
  #report = $state.raw<SuspectReport | null>(null);
  #cells = $state.raw<ReadonlyMap<string, SuspectCell>>(new Map());
  #dataset = $state.raw<Hash | null>(null);
  #busy = $state(false);
  readonly #engine: Pick<EngineApi, 'suspects'>;
  readonly #jobs: Pick<JobsState, 'run'>;

  constructor(engine: Pick<EngineApi, 'suspects'>, jobs: Pick<JobsState, 'run'>) {
    this.#engine = engine;
    this.#jobs = jobs;
  }

  get busy(): boolean { return this.#busy; }
  /** What was found in this dataset; null when it was not looked at. */
  reportOf(dataset: Hash | null): SuspectReport | null { return dataset !== null && dataset === this.#dataset ? this.#report : null; }
  cell(dataset: Hash | null, row: number, column: string): SuspectCell | undefined {
    return dataset === this.#dataset ? this.#cells.get(keyOf(row, column)) : undefined;
  }
  /** The first cell that this detector suspects in that column. */
  first(detector: string, column: string): SuspectCell | undefined {
    return this.#report?.cells.find((cell) => cell.detector === detector && cell.column === column);
  }

  async look(dataset: Hash): Promise<SuspectReport | undefined> {
    if (this.#busy) return undefined;
    this.#busy = true;
    try {
      const report = await this.#jobs.run('Looking for suspect cells', (job, report) => this.#engine.suspects(job, dataset, report));
      if (report === undefined) return undefined;
      const cells = new Map<string, SuspectCell>();
      for (const cell of report.cells) {
        const key = keyOf(cell.row, cell.column);
        if ((cells.get(key)?.certainty ?? -1) < cell.certainty) cells.set(key, cell);
      }
      [this.#report, this.#cells, this.#dataset] = [report, cells, dataset];
      return report;
    } finally {
      this.#busy = false;
    }
  }
}

const keyOf = (row: number, column: string): string => `${row}\n${column}`;
