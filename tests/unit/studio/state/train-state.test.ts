import { expect, test } from 'vitest';
import { BarnacleError } from '../../../../src/core/base/errors.ts';
import { hashJson } from '../../../../src/core/base/hash.ts';
import { Announcer } from '../../../../src/studio/state/announcer.svelte.ts';
import { JobsState } from '../../../../src/studio/state/jobs-state.svelte.ts';
import { newProject, ProjectState } from '../../../../src/studio/state/project-state.svelte.ts';
import { TrainState } from '../../../../src/studio/state/train-state.svelte.ts';
import type { EngineApi } from '../../../../src/wire/engine.ts';
import { alone, catalog, fakeEngine, recipe, runOf, split } from '../fake-engine.ts';

function open(own: Partial<EngineApi> = {}) {
  const engine = fakeEngine(own);
  const announcer = new Announcer(() => {});
  const jobs = new JobsState(engine, announcer, () => 0);
  const project = new ProjectState({ project: { ...newProject('p', 'P', null, 0), dataset: 'data-1', recipe, split }, card: null, profile: null, runs: [] }, { engine, announcer, now: () => 0, catalog: () => catalog });
  return { engine, announcer, jobs, project, training: new TrainState({ engine, jobs, project, catalog: () => catalog, whileAlone: alone }) };
}

const settled = () => new Promise((done) => setTimeout(done, 0));

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
  await settled();
  const run = project.runs.byId(hashJson(training.specs[1]!))!;
  await training.end(run, false);
  expect(stops.map(([, id, keep]) => [id, keep])).toEqual([[run.id, false]]);
  end();
  await going;
});

const lost = () => new BarnacleError('worker-lost', 'the engine worker was lost', { worker: 'engine', reason: 'gone' });

test('what is under way is in the saved record before training begins, and out of it as each ends', async () => {
  const seen: number[][] = [];
  const { engine, training } = open({ train: async (_job, _data, specs, _progress, onRun) => {
    for (const spec of specs) {
      seen.push([engine.saved.at(-1)!.pending.length, engine.saved.at(-1)!.runs.length]);
      onRun(runOf(spec, 0.7));
      await settled();
    }
    return [];
  } });
  await training.train();
  await settled();
  expect(seen).toEqual([[2, 2], [1, 2]]);
  expect(engine.saved.at(-1)?.pending).toEqual([]);
});

test('a lost engine resumes what has not ended, with the same specs', async () => {
  const calls: string[][] = [];
  const { announcer, project, training } = open({ train: async (_job, _data, specs, _progress, onRun) => {
    calls.push(specs.map((spec) => hashJson(spec)));
    onRun(runOf(specs[0]!, 0.7));
    if (calls.length === 1) throw lost();
    return [];
  } });
  await training.train();
  expect(calls[0]!.slice(1)).toEqual(calls[1]);
  expect([training.resumed, announcer.toasts.length, project.record.pending]).toEqual([1, 0, []]);
  expect(project.runs.all.map((run) => run.status)).toEqual(['done', 'done']);
});

test('an engine that is lost each time is given up after two resumes', async () => {
  const { engine, project, training } = open({ train: async () => { throw lost(); } });
  await training.train();
  expect(engine.asked.filter((call) => call === 'train').length).toBe(3);
  expect(project.runs.all.map((run) => [run.status, run.error?.code])).toEqual([['failed', 'worker-lost'], ['failed', 'worker-lost']]);
  expect([project.record.pending, training.running]).toEqual([[], false]);
});

test('a run that was discarded, or stopped from the top bar, does not come back', async () => {
  let end: () => void = () => {};
  const { engine, jobs, project, training } = open({ train: () => new Promise((done) => { end = () => done([]); }) });
  const going = training.train();
  await settled();
  await training.end(project.runs.all[0]!, false);
  await settled();
  expect(engine.saved.at(-1)?.pending.map((each) => hashJson(each.spec))).toEqual([project.runs.all[1]!.id]);
  await jobs.stop(jobs.current!.id, true);
  await settled();
  expect(engine.saved.at(-1)?.pending).toEqual([]);
  end();
  await going;
});

test('stopped before it was begun, nothing is asked of the engine', async () => {
  const { engine, project, training } = open();
  const going = training.train();
  await training.endAll();
  await going;
  expect(engine.asked).not.toContain('train');
  expect(project.runs.all.map((run) => run.status)).toEqual(['stopped', 'stopped']);
});

