import { expect, test } from 'vitest';
import { encoderOf } from '../../../../src/core/learners/mlp/reference/encode.ts';
import type { Pass } from '../../../../src/core/learners/mlp/reference/layer.ts';
import type { Net, NetEncoding } from '../../../../src/core/models/net/net.ts';
import { slotsOf } from '../../../../src/core/models/net/net.ts';
import type { Build } from './builds.ts';
import { builds, gap, normals } from './builds.ts';

const [rows, flags] = [70, 3];
const encodings: [NetEncoding, number][] = [
  [{ kind: 'plr', waves: 6, width: 5 }, 3],
  [{ kind: 'plr', waves: 8, width: 24 }, 2],
  [{ kind: 'plr', waves: 1, width: 1 }, 1],
  [{ kind: 'pbld', waves: 16, width: 4 }, 3],
  [{ kind: 'pbld', waves: 5, width: 12 }, 2],
  [{ kind: 'pbld', waves: 3, width: 1 }, 2],
  [{ kind: 'piecewise', bins: 9, width: 12 }, 3],
  [{ kind: 'piecewise', bins: 1, width: 2 }, 2],
];

/** Parameters (edges in order, one bin of no width), activations and gradients by the reference. */
function byReference(encoding: NetEncoding, numbers: number, x: Float32Array, dy: Float32Array) {
  const net: Net = { inputs: { numbers, flags: 0, encoding, categories: [] }, layers: [] };
  const slots = slotsOf(net);
  const params = Float64Array.from(
    normals(
      9,
      slots.reduce((sum, slot) => sum + slot.size, 0),
    ),
  );
  for (const slot of slots.filter((s) => s.role === 'edges')) {
    const step = slot.shape[1];
    for (let j = 0; j < numbers; j++) params.subarray(slot.offset + j * step, slot.offset + (j + 1) * step).sort();
    if (step > 3) params[slot.offset + 1] = params[slot.offset + 2];
  }
  const gradients = new Float64Array(params.length);
  const slotNamed = (name: string) => slots.find((s) => s.name === name)!;
  const pass: Pass = { params, gradients, statistics: gradients, rows, training: null, slot: slotNamed };
  const [encoder, { width }] = [encoderOf(pass, encoding), encoding];
  const y = new Float64Array(rows * numbers * width);
  for (let r = 0; r < rows; r++)
    for (let j = 0; j < numbers; j++) {
      encoder.forward(j, x[r * (numbers + flags) + j], y, (r * numbers + j) * width);
      encoder.backward(j, x[r * (numbers + flags) + j], Float64Array.from(dy), (r * numbers + j) * width);
    }
  const view = (from: Float64Array, name: string): Float32Array =>
    Float32Array.from(from.subarray(slotNamed(name).offset, slotNamed(name).offset + slotNamed(name).size));
  return { y, value: (name: string) => view(params, `inputs.${name}`), gradient: (name: string) => view(gradients, `inputs.${name}`) };
}

/** Forward in two parts, backward in two parts; columns of y before and behind are left alone. */
function byKernel(
  { call, put, room }: Build,
  encoding: NetEncoding,
  numbers: number,
  x: Float32Array,
  dy: Float32Array,
  value: (name: string) => Float32Array,
) {
  const { kind, width } = encoding;
  const n = encoding.kind === 'plr' ? 2 * encoding.waves : encoding.kind === 'pbld' ? encoding.waves : encoding.bins;
  const m = kind === 'pbld' ? width - 1 : width;
  const [xs, ys] = [numbers + flags, numbers * width + 4];
  const [bias, weights, given] = [put(value('bias')), put(value('weights')), put(x)];
  const [packed, turned] = [room(numbers * call.packedFloats(n, m)), room(numbers * call.packedFloats(m, n))];
  call.pack(weights.at, packed.at, n, m, 0, numbers * call.panels(m));
  call.packTransposed(weights.at, turned.at, n, m, 0, numbers * call.panels(n));
  const wide = room(rows * ys, 5);
  const slopes = put(wide.v.map((_, i) => (i % ys < 2 || i % ys >= ys - 2 ? 7 : dy[Math.floor(i / ys) * numbers * width + (i % ys) - 2])));
  const stash = room(rows * numbers * n * (kind === 'pbld' ? 2 : 1));
  const scratch = room(call.encodingScratch(kind === 'pbld' ? 2 * n : n, width));
  const [dw, db] = [room(weights.v.length), room(bias.v.length)];
  const out: Record<string, Float32Array> = { weights: dw.v, bias: db.v };
  const grow = (name: string): number => {
    const made = room(value(name).length);
    out[name] = made.v;
    return made.at;
  };
  const [y, d, parts] = [
    wide.at + 8,
    slopes.at + 8,
    [
      [0, 30],
      [30, rows],
    ],
  ];
  if (encoding.kind === 'piecewise') {
    const [edges, line, dl] = [put(value('edges')), put(value('line')), grow('line')];
    for (const [from, to] of parts) call.piecewise(given.at, xs, edges.at, packed.at, line.at, bias.at, y, ys, stash.at, from, to, numbers, n, width);
    for (const [from, to] of parts) call.backPiecewise(given.at, xs, d, ys, stash.at, dw.at, dl, db.at, scratch.at, from, to, numbers, n, width);
  } else if (encoding.kind === 'pbld') {
    const [c, p, df, dp] = [put(value('frequencies')), put(value('phases')), grow('frequencies'), grow('phases')];
    for (const [from, to] of parts) call.pbld(given.at, xs, c.at, p.at, packed.at, bias.at, y, ys, stash.at, from, to, numbers, n, width);
    for (const [from, to] of parts) call.backPbld(given.at, xs, turned.at, d, ys, stash.at, df, dp, dw.at, db.at, scratch.at, from, to, numbers, n, width);
  } else {
    const [c, df] = [put(value('frequencies')), grow('frequencies')];
    for (const [from, to] of parts) call.plr(given.at, xs, c.at, packed.at, bias.at, y, ys, stash.at, from, to, numbers, n / 2, width);
    for (const [from, to] of parts) call.backPlr(given.at, xs, turned.at, y, d, ys, stash.at, df, dw.at, db.at, scratch.at, from, to, numbers, n / 2, width);
  }
  expect(wide.v.every((v, i) => v === 5 || (i % ys >= 2 && i % ys < ys - 2))).toBe(true);
  return { y: wide.v.filter((_, i) => i % ys >= 2 && i % ys < ys - 2), gradients: out };
}

test.each(encodings)('%j of %i numbers, forward and backward as the reference', (encoding, numbers) => {
  const x = normals(1, rows * (numbers + flags));
  const dy = normals(2, rows * numbers * encoding.width);
  for (const build of builds()) {
    const want = byReference(encoding, numbers, x, dy);
    const got = byKernel(build, encoding, numbers, x, dy, want.value);
    expect(gap(got.y, want.y), build.name).toBeLessThan(3e-6);
    for (const [name, values] of Object.entries(got.gradients))
      expect(gap(values, want.gradient(name), Math.sqrt(rows)), `${build.name} ${name}`).toBeLessThan(1e-5);
    expect(build.intact()).toBe(true);
  }
});
