// One layer of a net: its operation forward, for training and for serving, and what undoes it on the way back.
import { activations } from '../../core/models/net/net.ts';
import type { NetLayer } from '../../core/models/net/net.ts';
import type { Compiling, Saved, Value } from './compile.ts';
import { compileNorm } from './compile-norm.ts';
import type { Op } from './records.ts';

/** |z| beyond which tanh is beyond 0.99. */
const SATURATED = 2.6466524123622457;
const nothing = (): void => {};

export type Done = { value: Value; undo: () => void; skipNext?: boolean };
type Of<K extends NetLayer['kind']> = Extract<NetLayer, { kind: K }>;

export function compileLayer(c: Compiling, l: number, value: Value, stack: Saved[]): Done {
  const layer = c.net.layers[l];
  switch (layer.kind) {
    case 'scale': return compileScale(c, l, layer, value);
    case 'shift': return compileShift(c, l, layer, value);
    case 'dense':
    case 'heads': return compileProduct(c, l, layer, value);
    case 'norm': return compileNorm(c, l, layer.by, value);
    case 'activate': return compileActivate(c, l, layer, value);
    case 'drop': return compileDrop(c, l, layer.rate, value);
    case 'spread': return compileSpread(c, l, layer.members, value);
    case 'save': {
      const saved: Saved = { ref: value.ref, layer: l, slope: 0 };
      stack.push(saved);
      const join = (): void => void (c.below[l] && c.train.push({ op: 'add', ...shapeAt(c, l), a: c.slope.now, b: saved.slope, c: c.slope.now }));
      return { value: { ref: value.ref, pin: 'kept' }, undo: join };
    }
    case 'add': return compileAdd(c, l, value, stack);
  }
}

const shapeAt = (c: Compiling, l: number): { members: number; n: number } => ({ members: c.members[l], n: c.widths[l] });
const freshAt = (c: Compiling, l: number): number => c.places.arena.buffer(c.members[l] * c.widths[l]);
/** The same buffer where nobody needs what is in it. */
const overwrite = (c: Compiling, l: number, { ref, pin }: Value): number => (pin === 'none' ? ref : freshAt(c, l));

function compileScale(c: Compiling, l: number, { member }: Of<'scale'>, value: Value): Done {
  const ref = freshAt(c, l);
  const shape = { ...shapeAt(c, l), a: value.ref, p: c.weight(`${l}.scale`), kind: member ? c.members[l] : 1 };
  c.both({ ...shape, op: 'scale', b: ref });
  return { value: { ref, pin: 'none' }, undo: () => c.train.push({ ...shape, op: 'backScale', b: c.slope.now, c: c.below[l] ? c.slope.now : 0, g: c.gradient(`${l}.scale`) }) };
}

function compileShift(c: Compiling, l: number, { member }: Of<'shift'>, value: Value): Done {
  const ref = overwrite(c, l, value);
  const shape = { ...shapeAt(c, l), kind: member ? c.members[l] : 1 };
  c.both({ ...shape, op: 'shift', a: value.ref, b: ref, p: c.weight(`${l}.bias`) });
  return { value: { ref, pin: 'none' }, undo: () => c.train.push({ ...shape, op: 'backShift', b: c.slope.now, g: c.gradient(`${l}.bias`) }) };
}

function compileProduct(c: Compiling, l: number, layer: Of<'dense'> | Of<'heads'>, value: Value): Done {
  const isHeads = layer.kind === 'heads';
  const [n, m, members] = [c.widths[l], layer.units, c.members[l]];
  const matrices = isHeads ? members : 1;
  const hasBias = isHeads || layer.bias;
  const next = c.net.layers[l + 1];
  const relu = next?.kind === 'activate' && next.by === 'relu' && !next.mixed;
  const shape = { members, n, m, a: value.ref };
  const ref = c.places.arena.buffer(members * m);
  c.both({ ...shape, op: isHeads ? 'heads' : 'affine', b: ref, p: c.pack(`${l}.weights`, false, n, m, matrices), q: hasBias ? c.weight(`${l}.bias`) : 0, kind: Number(relu) });
  if (relu) watch(c, l + 1, 'most', ref, 0);
  const transposed = c.below[l] ? c.pack(`${l}.weights`, true, n, m, matrices) : 0;
  const undo = (): void => {
    if (relu && !c.masked.has(l + 1)) c.train.push({ op: 'backActivate', members, n: m, a: ref, b: c.slope.now, c: ref, kind: 0 });
    const before = reluBefore(c, l);
    if (before >= 0) c.masked.add(before);
    const b = c.slope.now;
    const gradients = { g: c.gradient(`${l}.weights`), ...(hasBias ? { h: c.gradient(`${l}.bias`) } : {}) };
    c.train.push({ ...shape, ...gradients, op: isHeads ? 'backHeads' : 'backAffine', b, c: transposed ? c.slope.turn() : 0, p: transposed, kind: Number(before >= 0) });
  };
  return { value: { ref, pin: relu ? 'relu' : 'none' }, undo, skipNext: relu };
}

