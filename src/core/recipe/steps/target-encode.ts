// Each level as the mean target of its training rows, drawn towards the mean of all: one column per category for binary
// (the rate of the positive class) and regression, one per class for multiclass.
// Training rows are encoded out of fold (fold by row position and seed), or in order: each from the rows before it in a seeded
// permutation (ordered target statistics, Prokhorenkova et al., "CatBoost", NeurIPS 2018). So no row's own target is in its feature.
// "Auto" is the empirical Bayes shrinkage of scikit-learn's TargetEncoder (after Micci-Barreca, 2001). Missing is a level of its
// own when training has it; what is unseen is encoded as the mean of all.
import { BarnacleError } from '../../base/errors.ts';
import { randomBits, sequence, shuffle, streamOf } from '../../base/random.ts';
import { makeNumber } from '../../table/build.ts';
import type { Target } from '../../table/matrix.ts';
import { dropColumns, putColumns } from '../../table/take.ts';
import type { CategoryColumn, Column } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { freshName, frequentLevels, slotRows } from '../levels.ts';
import { defineStep } from '../step.ts';

type Params = { smoothing: 'auto' | 'fixed'; strength: number; order: 'folds' | 'ordered'; folds: number };
/** values[channel][slot]: slots are the levels, then missing, then unseen. */
type Encoding = { levels: string[]; names: string[]; values: number[][] };
type State = { encodings: Encoding[] };
const MAX_LEVELS = 20_000;

export const targetEncode = defineStep<Params, State>({
  type: 'target-encode',
  label: 'Target encoding',
  help: 'Each level as the average target of its rows, out of fold while training. Best for categories with many levels.',
  takes: ['category'],
  params: {
    smoothing: { kind: 'choice', label: 'Smoothing', help: 'How rare levels are drawn to the average: by their own spread (auto), or by a fixed number of rows.', fallback: 'auto', choices: [{ value: 'auto', label: 'Auto' }, { value: 'fixed', label: 'Fixed' }] },
    strength: { kind: 'number', label: 'Strength', help: 'Fixed smoothing only: how many rows of the average each level starts with.', fallback: 10, min: 0, max: 1e6, integer: false },
    order: { kind: 'choice', label: 'Training rows', help: 'What training rows are encoded by: the other folds, or the rows before them in a random order (as CatBoost does; always with fixed smoothing).', fallback: 'folds', choices: [{ value: 'folds', label: 'Other folds' }, { value: 'ordered', label: 'Rows before' }] },
    folds: { kind: 'number', label: 'Folds', help: 'Other folds only: how many there are.', fallback: 5, min: 2, max: 50, integer: true },
  },
  fit(table, columns, params, context) {
    const target = needTarget(context.target);
    const taken = new Set(table.columns.map((c) => c.name));
    return {
      encodings: columns.map((name): Encoding => {
        const column = columnOf(table, name) as CategoryColumn;
        const levels = frequentLevels(column, MAX_LEVELS).map((l) => l.level).sort();
        const slots = slotRows(column, levels);
        const names = channelNames(name, target).map((wanted) => freshName(wanted, taken));
        return { levels, names, values: channelsOf(target).map((channel) => levelMeans(sumsOf(slots, levels.length + 2, channel, null, 1), 1, smoothed(params))[0]).map((all) => [...all]) };
      }),
    };
  },
  apply(table, columns, params, state, context) {
    const order = context.training && params.order === 'ordered' ? shuffle(Int32Array.from({ length: table.rows }, (_, i) => i), sequence(context.seed, 'target-encode-order')) : null;
    const folds = context.training && !order ? foldsOf(table.rows, params.folds, context.seed) : null;
    const made = columns.flatMap((name, c): Column[] => {
      const { levels, names, values } = state.encodings[c];
      const width = levels.length + 2;
      const slots = slotRows(columnOf(table, name) as CategoryColumn, levels);
      const channels = context.training ? channelsOf(needTarget(context.target)) : null;
      return names.map((output, k) => {
        context.sources.set(output, context.sources.get(name) ?? name);
        const out = new Float32Array(table.rows);
        if (order && channels) {
          encodeInOrder(out, order, slots, width, channels[k], params.strength);
        } else if (folds && channels) {
          const byFold = levelMeans(sumsOf(slots, width, channels[k], folds, params.folds), params.folds, params);
          for (let i = 0; i < out.length; i++) out[i] = byFold[folds[i]][slots[i]];
        } else {
          const means = Float32Array.from(values[k]);
          for (let i = 0; i < out.length; i++) out[i] = means[slots[i]];
        }
        return makeNumber(output, out);
      });
    });
    return putColumns(dropColumns(table, columns), made);
  },
  describe: (columns, _params, { encodings }) => columns.slice(0, 4).map((name, c) => `${name}: ${encodings[c].levels.length} levels${encodings[c].names.length > 1 ? `, ${encodings[c].names.length} columns` : ''}`).join('; '),
});

