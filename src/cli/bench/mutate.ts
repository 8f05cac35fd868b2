// Random damage to a file, for fuzzing readers: the same seed gives the same damage. Kinds after AFL's havoc stage: bit
// flips, telling bytes and lengths, spans taken out, doubled, moved or taken from another file, cuts.
import { sequence, type Random } from '../../core/base/random.ts';

const tellingBytes = [0, 1, 0x0a, 0x0d, 0x20, 0x22, 0x27, 0x2c, 0x3b, 0x5c, 0x7f, 0x80, 0xbf, 0xc3, 0xef, 0xff];
const tellingLengths = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
const limit = 1 << 20;

/** One to six changes to a copy of `bytes`; `other` gives spans from another file. */
export function mutate(bytes: Uint8Array, other: Uint8Array, seed: number): Uint8Array {
  const random = sequence(seed, 'mutate');
  let out: Uint8Array = Uint8Array.from(bytes);
  for (let left = 1 + random.below(6); left > 0; left--) out = change(out, other, random);
  return out;
}

function change(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const at = random.below(Math.max(1, bytes.length));
  const span = 1 + random.below(Math.min(64, bytes.length || 1));
  switch (random.below(8)) {
    case 0:
      if (bytes.length) bytes[at] ^= 1 << random.below(8);
      return bytes;
    case 1:
      if (bytes.length) bytes[at] = tellingBytes[random.below(tellingBytes.length)];
      return bytes;
    case 2: {
      const value = tellingLengths[random.below(tellingLengths.length)];
      for (let i = 0; i < 4 && at + i < bytes.length; i++) bytes[at + i] = (value >>> (8 * i)) & 255;
      return bytes;
    }
    case 3:
      return join(bytes.subarray(0, at), bytes.subarray(at + span));
    case 4:
      return join(bytes.subarray(0, at), bytes.subarray(at, at + span), bytes.subarray(at));
    case 5:
      return bytes.slice(0, at);
    case 6: {
      const from = random.below(Math.max(1, other.length));
      return join(bytes.subarray(0, at), other.subarray(from, from + span), bytes.subarray(at));
    }
    default: {
      const to = random.below(Math.max(1, bytes.length));
      bytes.copyWithin(to, at, at + span);
      return bytes;
    }
  }
}

function join(...parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(Math.min(limit, parts.reduce((sum, part) => sum + part.length, 0)));
  let at = 0;
  for (const part of parts) {
    const fits = part.subarray(0, out.length - at);
    out.set(fits, at);
    at += fits.length;
  }
  return out;
}
