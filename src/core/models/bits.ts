// Small whole numbers side by side in bytes, lowest bit first: what makes a stored tree small.
// The writer pads the last byte with zeros; the reader never looks beyond the bytes and says when they are spent.

/** Most bits of one number. */
export const mostBits = 24;

/** Bits that tell `count` numbers from 0 apart: none for one. */
export const bitsFor = (count: number): number => (count > 1 ? 32 - Math.clz32(count - 1) : 0);

export class BitWriter {
  private readonly bytes: number[] = [];
  private length = 0;

  /** Appends the lowest `bits` (at most mostBits) of a whole number from 0. */
  write(value: number, bits: number): void {
    for (let done = 0; done < bits;) {
      const free = 8 - (this.length & 7);
      if (free === 8) this.bytes.push(0);
      const take = Math.min(free, bits - done);
      this.bytes[this.bytes.length - 1] |= ((value >>> done) & ((1 << take) - 1)) << (8 - free);
      this.length += take;
      done += take;
    }
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

export class BitReader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The next number of `bits` (at most mostBits) bits, or -1 when there are not so many. */
  read(bits: number): number {
    const { bytes, at } = this;
    if (at + bits > 8 * bytes.length) return -1;
    const b = at >>> 3;
    this.at = at + bits;
    return ((bytes[b] | (bytes[b + 1] << 8) | (bytes[b + 2] << 16) | (bytes[b + 3] << 24)) >>> (at & 7)) & ((1 << bits) - 1);
  }

  /** True when only the zeros of the last byte's padding are left. */
  isSpent(): boolean {
    return this.at > 8 * (this.bytes.length - 1) && (this.bytes.length === 0 || this.bytes[this.bytes.length - 1] >>> ((this.at - 1) & 7) >>> 1 === 0);
  }
}
