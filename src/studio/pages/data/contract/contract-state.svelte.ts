// The contract of a project as the panel works on it: the edited one, or what the data suggests; what a check found; and
// whether that check still speaks of what is shown. Edits go through the project, so undo takes them back.
import { hashJson } from '../../../../core/base/hash.ts';
import type { Hash, Json } from '../../../../core/base/json.ts';
import type { Breach, Contract } from '../../../../core/contract/contract.ts';
import type { EngineApi } from '../../../../wire/engine.ts';
import type { JobsState } from '../../../state/jobs-state.svelte.ts';
import type { ProjectState } from '../../../state/project-state.svelte.ts';

export type Found = { breaches: Breach[]; total: number; refusedRows: number };
type Parts = { engine: Pick<EngineApi, 'inferDataContract' | 'checkContract'>; jobs: Pick<JobsState, 'run'>; project: Pick<ProjectState, 'contract' | 'data' | 'editContract'> };

export class ContractState {
  #inferred = $state.raw<{ data: Hash; contract: Contract } | null>(null);
  #found = $state.raw<{ key: Hash; found: Found } | null>(null);
  #asking: Hash | null = null;
  #checked: Hash | null = null;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Null until the data was looked at. */
  get inferred(): Contract | null { return this.#inferred !== null && this.#inferred.data === this.#parts.project.data ? this.#inferred.contract : null; }
  get shown(): Contract | null { return this.#parts.project.contract ?? this.inferred; }
  get isEdited(): boolean { return this.#parts.project.contract !== null; }
  get found(): Found | null { return this.#found?.found ?? null; }
  /** The contract or the data changed since the check. */
  get isStale(): boolean { return this.#found !== null && this.#found.key !== this.#key(); }

  /** Asks what the data suggests, once for each data. */
  async infer(): Promise<void> {
    const { data } = this.#parts.project;
    if (data === null || this.#inferred?.data === data || this.#asking === data) return;
    this.#asking = data;
    const contract = await this.#parts.jobs.run('Reading the contract off the data', () => this.#parts.engine.inferDataContract(data));
    if (contract !== undefined) this.#inferred = { data, contract };
    if (this.#asking === data) this.#asking = null;
  }

  /** What a person wrote is asked of every data that comes, without being told to; once for each. */
  async checkOther(): Promise<void> {
    const { data } = this.#parts.project;
    if (data !== null && this.isEdited && this.#checked !== data) await this.check();
  }

  async check(): Promise<Found | null> {
    const { data } = this.#parts.project;
    const contract = this.shown;
    const key = this.#key();
    if (data === null || contract === null || key === null) return null;
    this.#checked = data;
    const found = await this.#parts.jobs.run('Checking the contract', () => this.#parts.engine.checkContract(data, contract));
    if (found === undefined) return null;
    this.#found = { key, found };
    return found;
  }

  edit(label: string, change: (contract: Contract) => Contract): void {
    const contract = this.shown;
    if (contract !== null) this.#parts.project.editContract(label, change(contract));
  }
  /** Back to what the data suggests. */
  reset(): void { this.#parts.project.editContract('Reset the contract', null); }

  #key(): Hash | null {
    const contract = this.shown;
    return contract === null ? null : hashJson({ data: this.#parts.project.data, contract } as Json);
  }
}

const states = new WeakMap<ProjectState, ContractState>();
export function contractStateOf(parts: Parts & { project: ProjectState }): ContractState {
  const known = states.get(parts.project) ?? new ContractState(parts);
  states.set(parts.project, known);
  return known;
}
