// Tables of categories: lines of a table to activations, and their gradients back, in order of rows.
import { addLine } from './some';

/** y = the line of each row's code. */
export function gather(table: usize, codes: usize, cs: usize, y: usize, ys: usize, from: usize, to: usize, width: usize): void {
  const line = width << 2;
  for (let r = from; r < to; r++) {
    const own = table + <usize>load<u32>(codes + ((r * cs) << 2)) * line;
    const at = y + ((r * ys) << 2);
    let j: usize = 0;
    for (; j + 16 <= line; j += 16) v128.store(at + j, v128.load(own + j));
    for (; j < line; j += 4) store<f32>(at + j, load<f32>(own + j));
  }
}

/** The line of each row's code += dy. */
export function scatter(dtable: usize, codes: usize, cs: usize, dy: usize, ys: usize, from: usize, to: usize, width: usize): void {
  const line = width << 2;
  for (let r = from; r < to; r++) {
    const own = dtable + <usize>load<u32>(codes + ((r * cs) << 2)) * line;
    addLine(own, dy + ((r * ys) << 2), line);
  }
}
