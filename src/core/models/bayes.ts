// Naive Bayes: log P(class) + the sum over features of log P(value | class), features taken as independent given the class.
// json: {levels: for each feature null = a normal number, or the count of its levels}. With K classes (2 for binary), arrays:
// prior (K, logs); mean, sharp (1 / (2 variance)), level (log of the normal's factor), each K x numbers; table: for each
// nominal feature in order K x levels logs. A missing value or unseen level says nothing: its feature is left out.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { sigmoid, softmax } from '../base/numerics.ts';
import { expectFloats } from './expect-floats.ts';
import { floatsOf } from './decode.ts';
import { defineModel, type Model } from './model.ts';
import { widthOf } from './width.ts';

export type BayesJson = { levels: (number | null)[] };
const mostLevels = 1_000_000;

export const bayes = defineModel({
  type: 'bayes',
  label: 'Naive Bayes',
  check(model) {
    if (model.task === 'regression') throw broken('naive Bayes says classes, not values');
    const { levels } = readJson(model);
    const classes = Math.max(2, model.classes.length);
    const numbers = levels.filter((n) => n === null).length;
    expectFloats(model, 'prior', classes);
    for (const name of ['mean', 'sharp', 'level']) expectFloats(model, name, classes * numbers);
    expectFloats(model, 'table', classes * levels.reduce<number>((sum, n) => sum + (n ?? 0), 0));
  },
  predict(model, matrix) {
    const { task, classes } = model;
    const { levels } = readJson(model);
    const width = widthOf(task, classes.length);
    const each = Math.max(2, classes.length);
    const [prior, mean, sharp, level, table] = ['prior', 'mean', 'sharp', 'level', 'table'].map((name) => floatsOf(model, name));
    const values = new Float64Array(matrix.rows * width);
    const logs = new Float64Array(each);
    for (let row = 0; row < matrix.rows; row++) {
      for (let c = 0; c < each; c++) logs[c] = prior[c];
      let [number, at] = [0, 0];
      for (let j = 0; j < levels.length; j++) {
        const x = matrix.data[j][row];
        const count = levels[j];
        if (count !== null) {
          if (x >= 0 && x < count && Number.isInteger(x)) for (let c = 0; c < each; c++) logs[c] += table[at + c * count + x];
          at += each * count;
          continue;
        }
        if (x === x) {
          for (let c = 0, p = number; c < each; c++, p++) {
            const gap = x - mean[p];
            logs[c] += level[p] - sharp[p] * gap * gap;
          }
        }
        number += each;
      }
      if (width === 1) values[row] = sigmoid(logs[1] - logs[0]);
      else {
        softmax(logs, 0, each);
        values.set(logs, row * width);
      }
    }
    return { task, classes, rows: matrix.rows, width, values };
  },
});

function readJson(model: Model): BayesJson {
  const { levels } = model.json as JsonObject;
  const isCount = (n: unknown) => n === null || (typeof n === 'number' && Number.isInteger(n) && n >= 1 && n <= mostLevels);
  if (!Array.isArray(levels) || levels.length !== model.features || !levels.every(isCount))
    throw broken(`levels are not one count or null for each of ${model.features} features`);
  return { levels: levels as (number | null)[] };
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `bayes model: ${reason}`, { reason });