/** The relu whose output, perhaps with units dropped, is what layer l is given; -1 = none. */
function reluBefore({ net }: Compiling, l: number): number {
  const isRelu = (at: number): boolean => {
    const layer = net.layers[at];
    return layer?.kind === 'activate' && layer.by === 'relu' && !layer.mixed;
  };
  if (isRelu(l - 1)) return l - 1;
  return net.layers[l - 1]?.kind === 'drop' && isRelu(l - 2) ? l - 2 : -1;
}

function compileActivate(c: Compiling, l: number, { by, mixed }: Of<'activate'>, value: Value): Done {
  const isOwn = !mixed && (by === 'relu' || by === 'tanh');
  const ref = isOwn ? overwrite(c, l, value) : freshAt(c, l);
  const shape = { ...shapeAt(c, l), a: value.ref, kind: activations.indexOf(by), p: mixed ? c.weight(`${l}.mix`) : 0 };
  c.both({ ...shape, op: 'activate', b: ref });
  if (by === 'relu') watch(c, l, 'most', mixed ? value.ref : ref, 0);
  if (by === 'tanh') watch(c, l, 'least', mixed ? value.ref : ref, mixed ? SATURATED : 0.99);
  const undo = (): void => {
    if (!c.masked.has(l)) c.train.push({ ...shape, op: 'backActivate', b: c.slope.now, c: ref, ...(mixed ? { g: c.gradient(`${l}.mix`) } : {}) });
  };
  return { value: { ref, pin: !isOwn ? 'none' : by === 'relu' ? 'relu' : 'kept' }, undo: mixed || c.below[l] ? undo : nothing };
}

function watch(c: Compiling, layer: number, by: 'most' | 'least', ref: number, bar: number): void {
  const before = c.watched.filter((each) => each.by === by).at(-1);
  const from = before ? before.from + 4 * before.width : 0;
  c.watched.push({ layer, by, from, width: c.widths[layer], bar });
  c.train.push({ op: by, ...shapeAt(c, layer), a: ref, u: from });
}

function compileDrop(c: Compiling, l: number, rate: number, value: Value): Done {
  if (!(rate > 0)) return { value, undo: nothing };
  const inPlace = value.pin !== 'kept';
  const ref = inPlace ? value.ref : freshAt(c, l);
  const drop = (a: number, b: number): void => {
    const op: Op = { op: 'drop', ...shapeAt(c, l), a, b };
    c.train.push(op);
    c.drops.push({ op, layer: l, rate });
  };
  drop(value.ref, ref);
  if (!inPlace) c.serve.push({ op: 'copyLines', ...shapeAt(c, l), a: value.ref, b: ref });
  return { value: { ref, pin: inPlace ? value.pin : 'none' }, undo: () => void (c.below[l] && drop(c.slope.now, c.slope.now)) };
}

function compileSpread(c: Compiling, l: number, members: number, value: Value): Done {
  const ref = c.places.arena.buffer(members * c.widths[l]);
  const shape = { members: 1, n: c.widths[l], m: members };
  c.both({ ...shape, op: 'spread', a: value.ref, b: ref });
  return { value: { ref, pin: 'none' }, undo: () => void (c.below[l] && c.train.push({ ...shape, op: 'backSpread', a: c.slope.now, b: c.slope.turn() })) };
}

function compileAdd(c: Compiling, l: number, value: Value, stack: Saved[]): Done {
  const saved = stack.pop();
  if (!saved) throw new RangeError(`layer ${l} adds what no layer saved`);
  const ref = overwrite(c, l, value);
  c.both({ op: 'add', ...shapeAt(c, l), a: value.ref, b: saved.ref, c: ref });
  const undo = (): void => {
    if (!c.below[saved.layer]) return;
    saved.slope = freshAt(c, l);
    c.train.push({ op: 'copyLines', ...shapeAt(c, l), a: c.slope.now, b: saved.slope });
  };
  return { value: { ref, pin: 'none' }, undo };
}
