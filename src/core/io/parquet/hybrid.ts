// Parquet's RLE / bit-packed hybrid: definition levels and dictionary indices of a page.
// Never writes or reads outside its arrays, whatever the bytes say: a run longer than the page is cut, a short page throws.
// Format: https://parquet.apache.org/docs/file-format/data-pages/encodings/

/** Decodes `count` values of `width` bits from bytes [start, end). Throws when they end early. */
export function readHybrid(bytes: Uint8Array, start: number, end: number, width: number, count: number): Int32Array {
  const out = new Int32Array(count);
  if (width === 0) return out;
  if (width > 32) throw new Error(`bit width ${width} is over 32`);
  const wide = (width + 7) >> 3;
  let at = start;
  let n = 0;
  while (n < count) {
    let header = 0;
    let shift = 0;
    for (;;) {
      if (at >= end || shift > 28) throw new Error('a run header is cut off');
      const b = bytes[at++];
      header |= (b & 127) << shift;
      if (b < 128) break;
      shift += 7;
    }
    header >>>= 0;
    if (header & 1) {
      const values = Math.min((header >>> 1) * 8, count - n);
      at = unpackBits(bytes, at, end, width, out, n, values, (header >>> 1) * width);
      n += values;
    } else {
      if (at + wide > end) throw new Error('a run value is cut off');
      let value = 0;
      for (let k = 0; k < wide; k++) value |= bytes[at++] << (8 * k);
      const values = Math.min(header >>> 1, count - n);
      if (values === 0) throw new Error('a run of no values');
      out.fill(value, n, n + values);
      n += values;
    }
  }
  return out;
}

/** Unpacks `values` numbers of `width` bits; returns the place after the packed bytes. */
function unpackBits(bytes: Uint8Array, at: number, end: number, width: number, out: Int32Array, n: number, values: number, packed: number): number {
  if (values === 0) throw new Error('a run of no values');
  if (at + ((values * width + 7) >> 3) > end) throw new Error('packed values are cut off');
  let bit = 0;
  const mask = width === 32 ? -1 : (1 << width) - 1;
  for (let k = 0; k < values; k++) {
    const place = at + (bit >> 3);
    const low = bit & 7;
    let value = (bytes[place] | (bytes[place + 1] << 8) | (bytes[place + 2] << 16) | (bytes[place + 3] << 24)) >>> low;
    if (low + width > 32) value |= bytes[place + 4] << (32 - low);
    out[n + k] = value & mask;
    bit += width;
  }
  return at + packed;
}
