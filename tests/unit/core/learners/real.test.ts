// Learners on real tables: the floors that the product promises. Skipped, saying so, where the data folder is absent.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaults } from '../../../../src/core/base/params.ts';
import { linear } from '../../../../src/core/learners/linear/linear.ts';
import { mlp } from '../../../../src/core/learners/mlp/mlp.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';
import { selectKernels } from '../../../../src/kernels/select.ts';
import { auc, dataFolder, readMatrices } from './real-data.ts';
import { contextOf } from './toy.ts';

const here = existsSync(dataFolder);
if (!here) console.info('real tables: skipped, ../shared/data is not here');
const context = async (valid: Matrix) => ({ ...contextOf(1, valid), now: () => performance.now(), report: process.env.SHOW ? (p: { text: string }) => console.info(p.text) : () => {}, kernels: (await selectKernels()).kernels });
const aucOf = (codes: Matrix['target'], values: Float64Array) => auc((codes as { codes: Int32Array }).codes, values);

test.skipIf(!here)('adult: linear reaches 0.90', async () => {
  const { train, valid, test } = readMatrices('adult.csv.gz', 'income');
  const began = performance.now();
  const model = await linear.fit(train, defaults(linear.params), await context(valid));
  const ms = performance.now() - began;
  const score = aucOf(test.target, predictModel(model, test).values);
  console.info(`adult linear: ${train.rows} x ${train.data.length} in ${ms.toFixed(0)} ms, AUC ${score.toFixed(4)}`);
  expect(score).toBeGreaterThan(0.9);
});

test.skipIf(!here)('adult: mlp reaches 0.90', async () => {
  const { train, valid, test } = readMatrices('adult.csv.gz', 'income');
  const began = performance.now();
  const model = await mlp.fit(train, { ...defaults(mlp.params), epochs: process.env.EPOCHS ? Number(process.env.EPOCHS) : 4 }, await context(valid));
  const ms = performance.now() - began;
  const score = aucOf(test.target, predictModel(model, test).values);
  console.info(`adult mlp: ${train.rows} x ${train.data.length} in ${ms.toFixed(0)} ms, AUC ${score.toFixed(4)}`);
  expect(score).toBeGreaterThan(0.9);
}, 120_000);

test.skipIf(!here).each([['penguins.csv', 'species', 0.97], ['iris.csv', 'species', 0.85]])('%s: linear and mlp know their classes', async (file, target, floor) => {
  const { train, valid, test } = readMatrices(file, target);
  for (const learner of [linear, mlp]) {
    const { values, width } = predictModel(await learner.fit(train, defaults(learner.params as never) as never, await context(valid)), test);
    let right = 0;
    const { codes } = test.target as { codes: Int32Array };
    for (let row = 0; row < test.rows; row++) {
      const shares = [...values.subarray(row * width, row * width + width)];
      if (shares.indexOf(Math.max(...shares)) === codes[row]) right++;
    }
    console.info(`${file} ${learner.type}: accuracy ${(right / test.rows).toFixed(3)}`);
    expect(right / test.rows).toBeGreaterThanOrEqual(floor);
  }
});

test.skipIf(!here)('concrete: the net beats the line', async () => {
  const { train, valid, test } = readMatrices('concrete.csv', 'strength');
  const rmse: number[] = [];
  for (const learner of [linear, mlp]) {
    const { values } = predictModel(await learner.fit(train, defaults(learner.params as never) as never, await context(valid)), test);
    const truth = (test.target as { values: Float64Array }).values;
    rmse.push(Math.sqrt(values.reduce((s, v, i) => s + (v - truth[i]) ** 2, 0) / test.rows));
  }
  console.info(`concrete rmse: linear ${rmse[0].toFixed(2)}, mlp ${rmse[1].toFixed(2)}`);
  expect(rmse[1]).toBeLessThan(0.65 * rmse[0]);
}, 120_000);
