import { expect, test } from 'vitest';
import { builds, gap, normals } from './builds.ts';

/** Norm of groups of `members` numbers, in double: outputs and, for slopes dy of them, slopes by z, gain and bias. */
function plainNorm(z: Float32Array, dy: Float32Array, gain: Float32Array, bias: Float32Array, byBatch: boolean) {
  const width = gain.length;
  const lines = z.length / width;
  const [groups, members] = byBatch ? [width, lines] : [lines, width];
  const at = (g: number, k: number): number => (byBatch ? k * width + g : g * width + k);
  const [y, dz, dgain, dbias] = [new Float64Array(z.length), new Float64Array(z.length), new Float64Array(width), new Float64Array(width)];
  const [means, variances] = [new Float64Array(groups), new Float64Array(groups)];
  for (let g = 0; g < groups; g++) {
    let [mean, variance, sum, dot] = [0, 0, 0, 0];
    for (let k = 0; k < members; k++) mean += z[at(g, k)] / members;
    for (let k = 0; k < members; k++) variance += (z[at(g, k)] - mean) ** 2 / members;
    const root = Math.sqrt(variance + 1e-5);
    for (let k = 0; k < members; k++) {
      const [i, h] = [at(g, k), (z[at(g, k)] - mean) / root];
      y[i] = h * gain[i % width] + bias[i % width];
      dgain[i % width] += dy[i] * h;
      dbias[i % width] += dy[i];
      sum += (dy[i] * gain[i % width]) / members;
      dot += (dy[i] * gain[i % width] * h) / members;
    }
    for (let k = 0; k < members; k++) dz[at(g, k)] = (dy[at(g, k)] * gain[at(g, k) % width] - sum - ((z[at(g, k)] - mean) / root) * dot) / root;
    means[g] = mean;
    variances[g] = variance;
  }
  return { y, dz, dgain, dbias, means, variances };
}

const shapes = [
  [9, 4],
  [50, 13],
  [130, 33],
  [7, 1],
];

test.each(shapes)('layer norm of %i lines of %i', (lines, width) => {
  for (const { call, put, room, intact } of builds()) {
    const z = put(normals(1, lines * width).map((v) => 3 * v + 20));
    const [dy, gain, bias] = [put(normals(2, lines * width)), put(normals(3, width)), put(normals(4, width))];
    const [y, dz, dgain, dbias, stats] = [room(z.v.length), room(z.v.length), room(width), room(width), room(2 * lines)];
    const want = plainNorm(z.v, dy.v, gain.v, bias.v, false);
    call.layerNorm(z.at, gain.at, bias.at, y.at, stats.at, 0, lines, width);
    expect(gap(y.v, want.y)).toBeLessThan(1e-5);
    call.backLayerNorm(z.at, dy.at, gain.at, stats.at, dz.at, dgain.at, dbias.at, 0, lines, width);
    expect(gap(dgain.v, want.dgain)).toBeLessThan(2e-5);
    expect(gap(dbias.v, want.dbias)).toBeLessThan(1e-5);
    if (width > 1) expect(gap(dz.v, want.dz)).toBeLessThan(1e-5);
    expect(intact()).toBe(true);
  }
});

test.each(shapes)('batch norm of %i lines of %i, in slices of 16', (lines, width) => {
  for (const { call, put, room, intact } of builds()) {
    const z = put(normals(1, lines * width).map((v) => 3 * v + 20));
    const [dy, gain, bias] = [put(normals(2, lines * width)), put(normals(3, width)), put(normals(4, width))];
    const [y, dz, dgain, dbias] = [room(z.v.length), room(z.v.length), room(width), room(width)];
    const [mean, variance, inverse, stride] = [room(width), room(width), room(width), 2 * width + 3];
    const slices = Math.ceil(lines / 16);
    const partials = room(slices * stride);
    const want = plainNorm(z.v, dy.v, gain.v, bias.v, true);
    for (let s = 0; s < slices; s++) call.batchPartials(z.at, partials.at + 4 * s * stride, 16 * s, Math.min(lines, 16 * s + 16), width);
    call.joinBatch(partials.at, stride, slices, lines, 16, mean.at, variance.at, inverse.at, width);
    expect(gap(mean.v, want.means)).toBeLessThan(1e-6);
    expect(gap(variance.v, want.variances)).toBeLessThan(1e-5);
    for (let s = 0; s < slices; s++) call.applyBatch(z.at, mean.at, inverse.at, gain.at, bias.at, y.at, 16 * s, Math.min(lines, 16 * s + 16), width);
    expect(gap(y.v, want.y)).toBeLessThan(2e-5);
    call.backBatchPartials(z.at, dy.at, mean.at, inverse.at, dgain.at, dbias.at, 0, lines, width);
    expect(gap(dgain.v, want.dgain, Math.sqrt(lines))).toBeLessThan(2e-5);
    expect(gap(dbias.v, want.dbias, Math.sqrt(lines))).toBeLessThan(1e-5);
    call.backBatch(z.at, dy.at, mean.at, inverse.at, gain.at, dgain.at, dbias.at, lines, dz.at, 0, lines, width);
    expect(gap(dz.v, want.dz)).toBeLessThan(2e-5);
    const again = room(width);
    call.inverseOf(variance.at, again.at, width);
    expect(gap(again.v, inverse.v)).toBeLessThan(1e-6);
    again.v.fill(2);
    call.moveRunning(again.at, variance.at, 1.25, width);
    expect(
      gap(
        again.v,
        variance.v.map((v) => 2 + 0.1 * (1.25 * v - 2)),
      ),
    ).toBeLessThan(1e-6);
    expect(intact()).toBe(true);
  }
});
