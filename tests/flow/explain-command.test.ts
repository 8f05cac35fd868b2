// predict --explain in the built CLI: base score + contributions = score in every row of the file, also as JSON, and a linear model is
// refused with the flag's name.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barnacle, barnacleJson, buildCli } from './command-line.ts';

const penguins = resolve('node_modules/vega-datasets/data/penguins.json');
const folder = mkdtempSync(join(tmpdir(), 'barnacle-explain-'));
const at = (name: string) => join(folder, name);

beforeAll(buildCli, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Answer = { predictions: { prediction: string; why: { base: number; contributions: { [column: string]: number }; score: number } }[] };

test('contributions stand beside the predictions and add up', async () => {
  await barnacleJson(['train', penguins, '--target', 'Species', '--seed', '3', '--save', at('trees.barnacle')]);
  const { code, err } = await barnacle(['predict', at('trees.barnacle'), penguins, '--explain', '--out', at('why.csv')]);
  expect([code, err]).toEqual([0, expect.not.stringMatching(/error/i)]);
  const [header, ...lines] = readFileSync(at('why.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
  expect(lines).toHaveLength(344);
  const base = header.indexOf('base score');
  expect(header.slice(base + 1, -1).every((name) => name.startsWith('contribution of '))).toBe(true);
  expect(header.at(-1)).toBe('score');
  for (const line of lines) {
    const numbers = line.slice(base).map(Number);
    expect(numbers.slice(0, -1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(numbers.at(-1)!, 9);
  }
  const { predictions } = await barnacleJson<Answer>(['predict', at('trees.barnacle'), penguins, '--explain']);
  const { base: from, contributions, score } = predictions[0].why;
  expect(Object.values(contributions).reduce((sum, value) => sum + value, from)).toBeCloseTo(score, 9);
});

test('a model that is no trees is refused', async () => {
  await barnacleJson(['train', penguins, '--target', 'Species', '--learner', 'linear', '--save', at('linear.barnacle')]);
  const { code, err } = await barnacle(['predict', at('linear.barnacle'), penguins, '--explain']);
  expect(code).toBe(1);
  expect(err).toMatch(/explain.*trees/);
});
