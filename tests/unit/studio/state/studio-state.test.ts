import { expect, test } from 'vitest';
import { hashJson } from '../../../../src/core/base/hash.ts';
import { BarnacleError } from '../../../../src/core/base/errors.ts';
import { Announcer } from '../../../../src/studio/state/announcer.svelte.ts';
import { NetworkState } from '../../../../src/studio/state/network-state.svelte.ts';
import { newProject } from '../../../../src/studio/state/project-state.svelte.ts';
import { splitOf, StudioState, type Example } from '../../../../src/studio/state/studio-state.svelte.ts';
import { ThemeState } from '../../../../src/studio/state/theme-state.svelte.ts';
import type { EngineApi } from '../../../../src/wire/engine.ts';
import { alone, fakeEngine, recipe, runOf, specOf, split } from '../fake-engine.ts';

const example: Example = { id: 'e', title: 'Example', text: '', file: 'e.csv', target: 'y', above: null, split: 'time:day', rows: 10, learners: ['baseline', 'gbt', 'linear', 'mlp'] };
function open(own: Partial<EngineApi> = {}) {
  const engine = fakeEngine(own);
  const visited: string[] = [];
  let ids = 0;
  const studio = new StudioState({
    engine, announcer: new Announcer(() => {}), theme: new ThemeState({ get: () => null, set: () => {} }, false), network: new NetworkState('http://here'),
    now: () => 1, newId: () => `p${++ids}`, visit: (hash) => visited.push(hash), examples: async () => [example], fetchExample: async () => new Blob(['x']), whileAlone: alone,
  });
  return { engine, studio, visited };
}

test('one click opens an example: read, profiled, recipe with its own split, every learner trained', async () => {
  const { engine, studio, visited } = open();
  await studio.start();
  await studio.openExample(example);
  expect(visited).toEqual(['#/p/p1/train']);
  expect(engine.asked.filter((call) => ['importFile', 'profile', 'suggest', 'train'].includes(call))).toEqual(['importFile', 'profile', 'suggest', 'train']);
  expect(studio.project?.split).toEqual({ ...split, kind: 'time', column: 'day' });
  expect(studio.project?.runs.ranked.length).toBe(2);
  expect(studio.project?.record.kept).toBe(studio.project?.runs.best?.id);
  await new Promise((done) => setTimeout(done, 0));
  expect(engine.saved.at(-1)?.runs.length).toBe(2);
  expect([studio.opening, studio.jobs.current, studio.training?.missing.length]).toEqual([null, null, 0]);
});

test('an unreadable file is an error in words, and the studio stands', async () => {
  const { studio, visited } = open({ importFile: async () => { throw new BarnacleError('empty-file', 'x is empty', { name: 'x.csv' }); } });
  await studio.openFile({ name: 'x.csv', blob: new Blob([]) });
  expect(studio.announcer.toasts.map((toast) => toast.text)).toEqual(['The file is empty']);
  expect([studio.project, studio.jobs.current, visited.at(-1)]).toEqual([null, null, '#/']);
});

test('a lost store is said with the way to go on', async () => {
  let lost = true;
  const { engine, studio } = open({ projects: async () => { if (lost) throw new BarnacleError('storage-lost', 'gone', { expected: 2, found: 0 }); return []; }, acceptLoss: async () => { lost = false; } });
  await studio.start();
  const toast = studio.announcer.toasts[0];
  expect(toast?.act?.label).toBe('Go on with what is here');
  toast?.act?.run();
  await new Promise((done) => setTimeout(done, 0));
  expect(engine.asked).toContain('acceptLoss');
  expect(studio.projects).toEqual([]);
});

test('arriving at an unknown project says so and goes home', async () => {
  const { studio, visited } = open({ openProject: async () => { throw new BarnacleError('not-found', 'no', { what: 'project', id: 'zz' }); } });
  await studio.arrive('#/p/zz/train');
  expect(visited).toEqual(['#/']);
  expect(studio.announcer.toasts[0]?.text).toBe('The project is no longer here');
});

