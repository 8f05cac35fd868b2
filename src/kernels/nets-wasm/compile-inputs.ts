// The inputs of a net: numbers through their encoding, flags as they are, categories through their tables, side by side in one
// buffer; on the way back the slopes of what of these is trained.
import { inputWidth } from '../../core/models/net/net.ts';
import type { Compiling, Value } from './compile.ts';
import type { Op } from './records.ts';

export function compileInputs(c: Compiling): { value: Value; undo: () => void } {
  const { numbers, flags, encoding, categories } = c.net.inputs;
  const { arena, x, codes } = c.places;
  const width = inputWidth(c.net.inputs);
  const ref = arena.buffer(width);
  const encoded = encoding && numbers > 0 ? encoding : null;
  const columns = numbers + flags;
  const undone: Op[] = [];
  let column = 0;
  if (encoded) {
    const bins = encoded.kind === 'plr' ? 2 * encoded.waves : encoded.kind === 'pbld' ? encoded.waves : encoded.bins;
    const units = encoded.kind === 'pbld' ? encoded.width - 1 : encoded.width;
    const stash = arena.buffer(numbers * (encoded.kind === 'piecewise' ? encoded.bins : 2 * encoded.waves));
    const shape = { members: 1, n: numbers, m: encoded.width, b: ref, c: stash, xs: columns, ys: width, w: x, u: encoded.kind === 'piecewise' ? encoded.bins : encoded.waves };
    const packed = c.pack('inputs.weights', false, bins, units, numbers);
    const gradients = { h: c.gradient('inputs.weights'), i: c.gradient('inputs.bias') };
    if (encoded.kind === 'piecewise') {
      c.both({ ...shape, op: 'piecewise', p: c.weight('inputs.edges'), q: packed, r: c.weight('inputs.bias'), s: c.weight('inputs.line') });
      undone.push({ ...shape, op: 'backPiecewise', ...gradients, j: c.gradient('inputs.line') });
    } else {
      const transposed = c.pack('inputs.weights', true, bins, units, numbers);
      const phases = encoded.kind === 'pbld' ? c.weight('inputs.phases') : 0;
      c.both({ ...shape, op: encoded.kind, p: c.weight('inputs.frequencies'), q: packed, r: c.weight('inputs.bias'), s: phases });
      const back = { ...shape, ...gradients, q: transposed, g: c.gradient('inputs.frequencies') };
      undone.push(encoded.kind === 'plr' ? { ...back, op: 'backPlr', d: ref } : { ...back, op: 'backPbld', j: c.gradient('inputs.phases') });
    }
    column = numbers * encoded.width;
  }
  const plain = encoded ? flags : columns;
  if (plain > 0) c.both({ op: 'copy', members: 1, n: plain, b: ref, xs: columns, ys: width, v: column, w: x + 4 * (columns - plain) });
  column += plain;
  categories.forEach((category, k) => {
    const shape = { members: 1, n: category.width, b: ref, xs: categories.length, ys: width, v: column, w: codes + 4 * k };
    c.both({ ...shape, op: 'gather', p: c.weight(`table-${k}`) });
    undone.push({ ...shape, op: 'scatter', g: c.gradient(`table-${k}`) });
    column += category.width;
  });
  // the slopes of plr go by its own output
  const value: Value = { ref, pin: encoded?.kind === 'plr' ? 'kept' : 'none' };
  return { value, undo: () => undone.forEach((op) => c.train.push({ ...op, b: c.slope.now })) };
}
