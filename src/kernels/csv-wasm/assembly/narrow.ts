// Doubles -> the smallest array that holds them all exactly: twin of widen and makeArray in core/io/build/number-builder.ts.
// range: f64 low, f64 high (zero is always within), i32 all are integers, i32 all are singles.
// Integers are narrowed by adding 1.5 x 2^52: the low bits of the sum are the integer in two's complement.

const MAGIC: f64 = 6755399441055744.0;

export function rangeOf(values: usize, count: i32, range: usize): void {
  let low = f64x2.splat(0);
  let high = low;
  let whole = i64x2.splat(-1);
  let single = whole;
  const end = values + (<usize>count << 3);
  let at = values;
  for (; at + 16 <= end; at += 16) {
    const v = v128.load(at);
    low = f64x2.pmin(low, v);
    high = f64x2.pmax(high, v);
    whole = v128.and(whole, f64x2.eq(v, f64x2.floor(v)));
    single = v128.and(single, f64x2.eq(v, f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(v))));
  }
  if (at < end) {
    const v = f64x2.splat(load<f64>(at));
    low = f64x2.pmin(low, v);
    high = f64x2.pmax(high, v);
    whole = v128.and(whole, f64x2.eq(v, f64x2.floor(v)));
    single = v128.and(single, f64x2.eq(v, f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(v))));
  }
  store<f64>(range, min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)));
  store<f64>(range, max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)), 8);
  store<i32>(range, i32(i64x2.all_true(whole)), 16);
  store<i32>(range, i32(i64x2.all_true(single)), 20);
}

/** Values into elements of 1, 2 or 4 bytes (integers) or, with `bytes` 0, singles; `to` may be `values`. */
export function narrow(values: usize, count: i32, to: usize, bytes: i32): void {
  const end = values + (<usize>count << 3);
  if (bytes == 1) for (; values + 64 <= end; values += 64, to += 8) store<u64>(to, i64x2.extract_lane(lowBytes(values), 0));
  else if (bytes == 2) for (; values + 32 <= end; values += 32, to += 8) store<u64>(to, i64x2.extract_lane(lowWords(values), 0));
  else if (bytes == 4) for (; values + 16 <= end; values += 16, to += 8) store<u64>(to, i64x2.extract_lane(i8x16.shuffle(whole(values), whole(values), 0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11), 0));
  if (bytes == 1) for (; values < end; values += 8, to += 1) store<u8>(to, <u8>reinterpret<u64>(load<f64>(values) + MAGIC));
  else if (bytes == 2) for (; values < end; values += 8, to += 2) store<u16>(to, <u16>reinterpret<u64>(load<f64>(values) + MAGIC));
  else if (bytes == 4) for (; values < end; values += 8, to += 4) store<u32>(to, <u32>reinterpret<u64>(load<f64>(values) + MAGIC));
  else for (; values < end; values += 8, to += 4) store<f32>(to, <f32>load<f64>(values));
}

/** Two values as integers in two's complement, in the low bits of their lanes. */
// @ts-ignore: decorator
@inline
function whole(values: usize): v128 {
  return f64x2.add(v128.load(values), f64x2.splat(MAGIC));
}

/** The low 16 bits of four values, in the low half. */
// @ts-ignore: decorator
@inline
function lowWords(values: usize): v128 {
  return i8x16.shuffle(whole(values), whole(values + 16), 0, 1, 8, 9, 16, 17, 24, 25, 0, 1, 8, 9, 16, 17, 24, 25);
}

/** The low bytes of eight values, in the low half. */
// @ts-ignore: decorator
@inline
function lowBytes(values: usize): v128 {
  return i8x16.shuffle(lowWords(values), lowWords(values + 32), 0, 2, 4, 6, 16, 18, 20, 22, 0, 2, 4, 6, 16, 18, 20, 22);
}

/** i32 codes into elements of 1 or 2 bytes; `to` may be `codes`. */
export function narrowCodes(codes: usize, count: i32, to: usize, bytes: i32): void {
  const end = codes + (<usize>count << 2);
  if (bytes == 1) for (; codes < end; codes += 4, to += 1) store<u8>(to, load<u8>(codes));
  else for (; codes < end; codes += 4, to += 2) store<u16>(to, load<u16>(codes));
}

/** Codes of 1, 2 or 4 bytes into i32, each counted in counts (i32 per level). */
export function widenCodes(codes: usize, count: i32, bytes: i32, to: usize, counts: usize): void {
  for (const end = to + (<usize>count << 2); to < end; to += 4, codes += bytes) {
    const code = bytes == 1 ? <u32>load<u8>(codes) : bytes == 2 ? <u32>load<u16>(codes) : load<u32>(codes);
    store<u32>(to, code);
    const at = counts + (<usize>code << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}
