import { expect, test } from 'vitest';
import type { Contract } from '../../../../../../src/core/contract/contract.ts';
import { ContractState } from '../../../../../../src/studio/pages/data/contract/contract-state.svelte.ts';

const contract = (name: string): Contract => ({ version: 1, columns: [{ name, kind: 'number', required: true, missing: 'warn', range: null, outside: 'warn', levels: null, unseen: 'warn', example: null }] });
function setUp() {
  const asked: string[] = [];
  const project = { data: 'd1' as string | null, contract: null as Contract | null, edits: [] as string[], editContract(label: string, next: Contract | null) { this.edits.push(label); this.contract = next; } };
  const engine = {
    inferDataContract: async (data: string) => { asked.push(`infer ${data}`); return contract(data); },
    checkContract: async (data: string, given: Contract) => { asked.push(`check ${data} ${given.columns[0]!.name}`); return { breaches: [], total: 3, refusedRows: 1 }; },
  };
  const jobs = { run: async <T>(_title: string, work: (job: string, report: () => void) => Promise<T>) => work('j', () => {}) };
  return { asked, project, state: new ContractState({ engine, jobs: jobs as never, project: project as never }) };
}

test('what the data suggests is shown until it is edited, and asked for once for each data', async () => {
  const { asked, project, state } = setUp();
  expect(state.shown).toBeNull();
  await Promise.all([state.infer(), state.infer()]);
  await state.infer();
  expect([state.shown!.columns[0]!.name, state.isEdited, asked.length]).toEqual(['d1', false, 1]);
  state.edit('Require', (now) => ({ ...now, columns: [] }));
  expect([state.shown!.columns.length, state.isEdited, project.edits]).toEqual([0, true, ['Require']]);
  state.reset();
  expect(state.shown!.columns[0]!.name).toBe('d1');
  project.data = 'd2';
  expect(state.shown).toBeNull();
  await state.infer();
  expect(state.shown!.columns[0]!.name).toBe('d2');
});

test('an edited contract is asked of other data by itself, once', async () => {
  const { asked, project, state } = setUp();
  await state.checkOther();
  project.contract = contract('mine');
  await state.checkOther();
  state.edit('Rename', () => contract('other'));
  await state.checkOther();
  project.data = 'd2';
  await state.checkOther();
  await state.checkOther();
  expect(asked).toEqual(['check d1 mine', 'check d2 other']);
});

test('a check speaks of the contract and the data it was made for', async () => {
  const { asked, project, state } = setUp();
  expect(await state.check()).toBeNull();
  await state.infer();
  expect((await state.check())!.total).toBe(3);
  expect([state.found!.refusedRows, state.isStale]).toEqual([1, false]);
  state.edit('Rename', () => contract('other'));
  expect(state.isStale).toBe(true);
  await state.check();
  expect([state.isStale, asked.at(-1)]).toEqual([false, 'check d1 other']);
  project.data = 'd2';
  expect(state.isStale).toBe(true);
});
