// Which texts may lie within one or two edits of another, without comparing all pairs: two texts within d edits share a
// text that both become when at most d letters are left out (SymSpell, W. Garbe 2012). Only hashes of those are kept, so
// a candidate is a suspicion that the caller checks. Two letters are left out of texts of up to 24; longer ones lose one.
import { mix32 } from '../base/random.ts';

const MOST_TWICE = 24;

/** For each text, by index, the other texts that share a shortened form with it, each once, in no order. `edits` says how many letters a text of that length may lose (0 = it is not compared). */
export function deletionIndex(texts: readonly string[], edits: (length: number) => number): (index: number) => Iterable<number> {
  const size = texts.reduce((n, text) => n + formsOf(text, edits), 0);
  const slots = 1 << Math.max(4, Math.min(24, 33 - Math.clz32(size)));
  const heads = new Int32Array(slots).fill(-1);
  const next = new Int32Array(size);
  const hashes = new Uint32Array(size);
  const owners = new Int32Array(size);
  const starts = new Int32Array(texts.length + 1);
  let n = 0;
  texts.forEach((text, index) => {
    starts[index] = n;
    shortened(text, edits, (hash) => {
      const slot = hash & (slots - 1);
      hashes[n] = hash;
      owners[n] = index;
      next[n] = heads[slot];
      heads[slot] = n++;
    });
  });
  starts[texts.length] = n;
  const seenBy = new Int32Array(texts.length).fill(-1);
  return (index) => {
    const found: number[] = [];
    seenBy[index] = index;
    for (let k = starts[index]; k < starts[index + 1]; k++) {
      for (let e = heads[hashes[k] & (slots - 1)]; e >= 0; e = next[e]) {
        if (hashes[e] !== hashes[k] || seenBy[owners[e]] === index) continue;
        seenBy[owners[e]] = index;
        found.push(owners[e]);
      }
    }
    return found;
  };
}

function depthOf(text: string, edits: (length: number) => number): number {
  return Math.min(edits(text.length + 1), text.length > MOST_TWICE ? 1 : 2);
}
function formsOf(text: string, edits: (length: number) => number): number {
  const d = depthOf(text, edits);
  const l = text.length;
  return d === 0 ? 0 : d === 1 ? 1 + l : 1 + l + (l * (l - 1)) / 2;
}

/** Hashes of the text with 0, 1 and 2 letters left out: h = h * B + letter over what stays, from sums over the text's parts. */
function shortened(text: string, edits: (length: number) => number, emit: (hash: number) => void): void {
  const d = depthOf(text, edits);
  if (d === 0) return;
  const l = text.length;
  const prefix = new Int32Array(l + 1);
  const power = new Int32Array(l + 1);
  power[0] = 1;
  for (let i = 0; i < l; i++) {
    prefix[i + 1] = (Math.imul(prefix[i], BASE) + text.charCodeAt(i) + 1) | 0;
    power[i + 1] = Math.imul(power[i], BASE);
  }
  const span = (from: number, to: number): number => (prefix[to] - Math.imul(prefix[from], power[to - from])) | 0;
  emit(mix32(prefix[l]));
  for (let i = 0; i < l; i++) {
    const behind = span(i + 1, l);
    emit(mix32((Math.imul(prefix[i], power[l - i - 1]) + behind) | 0));
    if (d < 2) continue;
    for (let j = i + 1; j < l; j++) {
      const middle = (Math.imul(prefix[i], power[j - i - 1]) + span(i + 1, j)) | 0;
      emit(mix32((Math.imul(middle, power[l - j - 1]) + span(j + 1, l)) | 0));
    }
  }
}
const BASE = 0x01000193;
