// Values of one feature -> one byte a row: what nodes compare with. Rows lie 64 by 64: row i goes to
// out + (i >> 6) * stride + (i & 63). The twin of trees-walk's rankValues, but for the offset of 128 that makes bytes signed.

/**
 * How many of up to 255 cuts lie below the value, less 128; missing (NaN) ones get `missing`. cuts: 256 floats ascending, padded with
 * infinity, then 16 pivots (every sixteenth of them) unless `single`: there are at most 16 cuts then. Two steps of 16 comparisons.
 */
export function rankNumbers(values: usize, count: i32, cuts: usize, single: i32, missing: i32, out: usize, stride: i32): void {
  for (let i = 0; i < count; i++) {
    const value = load<f32>(values + ((<usize>i) << 2));
    const wide = f32x4.splat(value);
    let rank: i32 = single ? 0 : countBelow(cuts + 1024, wide) << 4;
    rank += countBelow(cuts + ((<usize>rank) << 2), wide);
    store<i8>(out + <usize>(i >> 6) * <usize>stride + <usize>(i & 63), value == value ? <i8>(rank - 128) : <i8>missing);
  }
}

// @ts-ignore: decorator
@inline
function countBelow(cuts: usize, value: v128): i32 {
  const a = i16x8.narrow_i32x4_s(f32x4.lt(v128.load(cuts), value), f32x4.lt(v128.load(cuts, 16), value));
  const b = i16x8.narrow_i32x4_s(f32x4.lt(v128.load(cuts, 32), value), f32x4.lt(v128.load(cuts, 48), value));
  return popcnt(i8x16.bitmask(i8x16.narrow_i16x8_s(a, b)));
}

/** The group of each code by a table of `levels` bytes; 0 for what has no place in it, `missing` for NaN. */
export function rankCodes(values: usize, count: i32, table: usize, levels: i32, missing: i32, out: usize, stride: i32): void {
  const end = <f32>levels;
  for (let i = 0; i < count; i++) {
    const value = load<f32>(values + ((<usize>i) << 2));
    const group = value >= 0 && value < end ? <i32>load<u8>(table + <usize>(<u32>value)) : 0;
    store<u8>(out + <usize>(i >> 6) * <usize>stride + <usize>(i & 63), <u8>(value == value ? group : missing));
  }
}
