// Dates and times with the year in front -> milliseconds since 1970: twin of parseTime in core/io/text/parse-time.ts for
// 2020-04-03 and 2020/04/03, alone or with T or a space, hh:mm[:ss[.fff]] and Z or +hh:mm. All else is missing or odd.
// facts: i32 finest unit (0 day, 1 second, 2 ms), times with a zone, times at all.
import { bump, countWord, EMPTY, markMissing, ODD, wordOf } from './words';

export function times(window: usize, starts: usize, ends: usize, stride: usize, rows: i32, values: usize, bits: usize, odd: usize, words: usize, counts: usize, facts: usize): void {
  let unit = load<i32>(facts);
  let zoned = load<i32>(facts, 4);
  let present = load<i32>(facts, 8);
  let lastDay: u64 = 0;
  let lastMs: f64 = NaN;
  for (let row = 0; row < rows; row++, starts += stride, ends += stride, values += 8) {
    const at = window + <usize>load<u32>(starts);
    const end = window + <usize>load<u32>(ends);
    const length = end - at;
    if (length == 0) {
      store<f64>(values, 0);
      markMissing(counts, bits, row);
      bump(counts, EMPTY);
      continue;
    }
    if (length >= 10 && length <= 35) {
      const eight = load<u64>(at);
      let date = lastMs;
      if (eight != lastDay || load<u16>(at, 8) != lastTail) {
        date = dateOf(at);
        lastDay = eight;
        lastTail = load<u16>(at, 8);
        lastMs = date;
      }
      if (date == date) {
        if (length == 10) {
          store<f64>(values, date);
          present++;
          continue;
        }
        if (length == 16 || length == 19) {
          const text = length == 19 ? load<u64>(at, 11) : load<u64>(at, 8) >> 24 | 0x30303a0000000000;
          const clock = text ^ 0x30303a30303a3030;
          const seconds = secondsOf(clock);
          const gap = load<u8>(at, 10);
          if ((((clock + 0x76767f76767f7676) | clock) & 0x8080808080808080) == 0 && seconds >= 0 && (gap == 32 || (gap | 32) == 116)) {
            store<f64>(values, date + <f64>(seconds * 1000));
            unit = max(unit, 1);
            present++;
            continue;
          }
        }
        let stop = end;
        let offset = 0;
        if ((load<u8>(end - 1) | 32) == 122) stop--;
        else if (length >= 22 && load<u8>(end - 3) == 58 && (load<u8>(end - 6) == 43 || load<u8>(end - 6) == 45)) {
          stop -= 6;
          const hours = two(stop + 1);
          const minutes = two(stop + 4);
          offset = hours <= 14 && minutes < 60 ? <i32>(hours * 60 + minutes) * 60000 : i32.MAX_VALUE;
          if (load<u8>(stop) == 45 && offset != i32.MAX_VALUE) offset = -offset;
        }
        const ms = offset == i32.MAX_VALUE ? -1 : timeOf(at + 10, stop);
        if (ms >= 0) {
          unit = max(unit, stop - at > 19 ? 2 : 1);
          zoned += i32(stop != end);
          store<f64>(values, date + <f64>(ms - offset));
          present++;
          continue;
        }
      }
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
  store<i32>(facts, unit);
  store<i32>(facts, zoned, 4);
  store<i32>(facts, present, 8);
}

let lastTail: u16 = 0;

/** Two digits at `at`, or something above 99. */
// @ts-ignore: decorator
@inline
function two(at: usize): u32 {
  const both = <u32>load<u16>(at) - 0x3030;
  const tens = both & 255;
  const ones = both >> 8;
  return (i32(tens <= 9) & i32(ones <= 9)) != 0 ? tens * 10 + ones : 1000;
}

/** Seconds of the day from the bytes hh:mm:ss less their template, or -1 when there are none such. */
// @ts-ignore: decorator
@inline
function secondsOf(clock: u64): i32 {
  const hour = <i32>(clock & 15) * 10 + <i32>(clock >> 8 & 15);
  const minute = <i32>(clock >> 24 & 15) * 10 + <i32>(clock >> 32 & 15);
  const second = <i32>(clock >> 48 & 15) * 10 + <i32>(clock >> 56);
  return (i32(hour < 24) & i32(minute < 60) & i32(second < 60)) != 0 ? (hour * 60 + minute) * 60 + second : -1;
}

/** yyyy-mm-dd or yyyy/mm/dd in ten bytes; NaN when it is no day. After Howard Hinnant's days_from_civil. */
function dateOf(at: usize): f64 {
  const high = two(at);
  const low = two(at + 2);
  const separator = load<u8>(at, 4);
  const month = two(at + 5);
  const day = two(at + 8);
  if (high > 99 || low > 99 || (separator != 45 && separator != 47) || load<u8>(at, 7) != separator) return NaN;
  if (month - 1 > 11 || day - 1 > 30) return NaN;
  const year = high * 100 + low;
  if (day > 28 && day > daysOf(year, month)) return NaN;
  const y = <i32>year - i32(month <= 2);
  const era = (y >= 0 ? y : y - 399) / 400;
  const yoe = y - era * 400;
  const doy = (153 * (<i32>month + (month > 2 ? -3 : 9)) + 2) / 5 + <i32>day - 1;
  const doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return <f64>(era * 146097 + doe - 719468) * 86400000;
}

function daysOf(year: u32, month: u32): u32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** [T ]hh:mm[:ss[.f{1,3}]] -> ms of the day, or -1. */
function timeOf(at: usize, end: usize): i32 {
  const length = end - at;
  const gap = load<u8>(at);
  if (gap != 32 && gap != 84 && gap != 116) return -1;
  if (length != 6 && length != 9 && length < 11) return -1;
  const hour = two(at + 1);
  const minute = two(at + 4);
  if (hour > 23 || minute > 59 || load<u8>(at, 3) != 58) return -1;
  let ms = <i32>((hour * 60 + minute) * 60000);
  if (length == 6) return ms;
  const second = two(at + 7);
  if (second > 59 || load<u8>(at, 6) != 58) return -1;
  ms += <i32>second * 1000;
  if (length == 9) return ms;
  const point = load<u8>(at, 9);
  if (point != 46 && point != 44) return -1;
  let scale = 100;
  for (let digit = at + 10; digit < end; digit++, scale /= 10) {
    const d = <u32>load<u8>(digit) - 48;
    if (d > 9) return -1;
    ms += <i32>d * scale;
  }
  return ms;
}