test('a model file becomes a project that can predict', async () => {
  const { studio, visited } = open({ importBundle: async () => ({ bundle: 'b1', name: 'Model' }) });
  await studio.openFile({ name: 'm.barnacle', blob: new Blob(['abc']) });
  expect(studio.project?.record).toMatchObject({ compress: null, kept: null, model: { bundle: 'b1', name: 'Model', bytes: 3 } });
  expect(studio.project?.mark('deploy')).toMatchObject({ state: 'done', told: 'a model from a file' });
  expect(visited).toEqual(['#/p/p1/deploy']);
});

const interrupted = (resumes: number, kinds = ['baseline', 'gbt']) => {
  const specs = kinds.map((kind) => specOf(kind));
  return { ...newProject('p', 'P', 'e', 0), dataset: 'data-1', recipe, split, runs: specs.map((spec) => hashJson(spec)), pending: specs.map((spec) => ({ spec, askedAt: 10, resumes })) };
};

test('what trained when the page was left goes on by itself, and an example then keeps its best', async () => {
  const record = interrupted(0);
  const done = { ...runOf(specOf('baseline'), 0.5), startedAt: 11 };
  const { engine, studio } = open({ openProject: async () => ({ project: record, card: null, profile: null, runs: [done] }) });
  await studio.arrive('#/p/p/train');
  expect(engine.asked.filter((call) => call === 'train').length).toBe(1);
  expect(studio.project?.runs.all.map((run) => [run.spec.learner.type, run.status]).sort()).toEqual([['baseline', 'done'], ['gbt', 'done']]);
  expect([studio.training?.resumed, studio.training?.running, studio.project?.record.pending]).toEqual([1, false, []]);
  expect(studio.project?.record.kept).toBe(hashJson(specOf('gbt')));
});

test('what was lost too often is not begun again, and says so', async () => {
  const { engine, studio } = open({ openProject: async () => ({ project: interrupted(2, ['gbt']), card: null, profile: null, runs: [] }) });
  await studio.arrive('#/p/p/train');
  expect(engine.asked).not.toContain('train');
  expect(studio.project?.runs.all.map((run) => [run.status, run.error?.code])).toEqual([['failed', 'worker-lost']]);
  expect([studio.project?.record.pending, studio.training?.resumed]).toEqual([[], 0]);
});

test('a project that trains is shown as it is when the person comes back to it', async () => {
  let end: () => void = () => {};
  const { engine, studio } = open({ train: () => new Promise((done) => { end = () => done([]); }), openProject: async (id) => ({ project: id === 'p' ? interrupted(0) : newProject(id, 'Other', null, 0), card: null, profile: null, runs: [] }) });
  const arriving = studio.arrive('#/p/p/train');
  await until(() => engine.asked.includes('train'));
  const first = studio.project;
  await studio.arrive('#/p/q/data');
  await studio.arrive('#/p/p/train');
  expect(studio.project).toBe(first);
  end();
  await arriving;
});

test('deleting a project that trains discards the training, and nothing of it is saved again', async () => {
  let end: () => void = () => {};
  const stops: boolean[] = [];
  const { engine, studio } = open({ train: () => new Promise((done) => { end = () => done([]); }), stop: async (_job, _run, keep) => void stops.push(keep), openProject: async () => ({ project: interrupted(0), card: null, profile: null, runs: [] }) });
  const arriving = studio.arrive('#/p/p/train');
  await until(() => engine.asked.includes('train'));
  await studio.deleteProject('p');
  const saves = engine.saved.length;
  end();
  await arriving;
  expect([stops, engine.saved.length - saves, engine.saved.at(-1)?.pending]).toEqual([[false], 0, []]);
});

async function until(claim: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !claim(); i++) await new Promise((done) => setTimeout(done, 0));
}

test('splitOf reads an example split', () => {
  expect(splitOf(null, split)).toBe(split);
  expect(splitOf('stratified', split)).toEqual({ ...split, kind: 'stratified', column: null });
});
