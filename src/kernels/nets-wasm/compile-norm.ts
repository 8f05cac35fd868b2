// Norms. Layer norm is of a line alone. Batch norm is of all lines: tiles give partial sums, and between two barriers every
// thread joins them for itself, forward and on the way back.
import type { Compiling, Value } from './compile.ts';
import type { Done } from './compile-layer.ts';

export function compileNorm(c: Compiling, l: number, by: 'batch' | 'layer', value: Value): Done {
  const [n, members] = [c.widths[l], c.members[l]];
  const { arena, threads, tiles } = c.places;
  const ref = arena.buffer(members * n);
  const shape = { members, n, a: value.ref };
  const [p, q] = [c.weight(`${l}.gain`), c.weight(`${l}.bias`)];
  const gradients = { g: c.gradient(`${l}.gain`), h: c.gradient(`${l}.bias`) };
  if (by === 'layer') {
    const stats = arena.buffer(2 * members);
    c.both({ ...shape, op: 'layerNorm', b: ref, c: stats, p, q });
    return { value: { ref, pin: 'none' }, undo: () => c.train.push({ ...shape, ...gradients, op: 'backLayerNorm', b: c.slope.now, c: stats, p }) };
  }
  const partials = arena.take(8 * n * tiles);
  const stats = arena.take(12 * n * threads);
  const sums = arena.take(8 * n * threads);
  const [mean, variance] = [c.weight(`${l}.mean`), c.weight(`${l}.variance`)];
  c.train.push({ ...shape, op: 'batchPartials', p: partials });
  c.train.push({ op: 'joinBatch', members, n, p: partials, q: stats, r: mean, s: variance });
  c.train.push({ ...shape, op: 'applyBatch', b: ref, p, q, r: stats });
  c.serve.push({ ...shape, op: 'serveBatch', b: ref, p, q, r: stats, u: mean, s: variance });
  const undo = (): void => {
    c.train.push({ ...shape, ...gradients, op: 'backBatchPartials', b: c.slope.now, r: stats });
    if (!c.below[l]) return;
    c.train.push({ op: 'joinBack', members, n, q: sums, ...gradients });
    c.train.push({ ...shape, op: 'backBatch', b: c.slope.now, p, r: stats, s: sums });
  };
  return { value: { ref, pin: 'none' }, undo };
}
