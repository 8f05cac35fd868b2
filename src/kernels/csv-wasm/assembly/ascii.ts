// Whether bytes are all ASCII: 64 at a time, their highest bits together.

/** 1 when no byte of [at, end) has its highest bit set; up to 63 bytes behind the end are read as well and must be ASCII. */
export function isAscii(at: usize, end: usize): i32 {
  let all = i8x16.splat(0);
  for (; at < end; at += 64) all = v128.or(all, v128.or(v128.or(v128.load(at), v128.load(at, 16)), v128.or(v128.load(at, 32), v128.load(at, 48))));
  return i32(i8x16.bitmask(all) == 0);
}