/** An engine whose training waits for `end`; a pause ends the run with what it has. */
function pausable() {
  const calls: string[][] = [];
  const stops: unknown[][] = [];
  const dropped: string[] = [];
  let finish: (() => void)[] = [];
  const own: Partial<EngineApi> = {
    train: (_job, _data, specs, onProgress, onRun) => {
      calls.push(specs.map((spec) => hashJson(spec)));
      for (const spec of specs) onRun({ ...runOf(spec, 0), status: 'running', evaluation: null });
      for (const spec of specs) onProgress(hashJson(spec), { stage: 'fit', done: 0.5, text: 'half', point: { step: 5, train: 1, valid: 1, rowsPerSecond: null } });
      return new Promise((done) => {
        finish.push(() => {
          for (const spec of specs) if (!paused.has(hashJson(spec))) onRun(runOf(spec, 0.7));
          done([]);
        });
        pauseRun = (id) => {
          paused.add(id);
          onRun({ ...runOf(specs.find((spec) => hashJson(spec) === id)!, 0), status: 'paused', evaluation: null, curve: [{ step: 5, train: 1, valid: 1, rowsPerSecond: null }], resumed: 5 });
        };
      });
    },
    pause: async (_job, id) => pauseRun(id!),
    stop: async (...args) => void stops.push(args),
    dropKept: async (ids) => void dropped.push(...ids),
  };
  const paused = new Set<string>();
  let pauseRun: (id: string) => void = () => {};
  const end = async () => {
    for (const each of finish) each();
    finish = [];
    paused.clear();
    await settled();
  };
  return { ...open(own), calls, stops, dropped, end };
}

test('a paused run stays with what it has, survives in the record, and is gone on with by itself', async () => {
  const { engine, project, training, calls, end } = pausable();
  const going = training.train();
  await settled();
  const trees = project.runs.all[1]!;
  expect(training.canPause(project.runs.all[0]!)).toBe(false);
  await training.pause(trees);
  expect(project.runs.byId(trees.id)).toMatchObject({ status: 'paused', resumed: 5, curve: [{ step: 5 }] });
  await end();
  await going;
  expect(project.runs.all.map((run) => run.status)).toEqual(['done', 'paused']);
  expect(engine.saved.at(-1)?.pending.map((each) => [hashJson(each.spec), each.paused])).toEqual([[trees.id, true]]);
  expect([training.running, training.missing.length]).toEqual([false, 0]);
  const more = training.goOn(project.runs.byId(trees.id)!);
  await settled();
  expect([calls.at(-1), training.running, engine.saved.at(-1)?.pending[0]?.paused]).toEqual([[trees.id], true, undefined]);
  await end();
  await more;
  expect(project.runs.all.map((run) => run.status)).toEqual(['done', 'done']);
});

test('a paused run goes on while others train, and is stopped by its own id', async () => {
  const { project, training, calls, stops, end } = pausable();
  const going = training.train();
  await settled();
  const trees = project.runs.all[1]!;
  await training.pause(trees);
  const more = training.goOn(project.runs.byId(trees.id)!);
  await settled();
  expect(calls.length).toBe(2);
  await training.end(project.runs.byId(trees.id)!, true);
  expect([stops.length, stops[0]![1], stops[0]![2]]).toEqual([1, trees.id, true]);
  await end();
  await Promise.all([going, more]);
  expect(training.running).toBe(false);
});

test('a paused run is made a model of what it has, or thrown away with what was kept', async () => {
  const { engine, project, training, calls, stops, dropped, end } = pausable();
  const going = training.train();
  await settled();
  const trees = project.runs.all[1]!;
  await training.pause(trees);
  await end();
  await going;
  const ending = training.end(project.runs.byId(trees.id)!, true);
  await settled();
  expect([calls.at(-1), stops.at(-1)!.slice(1), engine.saved.at(-1)?.pending[0]?.paused]).toEqual([[trees.id], [trees.id, true], true]);
  await end();
  await ending;
  expect([project.runs.byId(trees.id)!.status, engine.saved.at(-1)?.pending]).toEqual(['done', []]);
  project.runs.put({ ...trees, status: 'paused' });
  await training.end(project.runs.byId(trees.id)!, false);
  expect([dropped, project.runs.byId(trees.id)!.status]).toEqual([[trees.id], 'stopped']);
});

test('a learner that is not trained by default is there to be chosen', () => {
  const own = { ...catalog, learners: catalog.learners.map((learner) => (learner.type === 'gbt' ? { ...learner, byDefault: false } : learner)) };
  const { engine, jobs, project } = open();
  const training = new TrainState({ engine, jobs, project, catalog: () => own, whileAlone: alone });
  expect(training.choices.map((choice) => choice.type)).toEqual(['baseline']);
  training.toggle('gbt');
  expect(training.choices.map((choice) => choice.type)).toEqual(['baseline', 'gbt']);
});
