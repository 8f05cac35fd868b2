import { expect, test } from 'vitest';
import type { CleanStep } from '../../../../src/core/clean/clean.ts';
import { Announcer } from '../../../../src/studio/state/announcer.svelte.ts';
import { newProject, ProjectState } from '../../../../src/studio/state/project-state.svelte.ts';
import type { EngineApi } from '../../../../src/wire/engine.ts';
import { card, catalog, fakeEngine, recipe, split } from '../fake-engine.ts';

function open(own: Partial<EngineApi> = {}) {
  const engine = fakeEngine(own);
  let now = 0;
  const announcer = new Announcer(() => {});
  const runJob = async <T>(_title: string, work: (job: string, report: () => void) => Promise<T>): Promise<T | undefined> => work('job', () => {}).catch((error: unknown) => (announcer.fail(error), undefined));
  const project = new ProjectState({ project: { ...newProject('p', 'P', null, 0), dataset: 'data-1' }, card, profile: null, runs: [] }, { engine, announcer, now: () => ++now, catalog: () => catalog, runJob });
  return { engine, project, announcer };
}
const step = (id: string): CleanStep => ({ id, type: 'trim', columns: ['y'], params: {} });
const add = (id: string) => (steps: readonly CleanStep[]) => [...steps, step(id)];

test('an edit makes a cleaned table, and pages show that one', async () => {
  const { project } = open();
  const done = project.editClean('Trim y', add('a'));
  expect([project.cleaning, project.clean?.steps.length, project.data]).toEqual(['running', 1, 'data-1']);
  await done;
  expect([project.cleaning, project.data, project.rows, project.undoLabel]).toEqual(['idle', 'cleaned-a', 900, 'Trim y']);
  expect(project.profile).not.toBeNull();
});

test('edits in quick succession are worked out one after the other', async () => {
  const { project } = open();
  void project.editClean('one', add('a'));
  await project.editClean('two', add('b'));
  expect([project.data, project.record.past.map((edit) => edit.label)]).toEqual(['cleaned-a+b', ['one', 'two']]);
});

test('undo and redo travel between cleaned tables', async () => {
  const { project } = open();
  await project.editClean('one', add('a'));
  project.undo();
  expect([project.data, project.clean]).toEqual(['data-1', null]);
  project.redo();
  await project.reload();
  expect([project.data, project.cleaned?.rows]).toEqual(['cleaned-a', 900]);
});

test('equal steps are no edit, and taking the last one away goes back to what was read', async () => {
  const { project, engine } = open();
  await project.editClean('one', add('a'));
  const asked = engine.asked.length;
  await project.editClean('same', (steps) => [...steps]);
  expect(engine.asked.length).toBe(asked);
  await project.editClean('none', () => []);
  expect([project.data, project.clean]).toEqual(['data-1', null]);
});

test('a recipe of the person is mended, a suggested one is suggested anew', async () => {
  const { project } = open();
  project.accept('Predict y', { recipe, split, reasons: [] });
  await project.editClean('one', add('a'));
  expect(project.recipe?.drop).toEqual([]);
  project.edit('Own', { recipe: { ...recipe, drop: ['x'] } });
  await project.editClean('two', add('b'));
  expect(project.recipe?.drop).toEqual(['x', 'adapted']);
});

test('what the engine refuses changes nothing and is said', async () => {
  const { project, announcer } = open({ clean: async () => Promise.reject(new Error('no')) });
  await project.editClean('one', add('a'));
  expect([project.clean, project.undoLabel, announcer.toasts.length]).toEqual([null, null, 1]);
});

test('a run is current only for the cleaning that it was trained on', async () => {
  const { project } = open();
  project.accept('Predict y', { recipe, split, reasons: [] });
  const before = project.signature;
  await project.editClean('one', add('a'));
  expect(project.signature).not.toBe(before);
  project.undo();
  expect(project.signature).toBe(before);
});

test('versions are saved and restored as one undoable edit', async () => {
  const { project } = open();
  await project.editClean('one', add('a'));
  project.saveVersion('trimmed');
  await project.editClean('none', () => []);
  await project.restoreVersion(project.versions[0]!);
  expect([project.data, project.undoLabel, project.cleaned?.id]).toEqual(['cleaned-a', 'Restore trimmed', 'cleaned-a']);
});

test('an edited contract is undoable', () => {
  const { project } = open();
  project.editContract('Age at most 120', { version: 1, columns: [] });
  expect(project.contract).toEqual({ version: 1, columns: [] });
  project.undo();
  expect(project.contract).toBeNull();
});
