// Trees of up to 256 leaves without branches, 64 rows at once: the leaf of a row is the first that no node has struck out.
// A node that sends a row right strikes out the leaves of its left subtree (Lucchese et al., "QuickScorer", SIGIR 2015; by the
// byte as in Ye et al., "RapidScorer", KDD 2018). Here a tree is gone through byte by byte of its leaves, last first, so all state
// is in registers: for every byte the nodes whose left subtree has a leaf in it.
//   program   for each byte: u16 nodes with a cut, u16 nodes with a set; then 4 bytes a cut: u16 slot, i8 cut - 128, u8 leaves struck
//             out; then 36 bytes a set: u16 slot, u8 0, u8 leaves struck out, a bit for each of 256 groups

/** Doubles at sums (64 of them) += the leaves that 64 rows reach. ranks: 64 bytes a slot. spare: 64 bytes. */
export function addSixtyFour(program: usize, bytes: i32, leaves: usize, ranks: usize, sums: usize, spare: usize): void {
  let at = program;
  let found0 = i8x16.splat(0);
  let found1 = found0;
  let found2 = found0;
  let found3 = found0;
  let base0 = found0;
  let base1 = found0;
  let base2 = found0;
  let base3 = found0;
  for (let byte = bytes - 1; byte >= 0; byte--) {
    let v0 = i8x16.splat(-1);
    let v1 = v0;
    let v2 = v0;
    let v3 = v0;
    const head = load<u32>(at);
    at += 4;
    const end = at + (<usize>(head & 0xffff) << 2);
    for (; at < end; at += 4) {
      const r = ranks + (<usize>load<u16>(at) << 6);
      const cut = v128.load_splat<u8>(at, 2);
      const struck = v128.load_splat<u8>(at, 3);
      v0 = v128.andnot(v0, v128.and(i8x16.gt_s(v128.load(r), cut), struck));
      v1 = v128.andnot(v1, v128.and(i8x16.gt_s(v128.load(r, 16), cut), struck));
      v2 = v128.andnot(v2, v128.and(i8x16.gt_s(v128.load(r, 32), cut), struck));
      v3 = v128.andnot(v3, v128.and(i8x16.gt_s(v128.load(r, 48), cut), struck));
    }
    for (let set = head >>> 16; set > 0; set--) {
      const r = ranks + (<usize>load<u16>(at) << 6);
      const struck = v128.load_splat<u8>(at, 3);
      const low = v128.load(at, 4);
      const high = v128.load(at, 20);
      v0 = v128.andnot(v0, v128.and(isOutside(v128.load(r), low, high), struck));
      v1 = v128.andnot(v1, v128.and(isOutside(v128.load(r, 16), low, high), struck));
      v2 = v128.andnot(v2, v128.and(isOutside(v128.load(r, 32), low, high), struck));
      v3 = v128.andnot(v3, v128.and(isOutside(v128.load(r, 48), low, high), struck));
      at += 36;
    }
    const first = i8x16.splat(<i8>(byte << 3));
    const none = i8x16.splat(0);
    const n0 = i8x16.eq(v0, none);
    const n1 = i8x16.eq(v1, none);
    const n2 = i8x16.eq(v2, none);
    const n3 = i8x16.eq(v3, none);
    found0 = v128.bitselect(found0, v0, n0);
    found1 = v128.bitselect(found1, v1, n1);
    found2 = v128.bitselect(found2, v2, n2);
    found3 = v128.bitselect(found3, v3, n3);
    base0 = v128.bitselect(base0, first, n0);
    base1 = v128.bitselect(base1, first, n1);
    base2 = v128.bitselect(base2, first, n2);
    base3 = v128.bitselect(base3, first, n3);
  }
  v128.store(spare, i8x16.add(base0, firstBit(found0)));
  v128.store(spare, i8x16.add(base1, firstBit(found1)), 16);
  v128.store(spare, i8x16.add(base2, firstBit(found2)), 32);
  v128.store(spare, i8x16.add(base3, firstBit(found3)), 48);
  for (let i: usize = 0; i < 64; i += 8) {
    const eight = load<u64>(spare + i);
    const to = sums + (i << 3);
    add(to, leaves, <usize>(eight & 0xff), <usize>((eight >> 8) & 0xff));
    add(to + 16, leaves, <usize>((eight >> 16) & 0xff), <usize>((eight >> 24) & 0xff));
    add(to + 32, leaves, <usize>((eight >> 32) & 0xff), <usize>((eight >> 40) & 0xff));
    add(to + 48, leaves, <usize>((eight >> 48) & 0xff), <usize>(eight >> 56));
  }
}

/** As addSixtyFour for the 16 rows from there on: ranks, sums and spare are those of the first. */
export function addSixteen(program: usize, bytes: i32, leaves: usize, ranks: usize, sums: usize, spare: usize): void {
  let at = program;
  let found = i8x16.splat(0);
  let base = found;
  for (let byte = bytes - 1; byte >= 0; byte--) {
    let v = i8x16.splat(-1);
    const head = load<u32>(at);
    at += 4;
    const end = at + (<usize>(head & 0xffff) << 2);
    for (; at < end; at += 4) v = v128.andnot(v, v128.and(i8x16.gt_s(v128.load(ranks + (<usize>load<u16>(at) << 6)), v128.load_splat<u8>(at, 2)), v128.load_splat<u8>(at, 3)));
    for (let set = head >>> 16; set > 0; set--) {
      v = v128.andnot(v, v128.and(isOutside(v128.load(ranks + (<usize>load<u16>(at) << 6)), v128.load(at, 4), v128.load(at, 20)), v128.load_splat<u8>(at, 3)));
      at += 36;
    }
    const none = i8x16.eq(v, i8x16.splat(0));
    found = v128.bitselect(found, v, none);
    base = v128.bitselect(base, i8x16.splat(<i8>(byte << 3)), none);
  }
  v128.store(spare, i8x16.add(base, firstBit(found)));
  for (let i: usize = 0; i < 16; i += 2) add(sums + (i << 3), leaves, <usize>load<u8>(spare + i), <usize>load<u8>(spare + i, 1));
}

// @ts-ignore: decorator
@inline
function add(to: usize, leaves: usize, a: usize, b: usize): void {
  const pair = v128.load64_lane(leaves + (b << 3), v128.load64_zero(leaves + (a << 3)), 1);
  v128.store(to, f64x2.add(v128.load(to), pair));
}

/** The number of the lowest bit that is set, in each byte. */
// @ts-ignore: decorator
@inline
function firstBit(v: v128): v128 {
  const one = v128.and(v, i8x16.neg(v));
  const nibble = i8x16.splat(15);
  const low = i8x16.swizzle(i8x16(0, 0, 1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0), v128.and(one, nibble));
  const high = i8x16.swizzle(i8x16(0, 4, 5, 0, 6, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0), v128.and(i16x8.shr_u(one, 4), nibble));
  return v128.or(low, high);
}

/** All ones where the group's bit is not set in the 256 bits low, high. */
// @ts-ignore: decorator
@inline
function isOutside(group: v128, low: v128, high: v128): v128 {
  const place = v128.and(i16x8.shr_u(group, 3), i8x16.splat(31));
  const word = v128.or(i8x16.swizzle(low, place), i8x16.swizzle(high, i8x16.sub(place, i8x16.splat(16))));
  const bit = i8x16.swizzle(i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0), v128.and(group, i8x16.splat(7)));
  return i8x16.eq(v128.and(word, bit), i8x16.splat(0));
}
