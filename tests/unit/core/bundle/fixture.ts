// Small bundles of every model kind for the bundle's tests: a recipe fitted on twelve rows, models written by hand.
import type { Json } from '../../../../src/core/base/json.ts';
import type { Task } from '../../../../src/core/base/task.ts';
import type { Bundle } from '../../../../src/core/bundle/bundle.ts';
import { inferContract } from '../../../../src/core/contract/infer-contract.ts';
import type { Model } from '../../../../src/core/models/model.ts';
import { makeNetModel } from '../../../../src/core/models/net/make-net-model.ts';
import { slotsOf, type Net, type NetCategory } from '../../../../src/core/models/net/net.ts';
import { treesModel } from '../../../../src/core/models/trees-model.ts';
import { goldenRows } from '../../../../src/core/pipeline/golden-rows.ts';
import { predictRows } from '../../../../src/core/pipeline/predict.ts';
import { fitRecipe } from '../../../../src/core/recipe/fit-recipe.ts';
import type { FittedRecipe, RecipeSpec } from '../../../../src/core/recipe/spec.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { selectColumns } from '../../../../src/core/table/take.ts';

export const table = makeTable([
  numbersOf('age', [22, 38, null, 35, 54, 2, 27, 14, 4, 58, 20, 39]),
  categoriesOf('port', ['S', 'C', 'S', null, 'Q', 'S', 'S', 'C', '日本 "</script>', 'S', 'S', 'Q']),
  numbersOf('fare', [7.25, 71.28, 7.92, 53.1, 51.86, 21.07, 11.13, 30.07, 16.7, 26.55, 8.05, 31.27]),
  categoriesOf('fate', ['no', 'yes', 'yes', 'yes', 'no', 'no', 'yes', 'yes', 'maybe', 'yes', 'no', 'maybe']),
]);

const step = (type: string, params: Json = {}) => ({ id: type, type, columns: [], params });
const specs: { [T in Task]: Pick<RecipeSpec, 'target' | 'above'> } = { binary: { target: 'fare', above: 20 }, multiclass: { target: 'fate', above: null }, regression: { target: 'fare', above: null } };

const all: readonly Task[] = ['binary', 'multiclass', 'regression'];
/** Every model kind, with the tasks that it serves. */
export const fixtureKinds: { readonly [kind: string]: readonly Task[] } = { constant: all, linear: all, dense: all, net: all, trees: all, neighbors: all, bayes: ['binary', 'multiclass'], 'gaussian-process': ['regression'] };

export function makeFixture(kind: string, task: Task = 'binary'): Bundle {
  const spec: RecipeSpec = { version: 1, task, ...specs[task], positive: null, drop: task === 'multiclass' ? [] : ['fate'], steps: [step('impute'), step('one-hot'), step('standardise')] };
  const recipe = fitRecipe(spec, table, { seed: 1 });
  return bundleOf(kind, recipe, modelOf(kind, task, recipe.output.length, recipe.classes));
}

/** Trees that split the levels of `port` into sets, with covers, and the link of counts. */
export function makeNominalFixture(): Bundle {
  const recipe = fitRecipe({ version: 1, task: 'regression', ...specs.regression, positive: null, drop: ['fate'], steps: [step('codes'), step('impute')] }, table, { seed: 1 });
  const at = (name: string) => recipe.output.findIndex((feature) => feature.name === name);
  const cut = (threshold: number, left: number, right: number) => ({ feature: at('age'), threshold, missingLeft: true, left, right, gain: 2 });
  const set = (codes: number[], missingLeft: boolean, left: number, right: number) => ({ feature: at('port'), threshold: 0, set: codes, missingLeft, left, right, gain: 1 });
  const trees = [
    { nodes: [set([0, 3], true, 1, ~2), cut(30, ~0, ~1)], values: Float32Array.of(0.5, 0.75, -0.25), covers: [3, 4, 5] },
    { nodes: [cut(25.5, 1, 2), set([2], false, ~0, ~1), set([1, 2, 3], true, ~2, ~3)], values: Float32Array.of(0.1, 0.2, 0.3, 0.4), covers: [1, 4, 2, 5] },
  ];
  return bundleOf('nominal', recipe, treesModel({ task: 'regression', classes: [], features: recipe.output.length, outputs: 1, base: Float64Array.of(2), trees, link: 'exp' }));
}

/** A net that looks levels up in a table and takes a nominal feature's levels as flags. */
export function makeCodedFixture(): Bundle {
  const recipe = fitRecipe({ version: 1, task: 'regression', ...specs.regression, positive: null, drop: ['fate'], steps: [step('codes'), step('impute')] }, table, { seed: 1 });
  return bundleOf('coded', recipe, netModel({ task: 'regression', classes: [], features: recipe.output.length }, recipe.output.map((feature) => feature.levels ?? null)));
}

