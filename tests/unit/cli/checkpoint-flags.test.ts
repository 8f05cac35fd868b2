import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkCheckpointFlags, fromFlag, keepFlag, resumeFlag } from '../../../src/cli/checkpoint-flags.ts';
import { readKeptFit, writeKeptFit, type KeptFit } from '../../../src/core/pipeline/kept-fit.ts';
import { runId } from '../../../src/core/pipeline/run.ts';
import { specOf } from '../studio/fake-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'barnacle-kept-'));
const at = (name: string) => join(folder, name);
const door = { print: () => {}, warn: () => {}, progress: () => {}, endProgress: () => {} };
const spec = specOf('gbt');
const kept: KeptFit = { checkpoint: { learner: 'gbt', step: 3, model: { type: 'constant', task: 'regression', classes: [], features: 1, json: {}, arrays: { value: Float64Array.of(2) } }, json: {} }, curve: [], fitMs: 5 };

test('Ctrl+C keeps the fit in the file, ends it with how to go on, and lets go of the signal', () => {
  const listeners = process.listenerCount('SIGINT');
  const { keep, end } = keepFlag({ checkpoint: at('a.kept') }, spec, door);
  keep!(3, () => kept);
  expect(existsSync(at('a.kept'))).toBe(false);
  process.emit('SIGINT');
  expect(() => keep!(3, () => kept)).toThrow(expect.objectContaining({ code: 'paused', message: expect.stringContaining(`--resume ${at('a.kept')}`) }));
  end();
  expect(process.listenerCount('SIGINT')).toBe(listeners);
  expect([readKeptFit(readFileSync(at('a.kept'))).run, existsSync(at('a.kept.part'))]).toEqual([runId(spec), false]);
});

test('a checkpoint is gone on with by the same training alone', async () => {
  writeFileSync(at('b.kept'), writeKeptFit({ run: runId(spec), by: __VERSION__, kept }));
  expect((await resumeFlag({ resume: at('b.kept') }, spec))?.checkpoint.step).toBe(3);
  await expect(resumeFlag({ resume: at('b.kept') }, { ...spec, seed: 2 })).rejects.toThrow(/same training/);
  writeFileSync(at('old.kept'), writeKeptFit({ run: runId(spec), by: '0.0.0', kept }));
  await expect(resumeFlag({ resume: at('old.kept') }, spec)).rejects.toThrow(/of Barnacle/);
  expect(await resumeFlag({}, spec)).toBeNull();
});

test('learners that cannot be gone on with refuse it before anything is read', async () => {
  await expect(checkCheckpointFlags({ checkpoint: at('c.kept') }, ['linear'])).rejects.toMatchObject({ code: 'bad-param' });
  await expect(checkCheckpointFlags({ resume: at('c.kept') }, ['gbt', 'linear'])).rejects.toMatchObject({ code: 'bad-param' });
  await checkCheckpointFlags({}, ['linear']);
  expect(await fromFlag({}, ['gbt'])).toBeNull();
});
