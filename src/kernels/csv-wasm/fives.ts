// The 128 leading bits of 5^q for q from -64 to 64, high word first: the table of Lemire's number parsing (see
// assembly/long-number.ts). Powers below zero are rounded up, the others down, as its proof demands.
const REACH = 64;

export function makeFives(): BigUint64Array {
  const out = new BigUint64Array((2 * REACH + 1) * 2);
  for (let q = -REACH; q <= REACH; q++) {
    const leading = q < 0 ? reciprocal(5n ** BigInt(-q), q) : shifted(5n ** BigInt(q));
    out[(q + REACH) * 2] = leading >> 64n;
    out[(q + REACH) * 2 + 1] = BigInt.asUintN(64, leading);
  }
  return out;
}

function shifted(power: bigint): bigint {
  const bits = power.toString(2).length;
  return bits <= 128 ? power << BigInt(128 - bits) : power >> BigInt(bits - 128);
}

function reciprocal(power: bigint, q: number): bigint {
  const bits = BigInt(power.toString(2).length);
  if (q >= -27) return (1n << (bits + 127n)) / power + 1n;
  const wide = (1n << (2n * bits + 128n)) / power + 1n;
  return wide >> BigInt(wide.toString(2).length - 128);
}
