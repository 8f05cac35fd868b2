// A net -> the operations of a training step and of serving, over buffers of an arena. Forward operations are written layer by
// layer, each with what undoes it later; a layer works in place where nobody needs what it was given. A relu after a dense layer
// is part of its product, and on the way back of the next product.
import type { Net } from '../../core/models/net/net.ts';
import { membersOf, slotsOf, widthsOf } from '../../core/models/net/net.ts';
import type { Arena } from './arena.ts';
import { compileInputs } from './compile-inputs.ts';
import { compileLayer } from './compile-layer.ts';
import type { Op } from './records.ts';
import type { PlacedSlots } from './slots.ts';

/** Where the kernel's arrays lie that operations read, and how much room its products want. */
export interface Places {
  readonly arena: Arena;
  readonly slots: PlacedSlots;
  readonly threads: number;
  /** Most tiles of a batch. */
  readonly tiles: number;
  readonly weights: number;
  readonly x: number;
  readonly codes: number;
  readonly truth: number;
  readonly share: number;
  readonly out: number;
  packedFloats(n: number, m: number): number;
}

/** A dropout operation of the training list: its words are written before each step. */
export type Drop = { readonly at: number; readonly layer: number; readonly rate: number };
/** A layer whose units are watched: `most` of relu, `least` of the absolute tanh, `from` bytes into what is watched. */
export type Watched = { readonly layer: number; readonly by: 'most' | 'least'; readonly from: number; readonly width: number; readonly bar: number };
/** Panels to write after a step: `count` matrices of n x m from `w`, transposed or not, to `to`. */
export type Packing = { readonly transposed: boolean; readonly w: number; readonly to: number; readonly n: number; readonly m: number; readonly count: number };

export interface Program {
  readonly train: readonly Op[];
  readonly serve: readonly Op[];
  readonly packings: readonly Packing[];
  readonly drops: readonly Drop[];
  readonly watched: readonly Watched[];
}

/** What the next layer is given: a buffer, and whether it may be overwritten ('relu': only by what keeps its zeros). */
export type Value = { readonly ref: number; readonly pin: 'none' | 'relu' | 'kept' };

export interface Compiling {
  readonly net: Net;
  readonly places: Places;
  readonly widths: readonly number[];
  readonly members: readonly number[];
  /** True when there is something to train before that layer. */
  readonly below: readonly boolean[];
  readonly train: Op[];
  readonly serve: Op[];
  readonly packings: Packing[];
  readonly watched: Watched[];
  readonly drops: { readonly op: Op; readonly layer: number; readonly rate: number }[];
  /** Relus that a later product undoes. */
  readonly masked: Set<number>;
  /** Both lists. */
  both(op: Op): void;
  weight(name: string): number;
  gradient(name: string): number;
  /** Packs the matrices of a slot; where they lie then. */
  pack(name: string, transposed: boolean, n: number, m: number, count: number): number;
  /** The slope of the loss by what lies between layers now; `turn` gives the buffer for the next. */
  readonly slope: { now: number; turn(): number };
}

export function compileNet(net: Net, places: Places): Program {
  const { arena, slots } = places;
  const [widths, members] = [widthsOf(net), membersOf(net)];
  const trained = slotsOf(net).filter((slot) => slot.trained);
  const below = net.layers.map((_, l) => trained.some((slot) => slot.layer < l));
  const widest = Math.max(...widths.map((width, l) => width * members[l]));
  const slopes = [arena.buffer(widest), arena.buffer(widest)];
  const train: Op[] = zeros(slots);
  const serve: Op[] = [];
  const packings: Packing[] = [];
  const c: Compiling = {
    net, places, widths, members, below, train, serve, packings, watched: [], drops: [], masked: new Set(),
    both(op) {
      train.push(op);
      serve.push(op);
    },
    weight: (name) => places.weights + 4 * slots.at(name),
    gradient: (name) => 4 * slots.at(name),
    pack(name, transposed, n, m, count) {
      const to = arena.take(4 * count * (transposed ? places.packedFloats(m, n) : places.packedFloats(n, m)));
      packings.push({ transposed, w: places.weights + 4 * slots.at(name), to, n, m, count });
      return to;
    },
    slope: {
      now: slopes[0],
      turn() {
        this.now = slopes[1 - slopes.indexOf(this.now)];
        return this.now;
      },
    },
  };
  const undo: (() => void)[] = [];
  const inputs = compileInputs(c);
  undo.push(inputs.undo);
  let value = inputs.value;
  const stack: Saved[] = [];
  for (let l = 0; l < net.layers.length; l++) {
    const done = compileLayer(c, l, value, stack);
    value = done.value;
    undo.push(done.undo);
    if (done.skipNext) l++;
  }
  const last = net.layers.length;
  serve.push({ op: 'out', members: members[last], n: widths[last], a: value.ref, p: places.out }, { op: 'end' });
  train.push({ op: 'loss', members: members[last], n: widths[last], a: value.ref, b: c.slope.now, p: places.truth, q: places.share });
  for (const each of undo.reverse()) each();
  train.push({ op: 'end' });
  return { train, serve, packings, watched: c.watched, drops: c.drops.map(({ op, layer, rate }) => ({ at: train.indexOf(op), layer, rate })) };
}

/** What a `save` saw, and where its slope is kept between `add` and `save` on the way back. */
export type Saved = { readonly ref: number; readonly layer: number; slope: number };

/** Clears a slice's gradient, but for the weights of layers: their products overwrite it. */
function zeros(slots: PlacedSlots): Op[] {
  const ops: { op: 'zero'; g: number; n: number }[] = [];
  for (const { name, size, trained, role, layer } of slots.slots) {
    if (!trained || (role === 'weights' && layer >= 0)) continue;
    const from = slots.at(name);
    const last = ops[ops.length - 1];
    if (last && from - (last.g / 4 + last.n) < 16) last.n = from + size - last.g / 4;
    else ops.push({ op: 'zero', g: 4 * from, n: size });
  }
  return ops;
}
