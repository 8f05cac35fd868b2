// A ranking from the command line: --group keeps queries whole, grades are read as numbers, NDCG ranks the models.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sequence } from '../../src/core/base/random.ts';
import { barnacle, buildCli } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'ranking-'));
const data = join(folder, 'queries.csv');
const bundle = join(folder, 'ranking.barnacle');

beforeAll(() => {
  buildCli();
  const random = sequence(1, 'ranking');
  const lines = Array.from({ length: 600 }, (_, i) => {
    const x = random.normal();
    return [`q${Math.floor(i / 10)}`, x.toFixed(4), random.normal().toFixed(4), Math.max(0, Math.min(4, Math.round(1.5 + x + 0.3 * random.normal())))].join(',');
  });
  writeFileSync(data, ['query,x,noise,grade', ...lines].join('\n'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('train --group ranks by NDCG on whole queries; the bundle predicts without the column and is evaluated with it', { timeout: 60_000 }, async () => {
  const trained = await barnacle(['train', data, '--target', 'grade', '--group', 'query', '--learner', 'linear', '--save', bundle, '--json']);
  expect(trained.err).toBe('');
  const found = JSON.parse(trained.out) as { task: string; split: string; metrics: { [type: string]: number } };
  expect([found.task, found.split, Object.keys(found.metrics)[0]]).toEqual(['regression', 'group:query', 'ndcg-10']);
  expect(found.metrics['ndcg-10']).toBeGreaterThan(0.9);
  const evaluated = JSON.parse((await barnacle(['evaluate', bundle, data, '--json'])).out) as { metrics: { [type: string]: { value: number } } };
  expect(evaluated.metrics['ndcg-10'].value).toBeGreaterThan(0.9);
  const predicted = await barnacle(['predict', bundle, '-'], 'x,noise\n1,0\n-1,0\n');
  expect([predicted.code, predicted.err]).toEqual([0, '']);
});

test('boosted trees rank by LambdaRank', { timeout: 60_000 }, async () => {
  const trained = await barnacle(['train', data, '--target', 'grade', '--group', 'query', '--params', '{"objective":"lambdarank","trees":30,"minLeafRows":5}', '--json']);
  expect(trained.err).toBe('');
  expect((JSON.parse(trained.out) as { metrics: { [type: string]: number } }).metrics['ndcg-10']).toBeGreaterThan(0.9);
});

test('a split that tears queries apart is refused in one line with the way out', { timeout: 60_000 }, async () => {
  const { code, out, err } = await barnacle(['train', data, '--target', 'grade', '--group', 'query', '--split', 'random', '--learner', 'linear']);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^barnacle: split tears \d+ groups of "query" apart; split by group with the column "query"\n$/);
});
