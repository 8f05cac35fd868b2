// Numbers of more than 16 characters or with an exponent: up to 19 digits as an integer times a power of ten.
// Correctly rounded: by Clinger's fast path, else by Lemire's method (Number parsing at a gigabyte per second, 2021) with a table
// of 128-bit powers of five for exponents -64 to 64 (fives.ts makes it). NaN = not a number, or one for the reference.

const powers = memory.data<f64>([1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22]);
const tens = memory.data<u64>([1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000]);
const MOST: u64 = 9007199254740991;
const REACH: i32 = 64;

export function parseLong(at: usize, end: usize, decimal: u32, fives: usize): f64 {
  if (end - at > 64) return NaN;
  let c: u32 = load<u8>(at);
  const isNegative = c == 45;
  if (isNegative || c == 43) at++;
  const first = at;
  let mantissa: u64 = 0;
  let digits = 0;
  let d: u32 = 0;
  while (at < end && (d = <u32>load<u8>(at) - 48) <= 9) {
    mantissa = mantissa * 10 + d;
    digits += i32(mantissa != 0);
    at++;
  }
  const whole = <i32>(at - first);
  if (whole > 1 && load<u8>(first) == 48) return NaN;
  let exponent = 0;
  let isInteger = true;
  if (at < end && load<u8>(at) == decimal) {
    isInteger = false;
    const point = ++at;
    while (at < end && digits <= 11) {
      const count = min<usize>(end - at, 8);
      const eight = (load<u64>(at) ^ 0x3030303030303030) << ((8 - <u64>count) << 3);
      if ((((eight + 0x7676767676767676) | eight) & 0x8080808080808080) != 0) break;
      const value = joinDigits(eight);
      digits = mantissa != 0 ? digits + <i32>count : value != 0 ? <i32>count : 0;
      mantissa = mantissa * load<u64>(tens + (count << 3)) + value;
      at += count;
    }
    while (at < end && (d = <u32>load<u8>(at) - 48) <= 9) {
      mantissa = mantissa * 10 + d;
      digits += i32(mantissa != 0);
      at++;
    }
    exponent = <i32>(point - at);
    if (whole + <i32>(at - point) == 0) return NaN;
  } else if (whole == 0) return NaN;
  if (at < end) {
    if ((load<u8>(at) | 32) != 101) return NaN;
    isInteger = false;
    c = ++at < end ? load<u8>(at) : 0;
    const isSmall = c == 45;
    if (isSmall || c == 43) at++;
    const start = at;
    let power = 0;
    while (at < end && (d = <u32>load<u8>(at) - 48) <= 9 && at - start < 4) {
      power = power * 10 + d;
      at++;
    }
    if (at == start || at < end) return NaN;
    exponent += isSmall ? -power : power;
  }
  if (digits > 19 || (isInteger && mantissa > MOST)) return NaN;
  let value: f64 = 0;
  if (mantissa == 0) return 0;
  if (mantissa <= MOST && exponent >= -22 && exponent <= 22) {
    const power = load<f64>(powers + (<usize>abs(exponent) << 3));
    value = exponent < 0 ? <f64><i64>mantissa / power : <f64><i64>mantissa * power;
  } else if (exponent >= -REACH && exponent <= REACH) value = scaled(mantissa, exponent, fives);
  else return NaN;
  return isNegative ? -value : value;
}

/** mantissa x 10^q; both within the table's reach, so the result is a normal double. */
export function scaled(mantissa: u64, q: i32, fives: usize): f64 {
  const zeros = <i32>clz(mantissa);
  const w = mantissa << zeros;
  const entry = fives + (<usize>(q + REACH) << 4);
  const five = load<u64>(entry);
  let low = w * five;
  let high = multiplyHigh(w, five);
  if ((high & 0x1ff) == 0x1ff) {
    const more = multiplyHigh(w, load<u64>(entry, 8));
    low += more;
    if (more > low) high++;
  }
  const upper = <i32>(high >> 63);
  let bits = high >> (upper + 9);
  let power = ((217706 * q) >> 16) + 63 + upper - zeros + 1023;
  if (low <= 1 && q >= -4 && q <= 23 && (bits & 3) == 1 && bits << (upper + 9) == high) bits &= ~1;
  bits += bits & 1;
  bits >>= 1;
  if (bits >= <u64>2 << 52) {
    bits = <u64>1 << 52;
    power++;
  }
  return reinterpret<f64>((bits & ~(<u64>1 << 52)) | (<u64>power << 52));
}

// @ts-ignore: decorator
@inline
function multiplyHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff, a1 = a >> 32, b0 = b & 0xffffffff, b1 = b >> 32;
  const cross = a0 * b1;
  const middle = a1 * b0 + ((a0 * b0) >> 32) + (cross & 0xffffffff);
  return a1 * b1 + (middle >> 32) + (cross >> 32);
}

/** Eight digits (0 to 9, not their characters), the first in the lowest byte -> their number. */
// @ts-ignore: decorator
@inline
export function joinDigits(eight: u64): u64 {
  eight = eight * 2561 >> 8;
  eight = (eight & 0x00ff00ff00ff00ff) * 6553601 >> 16;
  return (eight & 0x0000ffff0000ffff) * 42949672960001 >> 32;
}
