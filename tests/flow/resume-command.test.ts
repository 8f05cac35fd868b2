// The built CLI, interrupted as a person does it: Ctrl+C keeps the fit, --resume ends with the bytes of the uninterrupted
// training, --from goes on from a bundle. Parameters that no bundle of another size fits are refused.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { learners } from '../../src/core/learners/index.ts';
import { barnacle, barnacleJson, buildCli } from './command-line.ts';

type Summary = { model_hash: string; run_id: string; resumed?: number };
const folder = mkdtempSync(join(tmpdir(), 'barnacle-resume-'));
const at = (name: string) => join(folder, name);
const root = resolve(import.meta.dirname, '../..');
const resumes = learners.get('gbt').resumes === true;
if (!resumes) console.log('skipped: gbt reports no checkpoints yet');

beforeAll(() => {
  buildCli();
  const lines = ['a,b,c,y', ...Array.from({ length: 30_000 }, (_, i) => `${(i * 7919) % 1009},${(i * 104729) % 977},${(i * 31) % 211},${((i * 7919) % 1009) + ((i * 31) % 700)}`)];
  writeFileSync(at('made.csv'), lines.join('\n'));
}, 120_000);

const training = ['train', at('made.csv'), '--target', 'y', '--param', 'trees=3000', '--param', 'patience=0'];

/** Trains and sends Ctrl+C once the fit has begun; its exit code and what it said. */
function interrupted(args: readonly string[], afterMs: number): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, [join(root, 'dist/cli/main.js'), ...args], { cwd: root, env: { ...process.env, BARNACLE_ROOT: root } });
  let err = '';
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  child.stdout.on('data', (data: Buffer) => {
    if (/will use about/.test(data.toString())) setTimeout(() => child.kill('SIGINT'), afterMs);
  });
  return new Promise((done) => child.on('close', (code) => done({ code, err })));
}

describe.skipIf(!resumes)('train', () => {
  test('Ctrl+C keeps the fit, and --resume ends with the same bytes as training straight through', async () => {
    const straight = await barnacleJson<Summary>([...training, '--save', at('straight.barnacle')]);
    const { code, err } = await interrupted([...training, '--checkpoint', at('fit.kept')], 300);
    expect([code, err]).toEqual([1, expect.stringMatching(/training was ended at step \d+ and is kept in/)]);
    const resumed = await barnacleJson<Summary>([...training, '--resume', at('fit.kept'), '--save', at('resumed.barnacle')]);
    expect(resumed.resumed).toBeGreaterThan(0);
    expect(resumed.resumed).toBeLessThan(3000);
    expect([resumed.model_hash, resumed.run_id]).toEqual([straight.model_hash, straight.run_id]);
    const other = await barnacle([...training, '--seed', '2', '--resume', at('fit.kept')]);
    expect([other.code, other.err]).toEqual([1, expect.stringMatching(/same training/)]);
  }, 120_000);

  test('--from goes on from a bundle with its recipe, growing trees or refitting leaves', async () => {
    const base = at('base.barnacle');
    await barnacleJson(['train', at('made.csv'), '--target', 'y', '--param', 'trees=10', '--save', base]);
    expect(existsSync(base)).toBe(true);
    const hashes = [];
    for (const warm of ['grow', 'refit']) hashes.push((await barnacleJson<Summary>(['train', at('made.csv'), '--from', base, '--param', 'trees=5', '--param', `warm=${warm}`])).model_hash);
    const cold = await barnacleJson<Summary>(['train', at('made.csv'), '--target', 'y', '--param', 'trees=5']);
    expect(new Set([...hashes, cold.model_hash]).size).toBe(3);
    for (const learner of ['forest', 'linear']) expect(await barnacle(['train', at('made.csv'), '--from', base, '--learner', learner])).toMatchObject({ code: 1, err: expect.stringMatching(/--from is .*that goes on from a model \(gbt, mlp\)/) as string });
  }, 120_000);
});

test('a learner that cannot be gone on with says so at once', async () => {
  const { code, err } = await barnacle(['train', at('made.csv'), '--target', 'y', '--learner', 'linear', '--checkpoint', at('x.kept')]);
  expect([code, err]).toEqual([1, expect.stringMatching(/--checkpoint is .*that can be gone on with/)]);
});