/** Ordered statistics have no spread to tell shrinkage by: they are smoothed by a fixed number of rows. */
const smoothed = (params: Params): Params => (params.order === 'ordered' ? { ...params, smoothing: 'fixed' } : params);

/** Each row by its level's rows before it, drawn towards the mean of all rows before it; the first one by the mean of the others. */
function encodeInOrder(out: Float32Array, order: Int32Array, slots: Int32Array, width: number, channel: (row: number) => number, strength: number): void {
  const counts = new Float64Array(width);
  const sums = new Float64Array(width);
  let total = 0;
  for (let i = 1; i < order.length; i++) total += channel(order[i]);
  let prior = order.length > 1 ? total / (order.length - 1) : 0;
  total = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    const slot = slots[row];
    if (i > 0) prior = total / i;
    out[row] = counts[slot] + strength > 0 ? (sums[slot] + strength * prior) / (counts[slot] + strength) : prior;
    counts[slot]++;
    sums[slot] += channel(row);
    total += channel(row);
  }
}

function needTarget(target: Target | null): Target {
  if (target) return target;
  throw new BarnacleError('bad-target', 'target encoding needs the target of the training rows; there is none', { column: '', reason: 'absent' });
}

const channelNames = (name: string, target: Target): string[] =>
  target.kind === 'value' ? [`${name} mean target`] : target.classes.length === 2 ? [`${name} rate`] : target.classes.map((label) => `${name} rate of ${label}`);

/** The target as one number per row for each channel: the value, or 1 where the row has the class. */
function channelsOf(target: Target): ((row: number) => number)[] {
  if (target.kind === 'value') {
    const { values } = target;
    return [(i) => values[i]];
  }
  const { codes, classes } = target;
  const wanted = classes.length === 2 ? [1] : classes.map((_, k) => k);
  return wanted.map((k) => (i) => (codes[i] === k ? 1 : 0));
}

/** The fold of each row, by its position. */
function foldsOf(rows: number, folds: number, seed: number): Uint8Array {
  const stream = streamOf('target-encode');
  const out = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) out[i] = Math.floor((randomBits(seed, stream, i) / 4294967296) * folds);
  return out;
}

type Sums = { centre: number; width: number; counts: Float64Array; sums: Float64Array; squares: Float64Array };

/** Per fold and slot: rows, and sums and squares of the channel about its overall mean. */
function sumsOf(slots: Int32Array, width: number, channel: (row: number) => number, folds: Uint8Array | null, foldCount: number): Sums {
  let centre = 0;
  for (let i = 0; i < slots.length; i++) centre += channel(i);
  centre /= slots.length || 1;
  const counts = new Float64Array(width * foldCount);
  const sums = new Float64Array(width * foldCount);
  const squares = new Float64Array(width * foldCount);
  for (let i = 0; i < slots.length; i++) {
    const at = (folds ? folds[i] * width : 0) + slots[i];
    const d = channel(i) - centre;
    counts[at]++;
    sums[at] += d;
    squares[at] += d * d;
  }
  return { centre, width, counts, sums, squares };
}

/** The encoding of every slot, for each fold from the rows of the other folds (of all rows when there is one fold). */
function levelMeans({ centre, width, counts, sums, squares }: Sums, folds: number, params: Params): Float64Array[] {
  return Array.from({ length: folds }, (_, fold) => {
    const n = new Float64Array(width);
    const sum = new Float64Array(width);
    const square = new Float64Array(width);
    let rows = 0;
    let total = 0;
    let totalSquare = 0;
    for (let other = 0; other < folds; other++) {
      if (folds > 1 && other === fold) continue;
      for (let slot = 0, at = other * width; slot < width; slot++, at++) {
        n[slot] += counts[at];
        sum[slot] += sums[at];
        square[slot] += squares[at];
        rows += counts[at];
        total += sums[at];
        totalSquare += squares[at];
      }
    }
    const prior = rows ? total / rows : 0;
    const variance = rows ? Math.max(0, totalSquare / rows - prior * prior) : 0;
    return n.map((count, slot) => centre + (count ? shrink(count, sum[slot], square[slot], prior, variance, params) : prior));
  });
}

function shrink(count: number, sum: number, square: number, prior: number, variance: number, params: Params): number {
  const mean = sum / count;
  if (params.smoothing === 'fixed') return (sum + params.strength * prior) / (count + params.strength);
  const within = Math.max(0, square / count - mean * mean);
  const trust = variance > 0 ? (variance * count) / (variance * count + within) : 0;
  return trust * mean + (1 - trust) * prior;
}
