import { expect, test } from 'vitest';
import { BarnacleError } from '../../../../src/core/base/errors.ts';
import { Announcer } from '../../../../src/studio/state/announcer.svelte.ts';
import { NetworkState } from '../../../../src/studio/state/network-state.svelte.ts';
import { splitOf, StudioState, type Example } from '../../../../src/studio/state/studio-state.svelte.ts';
import { ThemeState } from '../../../../src/studio/state/theme-state.svelte.ts';
import type { EngineApi } from '../../../../src/wire/engine.ts';
import { fakeEngine, split } from '../fake-engine.ts';

const example: Example = { id: 'e', title: 'Example', text: '', file: 'e.csv', target: 'y', above: null, split: 'time:day', rows: 10, learners: ['baseline', 'gbt', 'linear', 'mlp'] };
function open(own: Partial<EngineApi> = {}) {
  const engine = fakeEngine(own);
  const visited: string[] = [];
  let ids = 0;
  const studio = new StudioState({
    engine, announcer: new Announcer(() => {}), theme: new ThemeState({ get: () => null, set: () => {} }, false), network: new NetworkState('http://here'),
    now: () => 1, newId: () => `p${++ids}`, visit: (hash) => visited.push(hash), examples: async () => [example], fetchExample: async () => new Blob(['x']),
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
  expect(studio.project?.record.compress).toMatchObject({ bundle: 'b1', bytes: 3 });
  expect(visited).toEqual(['#/p/p1/deploy']);
});

test('splitOf reads an example split', () => {
  expect(splitOf(null, split)).toBe(split);
  expect(splitOf('stratified', split)).toEqual({ ...split, kind: 'stratified', column: null });
});
