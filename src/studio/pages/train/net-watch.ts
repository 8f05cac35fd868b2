// What the epochs of a net report about its layers (core/learners/mlp/epoch-report.ts: gradient.inputs, weights.1, dead.2) ->
// the figures of the layers' chart, and one plain sentence: whether gradients reach every layer, and which layer starves.
import type { LayerWatchData } from '../../../charts/layer-watch.ts';
import type { CurvePoint } from '../../../core/base/task.ts';
import { count, figure, percent } from '../../format.ts';

export type NetFinding = { title: string; trouble: { word: string; remedy: string } | null };
const watched = /^(gradient|weights|dead)\.(inputs|\d+)$/;
const mostSteps = 120;
/** Gradient norms of two layers, or of a layer and its usual one, this far apart are trouble; so are layers with more dead units. */
const mostRatio = 1e3;
const mostDead = 0.5;

export const isWatched = (key: string): boolean => watched.test(key);

/** Null when nothing of it was reported. At most 120 of the steps, the last always. */
export function netWatch(curve: readonly CurvePoint[], unit: string): LayerWatchData | null {
  const all = curve.filter((point) => Object.keys(point.extra ?? {}).some(isWatched));
  const every = Math.max(1, Math.ceil(all.length / mostSteps));
  const points = all.filter((_, i) => (all.length - 1 - i) % every === 0);
  const keys = new Set(points.flatMap((point) => Object.keys(point.extra ?? {})).flatMap((key) => watched.exec(key)?.[2] ?? []));
  if (keys.size === 0) return null;
  const place = (key: string): number => (key === 'inputs' ? 0 : Number(key));
  const names = [...keys].sort((a, b) => place(a) - place(b));
  const nameOf = (key: string, i: number): string => (key === 'inputs' ? 'Inputs' : i === names.length - 1 ? 'Output' : `Layer ${key}`);
  const of = (measure: string, key: string) => points.map((point) => point.extra?.[`${measure}.${key}`] ?? null);
  return { unit, steps: points.map((point) => point.step), layers: names.map((key, i) => ({ name: nameOf(key, i), gradient: of('gradient', key), weights: of('weights', key), dead: of('dead', key) })) };
}

export function netFinding({ layers }: LayerWatchData): NetFinding {
  const gradients = layers.flatMap(({ name, gradient }) => (gradient.at(-1) == null ? [] : [{ name, value: gradient.at(-1)!, usual: middle(gradient) }]));
  const burst = gradients.find(({ value, usual }) => usual > 0 && value > mostRatio * usual);
  if (burst) return { title: `Gradients explode: ${called(burst.name)} has ${fold(burst.value / burst.usual)} times its usual`, trouble: { word: 'exploding', remedy: 'Lower the learning rate, or hold gradients to a norm (Gradient norm, 1).' } };
  const dead = layers.map(({ name, dead: shares }) => ({ name, share: shares.at(-1) ?? 0 })).reduce((a, b) => (b.share > a.share ? b : a), { name: '', share: 0 });
  if (dead.share > mostDead) return { title: `${percent(dead.share)} of the units of ${called(dead.name)} are dead: no row of a batch moves them`, trouble: { word: 'dead units', remedy: 'Lower the learning rate, or choose another activation (SiLU, SELU).' } };
  const least = gradients.reduce<(typeof gradients)[number] | null>((a, b) => (a === null || b.value < a.value ? b : a), null);
  const most = gradients.reduce<(typeof gradients)[number] | null>((a, b) => (a === null || b.value > a.value ? b : a), null);
  if (least === null || most === null || most.value === 0) return { title: most === null ? 'No gradients are told of' : 'No gradient reaches any layer', trouble: most === null ? null : { word: 'no gradient', remedy: 'Nothing is learned any more: stop, or look at the Debug tab of the run.' } };
  const away = most.value / least.value;
  if (away > mostRatio) {
    const isEarly = gradients.indexOf(least) < gradients.indexOf(most);
    const title = least.value === 0 ? `No gradient reaches ${called(least.name)}` : `Gradients ${isEarly ? 'vanish' : 'explode'} towards the inputs: ${called(least.name)} has ${fold(away)} times less than ${called(most.name)}`;
    return { title, trouble: { word: isEarly ? 'vanishing' : 'exploding', remedy: isEarly ? 'Fewer layers, a norm between them or the ResNet architecture carries gradients further.' : 'Lower the learning rate, or put a norm between the layers.' } };
  }
  return { title: gradients.length > 1 ? `Gradients reach every layer, at most ${fold(away)} times apart` : `The gradient norm is ${figure(most.value, 2)}`, trouble: null };
}

const called = (name: string): string => (name === 'Inputs' || name === 'Output' ? `the ${name.toLowerCase()}` : name.toLowerCase());
const fold = (ratio: number): string => (ratio < 10 ? String(Number(ratio.toPrecision(2))) : count(Number(ratio.toPrecision(2))));

/** The median of the values before the last; 0 when there are fewer than five. */
function middle(values: readonly (number | null)[]): number {
  const before = values.slice(0, -1).filter((value) => value !== null).sort((a, b) => a - b);
  return before.length < 5 ? 0 : before[before.length >> 1]!;
}
