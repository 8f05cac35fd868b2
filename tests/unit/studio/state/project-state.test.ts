import { expect, test } from 'vitest';
import { hashJson } from '../../../../src/core/base/hash.ts';
import { Announcer } from '../../../../src/studio/state/announcer.svelte.ts';
import { newProject, ProjectState } from '../../../../src/studio/state/project-state.svelte.ts';
import { catalog, fakeEngine, recipe, runOf, specOf, split } from '../fake-engine.ts';

function open() {
  const engine = fakeEngine();
  let now = 0;
  const project = new ProjectState({ project: { ...newProject('p', 'P', null, 0), dataset: 'data-1' }, card: null, profile: null, runs: [] }, { engine, announcer: new Announcer(() => {}), now: () => ++now, catalog: () => catalog });
  return { engine, project };
}
const settled = () => new Promise((done) => setTimeout(done, 0));

test('the first recipe is not an undoable edit, later ones are', () => {
  const { project } = open();
  project.accept('Predict y', { recipe, split, reasons: ['why'] });
  expect(project.undoLabel).toBeNull();
  project.edit('Drop x', { recipe: { ...recipe, drop: ['x'] } });
  expect(project.undoLabel).toBe('Drop x');
  expect(project.reasons).toEqual(['why']);
});

test('undo and redo travel through recipe and split together and keep their labels', () => {
  const { project } = open();
  project.accept('Predict y', { recipe, split, reasons: [] });
  project.edit('Drop x', { recipe: { ...recipe, drop: ['x'] } });
  project.edit('Test more', { split: { ...split, test: 0.4 } });
  project.undo();
  expect([project.split?.test, project.redoLabel, project.undoLabel]).toEqual([0.2, 'Test more', 'Drop x']);
  project.undo();
  expect(project.recipe?.drop).toEqual([]);
  project.undo();
  project.redo();
  project.redo();
  expect([project.recipe?.drop, project.split?.test, project.redoLabel]).toEqual([['x'], 0.4, null]);
});

test('a new edit forgets what could be redone, an equal one is no edit', () => {
  const { project } = open();
  project.accept('Predict y', { recipe, split, reasons: [] });
  project.edit('Drop x', { recipe: { ...recipe, drop: ['x'] } });
  project.undo();
  project.edit('same', { recipe: structuredClone(recipe) });
  expect(project.redoLabel).toBe('Drop x');
  project.edit('Test more', { split: { ...split, test: 0.4 } });
  expect(project.redoLabel).toBeNull();
});

test('every change is saved in order, history included', async () => {
  const { engine, project } = open();
  project.accept('Predict y', { recipe, split, reasons: [] });
  project.edit('Drop x', { recipe: { ...recipe, drop: ['x'] } });
  await settled();
  expect(engine.saved.map((record) => record.past.length)).toEqual([0, 1]);
  expect(engine.saved.at(-1)?.past[0]?.recipe?.drop).toEqual([]);
  expect(project.saved).toBe(true);
});

test('a run is stale once the recipe changes and current again after undo', () => {
  const { project } = open();
  project.accept('Predict y', { recipe, split, reasons: [] });
  const run = runOf(specOf('gbt'), 0.8);
  project.putRun(run);
  expect(project.mark('train').state).toBe('done');
  project.edit('Drop x', { recipe: { ...recipe, drop: ['x'] } });
  expect([project.isCurrent(run), project.mark('train').state, project.staleRuns]).toEqual([false, 'stale', 1]);
  project.undo();
  expect(project.isCurrent(run)).toBe(true);
});

test('removing the kept run takes it from Deploy too', () => {
  const { project } = open();
  project.accept('Predict y', { recipe, split, reasons: [] });
  const run = runOf(specOf('gbt'), 0.8);
  project.putRun(run);
  project.keep(run);
  expect(project.mark('deploy').state).toBe('done');
  project.removeRun(run);
  expect([project.record.kept, project.record.runs, project.mark('deploy').state]).toEqual([null, [], 'empty']);
});

test('after a reload a paused run shows how far it is and stays; what was under way goes on with its curve', () => {
  const [paused, going] = [specOf('gbt', 1), specOf('gbt', 2)];
  const curve = [{ step: 312, train: 1, valid: 1, rowsPerSecond: null }];
  const record = { ...newProject('p', 'P', null, 0), dataset: 'data-1', recipe, split, pending: [{ spec: paused, askedAt: 1, resumes: 0, paused: true }, { spec: going, askedAt: 1, resumes: 0 }] };
  const kept = [paused, going].map((spec) => ({ run: hashJson(spec), step: 312, curve, savedAt: 2 }));
  const project = new ProjectState({ project: record, card: null, profile: null, runs: [], kept }, { engine: fakeEngine(), announcer: new Announcer(() => {}), now: () => 5, catalog: () => catalog });
  expect(project.runs.all.map((run) => [run.status, run.resumed, run.curve.length])).toEqual([['paused', 312, 1], ['waiting', 312, 1]]);
  expect(project.resumeRuns([], kept)).toEqual([going]);
  expect(project.record.pending.map((each) => [each.spec.seed, each.paused ?? false, each.resumes])).toEqual([[1, true, 0], [2, false, 1]]);
});
