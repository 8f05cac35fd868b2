// The model that says the same of every row: class rates, or the mean.
// arrays.value: Float64Array(width): P(classes[1]), the K class probabilities, or the value.
import { BarnacleError } from '../base/errors.ts';
import { expectFloats } from './expect-floats.ts';
import { floatsOf } from './decode.ts';
import { defineModel } from './model.ts';
import { widthOf } from './width.ts';

export const constant = defineModel({
  type: 'constant',
  label: 'Constant',
  check(model) {
    const value = expectFloats(model, 'value', widthOf(model.task, model.classes.length));
    if (model.task !== 'regression' && !value.every((p) => p >= 0 && p <= 1)) throw new BarnacleError('bad-bundle', 'model array "value" holds no probabilities', { reason: 'probability outside [0, 1]' });
  },
  predict(model, matrix) {
    const width = widthOf(model.task, model.classes.length);
    const value = floatsOf(model, 'value');
    const values = new Float64Array(matrix.rows * width);
    for (let i = 0; i < values.length; i++) values[i] = value[i % width];
    return { task: model.task, classes: model.classes, rows: matrix.rows, width, values };
  },
});
