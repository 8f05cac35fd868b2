import { describe, expect, test } from 'vitest';
import { parseInteractions } from '../../../../../src/core/learners/gbt/interactions.ts';
import { parseMonotone } from '../../../../../src/core/learners/gbt/monotone.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import { partsOf } from '../../../../../src/core/models/trees-parts.ts';
import { defaults } from '../../../../../src/core/base/params.ts';
import { forest } from '../../../../../src/core/learners/forest/forest.ts';
import type { Model } from '../../../../../src/core/models/model.ts';
import type { Feature, Matrix, ValueTarget } from '../../../../../src/core/table/matrix.ts';
import { context, fit, made } from './made.ts';

const features: Feature[] = [{ name: 'age', source: 'age' }, { name: 'city=a', source: 'city' }, { name: 'city=b', source: 'city' }, { name: 'price per m', source: 'price per m' }, { name: 'kind', source: 'kind', levels: 3 }, { name: 'x-y', source: 'x-y' }];
const refused = (act: () => unknown) => expect(act).toThrow(expect.objectContaining({ code: 'bad-param' }) as Error);

test('monotone: by feature, by source column, quoted, with signs in names', () => {
  expect([...parseMonotone('age:+, city:-', features)]).toEqual([1, -1, -1, 0, 0, 0]);
  expect([...parseMonotone('"price per m":-; '.replace(';', ''), features)]).toEqual([0, 0, 0, -1, 0, 0]);
  expect([...parseMonotone('x-y:- city=b:+', features)]).toEqual([0, 0, 1, 0, 0, -1]);
  expect([...parseMonotone(' ', features)]).toEqual([0, 0, 0, 0, 0, 0]);
});

test.each([['age'], ['age:'], ['age:up'], [':+'], ['nobody:+'], ['kind:+'], ['"age:+'], ['age+'], ['age:+ age:-'], ['city:+ city=b:-']])('monotone %s is refused', (text) => refused(() => parseMonotone(text, features)));

test('interactions: groups of columns, the others form one of their own', () => {
  expect(parseInteractions('age city; kind, "price per m"', features)).toEqual([[0, 1, 2], [3, 4], [5]]);
  expect(parseInteractions('', features)).toBeNull();
  expect(parseInteractions('age kind; kind city "price per m" x-y', features)).toEqual([[0, 4], [1, 2, 3, 4, 5]]);
});

test.each([[';'], ['nobody'], ['"age']])('interactions %s is refused', (text) => refused(() => parseInteractions(text, features)));

/** How far a prediction falls while x0 rises, at most. */
function worstFall(of: Model): number {
  const data = made('regression', 60, 9);
  let worst = 0;
  for (let row = 0; row < 60; row++) {
    const steps = Float32Array.from({ length: 41 }, (_, i) => i / 20 - 1);
    const { values } = predictModel(of, { ...data, rows: 41, target: null, data: data.data.map((column, f) => (f === 0 ? steps : new Float32Array(41).fill(column[row]))) });
    for (let i = 1; i < 41; i++) worst = Math.max(worst, values[i - 1] - values[i]);
  }
  return worst;
}

test.each(['absolute', 'quantile', 'huber'])('%s: renewed leaves keep the direction, and the unit of the target does not matter', async (objective) => {
  const data = made('regression', 400, 1);
  const model = await fit(data, { objective, monotone: 'x0:+', trees: 40 });
  const large = await fit({ ...data, target: { kind: 'value', values: (data.target as ValueTarget).values.map((v) => 1024 * v) } }, { objective, monotone: 'x0:+', trees: 40 });
  expect(worstFall(model)).toBe(0);
  expect(worstFall(await fit(data, { objective, trees: 40 }))).toBeGreaterThan(0.1);
  const [a, b] = [model, large].map((of) => predictModel(of, data).values);
  expect(Math.max(...a.map((v, i) => Math.abs(1024 * v - b[i])))).toBeLessThan(0.01);
});

test('refitted leaves keep the direction; a model that breaks it is not gone on from', async () => {
  const [old, fresh] = [made('regression', 400, 1), made('regression', 120, 5)];
  const model = await fit(old, { monotone: 'x0:+' });
  const params = { warm: 'refit', decay: 0.1, learningRate: 0.5 };
  expect(worstFall(await fit(fresh, params, { from: model }))).toBeGreaterThan(0.1);
  expect(worstFall(await fit(fresh, { ...params, monotone: 'x0:+' }, { from: model }))).toBe(0);
  const free = await fit(old);
  for (const warm of ['refit', 'grow']) await expect(fit(fresh, { warm, monotone: 'x0:+' }, { from: free })).rejects.toMatchObject({ code: 'bad-param' });
});

test.each([1e300, 1e39, 1e-50])('targets that differ by %d are refused, not fitted to a constant', async (unit) => {
  const data = made('regression', 100, 1);
  const odd: Matrix = { ...data, target: { kind: 'value', values: (data.target as ValueTarget).values.map((v) => unit * v) } };
  await expect(fit(odd)).rejects.toMatchObject({ code: 'numeric-failure' });
  await expect(forest.fit(odd, defaults(forest.params), context)).rejects.toMatchObject({ code: 'numeric-failure' });
});

describe.each([[1], [-1]])('sign %i', (sign) => {
  test('predictions never move against it', async () => {
    const data = made('regression', 400, 1);
    const model = await fit(data, { monotone: `x1:${sign > 0 ? '+' : '-'}`, learningRate: 0.3 });
    const free = await fit(data, { learningRate: 0.3 });
    const breaks = (of: typeof model) => {
      let found = 0;
      for (let row = 0; row < 60; row++) {
        const steps = Float32Array.from({ length: 21 }, (_, i) => i / 10 - 1);
        const probe = { ...data, rows: 21, target: null, data: data.data.map((values, f) => (f === 1 ? steps : new Float32Array(21).fill(values[row]))) };
        const { values } = predictModel(of, probe);
        for (let i = 1; i < 21; i++) if (sign * (values[i] - values[i - 1]) < 0) found++;
      }
      return found;
    };
    expect(breaks(free)).toBeGreaterThan(10);
    expect(breaks(model)).toBe(0);
  });
});

test('features of different groups never meet on a path', async () => {
  const model = await fit(made('regression', 400, 2), { interactions: 'x0 x1; kind x2' });
  const groups = [[0, 1], [2, 4], [3]];
  let paths = 0;
  for (const { nodes } of partsOf(model).trees) {
    const walk = (at: number, seen: number[]) => {
      if (at < 0) {
        paths++;
        expect(groups.some((group) => seen.every((f) => group.includes(f)))).toBe(true);
        return;
      }
      walk(nodes[at].left, [...seen, nodes[at].feature]);
      walk(nodes[at].right, [...seen, nodes[at].feature]);
    };
    walk(0, []);
  }
  expect(paths).toBeGreaterThan(100);
});
