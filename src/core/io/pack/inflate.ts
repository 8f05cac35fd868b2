// DEFLATE (RFC 1951) in plain TypeScript, as a generator of chunks that returns where the stream ended. The platform's own
// DecompressionStream is faster and comes first; this one serves where that cannot: it does not tell where a member ends,
// so a gzip file of several members needs it. Every distance and code is checked; output leaves in pieces of ROOM bytes.
const WINDOW = 32768;
const ROOM = 1 << 20;
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

/** A full lookup: entry = symbol * 16 + code length, indexed by the next `bits` bits; 0 = no code. */
type Codes = { table: Uint16Array; bits: number };

/** The bytes of the stream that begins at `start`; returns the offset behind it. Throws Error on damage. */
export function* inflate(input: Uint8Array, start: number): Generator<Uint8Array, number> {
  const bits = makeBits(input, start);
  const out = new Uint8Array(WINDOW + ROOM + 258);
  let n = 0;
  let from = 0;
  const slide = (): Uint8Array => {
    const ready = out.slice(from, n);
    const keep = Math.min(n, WINDOW);
    out.copyWithin(0, n - keep, n);
    n = from = keep;
    return ready;
  };
  for (let isLast = false; !isLast; ) {
    isLast = bits.take(1) === 1;
    const kind = bits.take(2);
    if (kind === 3) throw new Error('it holds an unknown kind of block');
    if (kind === 0) {
      const stored = bits.stored();
      for (let at = 0; at < stored.length; ) {
        const take = Math.min(stored.length - at, WINDOW + ROOM - n);
        out.set(stored.subarray(at, at + take), n);
        n += take;
        at += take;
        if (n >= WINDOW + ROOM) yield slide();
      }
      continue;
    }
    const { literals, distances } = kind === 1 ? fixedCodes() : dynamicCodes(bits);
    for (;;) {
      const symbol = bits.symbol(literals);
      if (symbol < 256) out[n++] = symbol;
      else if (symbol === 256) break;
      else {
        if (symbol > 285) throw new Error('it holds an unknown length');
        let length = LENGTH_BASE[symbol - 257] + bits.take(LENGTH_EXTRA[symbol - 257]);
        const code = bits.symbol(distances);
        if (code > 29) throw new Error('it holds an unknown distance');
        const distance = DISTANCE_BASE[code] + bits.take(DISTANCE_EXTRA[code]);
        if (distance > n) throw new Error('it refers to bytes before its beginning');
        for (; length > 0; length--, n++) out[n] = out[n - distance];
      }
      if (n >= WINDOW + ROOM) yield slide();
    }
  }
  if (n > from) yield out.slice(from, n);
  return bits.end();
}

type BitReader = { take(count: number): number; symbol(codes: Codes): number; stored(): Uint8Array; end(): number };

function makeBits(input: Uint8Array, start: number): BitReader {
  let at = start;
  let hold = 0;
  let held = 0;
  const early = (): Error => new Error('it ends too early');
  const end = (): number => {
    at -= held >> 3;
    hold = held = 0;
    return at;
  };
  return {
    take(count) {
      while (held < count) {
        if (at >= input.length) throw early();
        hold |= input[at++] << held;
        held += 8;
      }
      const value = hold & ((1 << count) - 1);
      hold >>>= count;
      held -= count;
      return value;
    },
    symbol({ table, bits }) {
      while (held < bits && at < input.length) {
        hold |= input[at++] << held;
        held += 8;
      }
      const entry = table[hold & ((1 << bits) - 1)];
      const length = entry & 15;
      if (length === 0) throw new Error('it holds an unknown code');
      if (length > held) throw early();
      hold >>>= length;
      held -= length;
      return entry >> 4;
    },
    stored() {
      end();
      if (at + 4 > input.length) throw early();
      const length = input[at] | (input[at + 1] << 8);
      if ((length ^ 0xffff) !== (input[at + 2] | (input[at + 3] << 8))) throw new Error('a stored block contradicts itself');
      at += 4;
      if (at + length > input.length) throw early();
      at += length;
      return input.subarray(at - length, at);
    },
    end,
  };
}

function dynamicCodes(bits: BitReader): { literals: Codes; distances: Codes } {
  const literalCount = bits.take(5) + 257;
  const distanceCount = bits.take(5) + 1;
  const codeCount = bits.take(4) + 4;
  const codeLengths = new Uint8Array(19);
  for (let i = 0; i < codeCount; i++) codeLengths[ORDER[i]] = bits.take(3);
  const codes = makeCodes(codeLengths);
  const lengths = new Uint8Array(literalCount + distanceCount);
  for (let i = 0; i < lengths.length; ) {
    const symbol = bits.symbol(codes);
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) throw new Error('it repeats a length before the first');
    const value = symbol === 16 ? lengths[i - 1] : 0;
    const repeat = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
    if (i + repeat > lengths.length) throw new Error('it holds too many code lengths');
    lengths.fill(value, i, i + repeat);
    i += repeat;
  }
  return { literals: makeCodes(lengths.subarray(0, literalCount)), distances: makeCodes(lengths.subarray(literalCount)) };
}

function makeCodes(lengths: Uint8Array): Codes {
  const count = new Int32Array(16);
  for (const length of lengths) count[length]++;
  count[0] = 0;
  let bits = 15;
  while (bits > 1 && count[bits] === 0) bits--;
  const next = new Int32Array(17);
  for (let k = 1; k <= 15; k++) next[k + 1] = (next[k] + count[k]) << 1;
  if (next[bits] + count[bits] > 1 << bits) throw new Error('its codes contradict each other');
  const table = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol];
    if (length === 0) continue;
    let code = next[length]++;
    let reversed = 0;
    for (let k = 0; k < length; k++, code >>= 1) reversed = (reversed << 1) | (code & 1);
    for (let slot = reversed; slot < table.length; slot += 1 << length) table[slot] = (symbol << 4) | length;
  }
  return { table, bits };
}

let fixed: { literals: Codes; distances: Codes } | null = null;
function fixedCodes(): { literals: Codes; distances: Codes } {
  fixed ??= {
    literals: makeCodes(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
    distances: makeCodes(new Uint8Array(30).fill(5)),
  };
  return fixed;
}
