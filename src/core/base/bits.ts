// A packed mask: bit i of a Uint8Array, least significant first, as in Arrow's validity bitmaps (but 1 means set here).
// Used for "missing": bit set = value missing. A null mask means no bit is set.
export type Bits = Uint8Array;

/** A cleared mask for n bits. */
export const makeBits = (n: number): Bits => new Uint8Array((n + 7) >> 3);
export const getBit = (bits: Bits, i: number): boolean => (bits[i >> 3] & (1 << (i & 7))) !== 0;
export const setBit = (bits: Bits, i: number): void => {
  bits[i >> 3] |= 1 << (i & 7);
};

/** The number of set bits among the first n. */
export function countBits(bits: Bits | null, n: number): number {
  if (!bits) return 0;
  let count = 0;
  const whole = n >> 3;
  for (let i = 0; i < whole; i++) {
    let b = bits[i];
    b -= (b >> 1) & 0x55;
    b = (b & 0x33) + ((b >> 2) & 0x33);
    count += (b + (b >> 4)) & 0x0f;
  }
  for (let i = whole << 3; i < n; i++) if (getBit(bits, i)) count++;
  return count;
}
