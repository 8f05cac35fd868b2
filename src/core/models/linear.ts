// Linear scores of standardised features, with the link of the task, or the log link that the model names (json.link).
// arrays: weights (width x features, one output after the other), bias (width), center, scale, fill (features).
// score[k] = bias[k] + sum over j of weights[k][j] * ((x[j] is missing ? fill[j] : x[j]) - center[j]) * scale[j], in order of j.
// Kept standardised rather than folded: weights of one size survive 8 bits, and read as importances. Facts of training
// (linear-facts.ts) may lie beside them.
import type { JsonObject } from '../base/json.ts';
import { expectFloats } from './expect-floats.ts';
import { floatsOf } from './decode.ts';
import { checkLinearFacts, dropLinearFacts } from './linear-facts.ts';
import { link, readLink } from './link.ts';
import { defineModel } from './model.ts';
import { widthOf } from './width.ts';

/** Fewer weights than this are a few hundred bytes: small integers would save nothing worth their error. */
const smallest = 64;

export const linear = defineModel({
  type: 'linear',
  label: 'Linear',
  check(model) {
    const width = widthOf(model.task, model.classes.length);
    expectFloats(model, 'weights', width * model.features);
    expectFloats(model, 'bias', width);
    for (const name of ['center', 'scale', 'fill']) expectFloats(model, name, model.features);
    readLink(model.task, (model.json as JsonObject).link);
    checkLinearFacts(model);
  },
  quantizable(model) {
    const count = widthOf(model.task, model.classes.length) * model.features;
    return count < smallest ? [] : [{ name: 'weights', block: model.features }];
  },
  trim: dropLinearFacts,
  predict(model, matrix) {
    const { features, task, classes } = model;
    const width = widthOf(task, classes.length);
    const by = readLink(task, (model.json as JsonObject).link);
    const [weights, bias, center, scale, fill] = ['weights', 'bias', 'center', 'scale', 'fill'].map((name) => floatsOf(model, name));
    const values = new Float64Array(matrix.rows * width);
    for (let row = 0; row < matrix.rows; row++) {
      for (let k = 0; k < width; k++) values[row * width + k] = bias[k];
      for (let j = 0; j < features; j++) {
        const raw = matrix.data[j][row];
        const z = ((raw === raw ? raw : fill[j]) - center[j]) * scale[j];
        if (z !== 0) for (let k = 0; k < width; k++) values[row * width + k] += weights[k * features + j] * z;
      }
      link(task, values, row * width, width, by);
    }
    return { task, classes, rows: matrix.rows, width, values };
  },
});