function bundleOf(kind: string, recipe: FittedRecipe, model: Model): Bundle {
  const inputs = recipe.input.map((field) => field.name);
  const contract = inferContract(table, inputs);
  const rows = goldenRows(selectColumns(table, inputs), Int32Array.of(0, 1, 2, 3, 8));
  const { values, width } = predictRows({ recipe, contract, model }, rows).prediction;
  const predictions = rows.map((_, row) => Array.from(values.subarray(row * width, row * width + width)));
  return { format: 'barnacle-bundle', version: 1, name: `fixture-${kind}`, recipe, contract, model, baseline: { version: 1, rows: 12, columns: [], duplicateRows: 0, pairs: [], sampled: 12, alerts: [] }, evaluation: { rows: 5 }, run: { seed: 1, note: 'run' }, golden: { rows, predictions } };
}

/** A net of most kinds of layers; a feature of so many levels gets a table. */
function netModel(head: Pick<Model, 'task' | 'classes' | 'features'>, levels: readonly (number | null)[]): Model {
  const categories = levels.flatMap((count): NetCategory[] => (count === null ? [] : [{ levels: count, width: 2 }]));
  const units = head.task === 'multiclass' ? head.classes.length : 1;
  const net: Net = {
    inputs: { numbers: levels.length - categories.length, flags: 0, encoding: { kind: 'pbld', waves: 3, width: 3 }, categories },
    layers: [{ kind: 'spread', members: 2 }, { kind: 'scale', member: true }, { kind: 'dense', units: 6, bias: true }, { kind: 'norm', by: 'batch' }, { kind: 'activate', by: 'selu', mixed: true }, { kind: 'drop', rate: 0.1 }, { kind: 'save' }, { kind: 'dense', units: 6, bias: false }, { kind: 'activate', by: 'relu', mixed: false }, { kind: 'add' }, { kind: 'heads', units }],
  };
  const weights = Float32Array.from(slotsOf(net).flatMap(({ name, size }) => Array.from({ length: size }, (_, i) => (name.endsWith('.variance') ? 1 : Math.round(1000 * Math.sin(i * 1.7 + name.length)) / 1000))));
  return makeNetModel({ ...head, features: levels.map((count) => (count === null ? { as: 'number', fill: 0.25, center: 0, scale: 1 } : { as: 'code', levels: count })), clip: 3, net, weights, ...(head.task === 'regression' ? { shift: 20, spread: 10, range: [0, 80] } : {}) });
}

export function modelOf(kind: string, task: Task, features: number, classes: readonly string[]): Model {
  const width = task === 'multiclass' ? classes.length : 1;
  const wave = (n: number, phase: number) => Float64Array.from({ length: n }, (_, i) => Math.round(1000 * Math.sin(i * 1.7 + phase)) / 1000);
  const same = { center: new Float64Array(features), scale: new Float64Array(features).fill(1), fill: new Float64Array(features) };
  const head = { task, classes: [...classes], features };
  if (kind === 'constant') return { ...head, type: 'constant', json: {}, arrays: { value: Float64Array.from({ length: width }, () => 1 / (width + 1)) } };
  if (kind === 'linear') return { ...head, type: 'linear', json: {}, arrays: { ...same, weights: wave(width * features, 1), bias: wave(width, 2) } };
  if (kind === 'dense') return { ...head, type: 'dense', json: { sizes: [features, 4, width], activation: 'silu', clip: 3, range: null }, arrays: { ...same, w0: Float32Array.from(wave(4 * features, 1)), b0: Float32Array.from(wave(4, 2)), w1: Float32Array.from(wave(4 * width, 3)), b1: Float32Array.from(wave(width, 4)) } };
  if (kind === 'neighbors') {
    const truth = Float64Array.from({ length: 6 }, (_, i) => (task === 'regression' ? 10 * i : i % Math.max(2, classes.length)));
    const prior = new Float64Array(task === 'regression' ? 1 : Math.max(2, classes.length)).fill(task === 'regression' ? 25 : 1 / Math.max(2, classes.length));
    return { ...head, type: kind, json: { k: 3, metric: 'euclidean', by: 'distance' }, arrays: { center: same.center, scale: same.scale, points: Float32Array.from(wave(6 * features, 1)), truth, weight: new Float64Array(6).fill(1), prior } };
  }
  if (kind === 'bayes') {
    const each = Math.max(2, classes.length) * features;
    return { ...head, type: kind, json: { levels: Array.from({ length: features }, () => null) }, arrays: { prior: wave(Math.max(2, classes.length), 1), mean: wave(each, 2), sharp: new Float64Array(each).fill(0.5), level: wave(each, 3), table: new Float64Array(0) } };
  }
  if (kind === 'gaussian-process') return { ...head, type: kind, json: {}, arrays: { center: same.center, scale: same.scale, inverse: new Float64Array(features).fill(0.5), points: wave(6 * features, 1), alpha: wave(6, 2), bias: Float64Array.of(20), spread: Float64Array.of(4) } };
  if (kind === 'net') return netModel(head, Array.from({ length: features }, () => null));
  const node = (feature: number, threshold: number, left: number, right: number) => ({ feature, threshold, missingLeft: feature % 2 === 0, left, right, gain: 1 });
  const trees = Array.from({ length: 3 * width }, (_, t) => ({ nodes: [node(t % features, 0.25, 1, ~2), node((t + 1) % features, -0.5, ~0, ~1)], values: Float32Array.from(wave(3, t)) }));
  return treesModel({ ...head, outputs: width, base: wave(width, 5), trees });
}
