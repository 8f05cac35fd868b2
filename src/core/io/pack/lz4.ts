// LZ4 frames (lz4_Frame_format.md) -> bytes, for Arrow's compressed buffers. Every length is checked against what is left on
// either side; checksums are skipped. Throws Error.
export function unlz4(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  let n = 0;
  let at = 0;
  while (at < input.length) {
    const magic = view.getUint32(at, true);
    if (magic >>> 4 === 0x184d2a5) {
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    if (magic !== 0x184d2204) throw new Error('it is no LZ4 frame');
    const flags = input[at + 4];
    at += 6 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0) + 1;
    for (;;) {
      const size = view.getUint32(at, true);
      at += 4;
      if (size === 0) break;
      const bytes = size & 0x7fffffff;
      if (at + bytes > input.length) throw new Error('an LZ4 block reaches past its end');
      const block = input.subarray(at, at + bytes);
      if (size >>> 31) {
        if (n + bytes > length) throw new Error('it unpacks to more than it says');
        out.set(block, n);
        n += bytes;
      } else n = unlz4Block(block, out, n);
      at += bytes + (flags & 16 ? 4 : 0);
    }
    if (flags & 4) at += 4;
  }
  if (n !== length) throw new Error(`it unpacks to ${n} of ${length} bytes`);
  return out;
}

/** One block into `out` from `start` on; returns the end. */
export function unlz4Block(input: Uint8Array, out: Uint8Array, start: number): number {
  let n = start;
  const longer = (from: number): number => {
    let sum = 0;
    for (;;) {
      if (at >= input.length) throw new Error('an LZ4 block ends too early');
      const byte = input[at++];
      sum += byte;
      if (byte !== 255) return from + sum;
    }
  };
  let at = 0;
  while (at < input.length) {
    const token = input[at++];
    const literals = token >> 4 === 15 ? longer(15) : token >> 4;
    if (at + literals > input.length || n + literals > out.length) throw new Error('LZ4 literals reach past the end');
    out.set(input.subarray(at, at + literals), n);
    at += literals;
    n += literals;
    if (at >= input.length) break;
    if (at + 2 > input.length) throw new Error('an LZ4 block ends too early');
    const distance = input[at] | (input[at + 1] << 8);
    at += 2;
    const copy = ((token & 15) === 15 ? longer(15) : token & 15) + 4;
    if (distance === 0 || distance > n) throw new Error('an LZ4 match lies before the beginning');
    if (n + copy > out.length) throw new Error('it unpacks to more than it says');
    if (distance >= copy) {
      out.copyWithin(n, n - distance, n - distance + copy);
      n += copy;
    } else for (const end = n + copy; n < end; n++) out[n] = out[n - distance];
  }
  return n;
}
