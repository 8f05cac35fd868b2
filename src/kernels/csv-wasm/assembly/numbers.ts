// Cells -> doubles: twin of parseNumber in core/io/text/parse-number.ts for numbers of at most 16 digits and one decimal sign.
// Sixteen bytes at a time: the cell is right-aligned in a vector, its decimal sign is shuffled out, digits are joined in pairs.
// A mantissa up to 2^53 over a power of ten up to 22 is correctly rounded (Clinger 1990); all else is missing or odd.
import { joinDigits, parseLong, scaled } from './long-number';
import { bump, countWord, EMPTY, markMissing, ODD, wordOf } from './words';

/** 16 bytes of zeros, then of ones: loading at `n` masks the last n lanes in. */
const masks = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], 16);
const powers = memory.data<f64>([1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22]);
const MOST: u64 = 9007199254740991;

export function numbers(window: usize, starts: usize, ends: usize, stride: usize, rows: i32, values: usize, bits: usize, odd: usize, decimal: u32, words: usize, counts: usize, fives: usize): void {
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (let row = 0; row < rows; row++, starts += stride, ends += stride, values += 8) {
    const at = window + <usize>load<u32>(starts);
    const end = window + <usize>load<u32>(ends);
    if (at == end) {
      store<f64>(values, 0);
      markMissing(counts, bits, row);
      bump(counts, EMPTY);
      continue;
    }
    const sign = <u32>load<u8>(at);
    if (end - at == 1 && sign - 48 <= 9) {
      store<f64>(values, <f64>(sign - 48));
      continue;
    }
    const isNegative = sign == 45;
    const first = at + usize(isNegative || sign == 43);
    const length = end - first;
    if (length - 1 < 8) {
      const digits = (load<u64>(end - 8) ^ 0x3030303030303030) & (<u64>-1 << ((8 - <u64>length) << 3));
      const others = ((digits + 0x7676767676767676) | digits) & 0x8080808080808080;
      const hasZero = load<u8>(first) == 48;
      if (others == 0) {
        if ((i32(length == 1) | i32(!hasZero)) != 0) {
          store<f64>(values, signed(joinDigits(digits), isNegative));
          continue;
        }
      } else if ((others & (others - 1)) == 0) {
        const bit = <u64>ctz(others) - 7;
        const before = (bit >> 3) + length - 8;
        if ((i32((digits >> bit & 255) == (decimal ^ 48)) & i32(length > 1) & (i32(before <= 1) | i32(!hasZero))) != 0) {
          const below = (<u64>1 << bit) - 1;
          const mantissa = joinDigits((digits & ~(below << 8 | 255)) | (digits & below) << 8);
          store<f64>(values, signed(mantissa, isNegative) / load<f64>(powers + (<usize>(56 - bit))));
          continue;
        }
      }
    } else if (length - 1 < 16) {
      const all = i8x16.sub(v128.load(end - 16), i8x16.splat(48));
      let digits = v128.and(all, v128.load(masks + length));
      const others = i8x16.bitmask(i8x16.gt_u(digits, i8x16.splat(9)));
      if (others == 0) {
        const whole = joined(digits);
        if ((i32(whole <= MOST) & (i32(length == 1) | i32(load<u8>(first) != 48))) != 0) {
          store<f64>(values, signed(whole, isNegative));
          continue;
        }
      } else if ((others & (others - 1)) == 0) {
        const k = <usize>ctz(others);
        const before = k + length - 16;
        if ((i32(load<u8>(end - 16 + k) == decimal) & i32(length > 1) & (i32(before <= 1) | i32(load<u8>(first) != 48))) != 0) {
          const up = i8x16.add(lanes, i8x16.gt_s(i8x16.splat(<i8>(k + 1)), lanes));
          digits = i8x16.swizzle(digits, up);
          const mantissa = joined(digits);
          if (mantissa <= MOST) {
            store<f64>(values, signed(mantissa, isNegative) / load<f64>(powers + ((15 - k) << 3)));
            continue;
          }
        }
      }
    }
    const long = length - 17 < 4 ? parseMiddle(at, first, end, isNegative, decimal, fives) : parseLong(at, end, decimal, fives);
    if (long == long) {
      store<f64>(values, long);
      continue;
    }
    store<f64>(values, 0);
    const word = wordOf(words, at, end);
    if (word >= 0) {
      countWord(counts, word);
      markMissing(counts, bits, row);
    } else {
      store<i32>(odd + (<usize>load<u32>(counts, ODD) << 2), row);
      bump(counts, ODD);
    }
  }
}

/** As parseLong, for 17 to 20 characters of which one is the decimal sign: up to four digits before sixteen. */
function parseMiddle(at: usize, first: usize, end: usize, isNegative: bool, decimal: u32, fives: usize): f64 {
  const length = end - first;
  let head = (load<u64>(end - 24) ^ 0x3030303030303030) & (<u64>-1 << ((24 - <u64>length) << 3));
  let tail = i8x16.sub(v128.load(end - 16), i8x16.splat(48));
  const headSigns = ((head + 0x7676767676767676) | head) & 0x8080808080808080;
  const tailSigns = i8x16.bitmask(i8x16.gt_u(tail, i8x16.splat(9)));
  let behind: usize;
  if (headSigns == 0 && tailSigns != 0 && (tailSigns & (tailSigns - 1)) == 0) {
    const k = <usize>ctz(tailSigns);
    if (load<u8>(end - 16 + k) != decimal) return parseLong(at, end, decimal, fives);
    const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    tail = i8x16.swizzle(tail, i8x16.add(lanes, i8x16.gt_s(i8x16.splat(<i8>(k + 1)), lanes)));
    tail = i8x16.replace_lane(tail, 0, <i8>(head >> 56));
    head <<= 8;
    behind = 15 - k;
  } else if (tailSigns == 0 && headSigns != 0 && (headSigns & (headSigns - 1)) == 0) {
    const bit = <u64>ctz(headSigns) - 7;
    if ((head >> bit & 255) != (decimal ^ 48)) return parseLong(at, end, decimal, fives);
    const below = (<u64>1 << bit) - 1;
    head = (head & ~(below << 8 | 255)) | (head & below) << 8;
    behind = 16 + <usize>((56 - bit) >> 3);
  } else return parseLong(at, end, decimal, fives);
  if (length - behind > 2 && load<u8>(first) == 48) return NaN;
  const mantissa = joinDigits(head) * 10000000000000000 + joined(tail);
  if (mantissa <= MOST) return signed(mantissa, isNegative) / load<f64>(powers + (behind << 3));
  const value = scaled(mantissa, -<i32>behind, fives);
  return isNegative ? -value : value;
}

/** An integer with its sign, without a branch: signs are hard to foretell. There is no negative zero. */
// @ts-ignore: decorator
@inline
function signed(mantissa: u64, isNegative: bool): f64 {
  const sign = <i64>isNegative;
  return <f64>((<i64>mantissa ^ -sign) + sign);
}

/** Sixteen digits, one a lane -> their number. */
// @ts-ignore: decorator
@inline
function joined(digits: v128): u64 {
  const twos = i16x8.add(i16x8.mul(v128.and(digits, i16x8.splat(255)), i16x8.splat(10)), i16x8.shr_u(digits, 8));
  const fours = i32x4.dot_i16x8_s(twos, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(fours, fours), i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  return <u64>i32x4.extract_lane(eights, 0) * 100000000 + <u64>i32x4.extract_lane(eights, 1);
}
