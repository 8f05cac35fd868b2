import { expect, test } from 'vitest';
import { hashJson } from '../../../../src/core/base/hash.ts';
import { Announcer } from '../../../../src/studio/state/announcer.svelte.ts';
import { JobsState } from '../../../../src/studio/state/jobs-state.svelte.ts';
import { newProject, ProjectState } from '../../../../src/studio/state/project-state.svelte.ts';
import { TrainState } from '../../../../src/studio/state/train-state.svelte.ts';
import type { EngineApi } from '../../../../src/wire/engine.ts';
import { catalog, fakeEngine, recipe, split } from '../fake-engine.ts';

function open(own: Partial<EngineApi> = {}) {
  const engine = fakeEngine(own);
  const announcer = new Announcer(() => {});
  const jobs = new JobsState(engine, announcer, () => 0);
  const project = new ProjectState({ project: { ...newProject('p', 'P', null, 0), dataset: 'data-1', recipe, split }, card: null, profile: null, runs: [] }, { engine, announcer, now: () => 0, catalog: () => catalog });
  return { engine, announcer, jobs, project, training: new TrainState({ engine, jobs, project, catalog: () => catalog, now: () => 0 }) };
}

test('plans every learner of the task with its defaults', () => {
  const { training } = open();
  expect(training.specs.map((spec) => spec.learner)).toEqual([{ type: 'baseline', params: {} }, { type: 'gbt', params: { trees: 300 } }]);
});

test('a learner can be left out, but not the last one', () => {
  const { training } = open();
  training.toggle('baseline');
  training.toggle('gbt');
  expect(training.choices.map((choice) => choice.type)).toEqual(['gbt']);
});

test('what is trained is not trained twice; a changed param is new', async () => {
  const { engine, training } = open();
  await training.train();
  expect(training.missing).toEqual([]);
  await training.train();
  expect(engine.asked.filter((call) => call === 'train').length).toBe(1);
  training.setParams('gbt', { trees: 50 });
  expect(training.missing.map((spec) => spec.learner.params)).toEqual([{ trees: 50 }]);
});

test('a failed training leaves runs that say so and nothing running', async () => {
  const { announcer, project, training } = open({ train: async () => { throw new Error('boom'); } });
  await training.train();
  expect(project.runs.all.map((run) => run.status)).toEqual(['stopped', 'stopped']);
  expect([training.running, announcer.toasts.length, training.missing.length]).toEqual([false, 1, 2]);
});

test('one run is stopped by its id while the others go on', async () => {
  const stops: unknown[][] = [];
  let end: () => void = () => {};
  const { project, training } = open({ train: () => new Promise((done) => { end = () => done([]); }), stop: async (...args) => void stops.push(args) });
  const going = training.train();
  const run = project.runs.byId(hashJson(training.specs[1]!))!;
  await training.end(run, false);
  expect(stops.map(([, id, keep]) => [id, keep])).toEqual([[run.id, false]]);
  end();
  await going;
});
