// Nominal features in a stored `trees` model: sets of codes that go left, as small as they get without loss.
// Codes that are in the same sets of a feature are one group, numbered by their first code; group 0 = codes in no set, and
// every code beyond the table. So a feature of 5,000 levels in 30 bins stores 30 groups, and a set is a bit for each.
// arrays, feature by feature of those asked (all four absent when every feature is a number):
//   groups   how many groups, group 0 among them; 0 = the feature is a number
//   levels   how many codes have a place in the table: 1 + the greatest code in any set
//   codes    bits: the group of each code;  sets   bits: for each of its `counts` sets, ascending, one for each group but 0
import { BarnacleError } from '../base/errors.ts';
import { bitsFor, BitReader, BitWriter } from './bits.ts';
import type { Model, ModelArray } from './model.ts';
import { isUnsigned, smallestInts } from './unsigned.ts';

/** Codes are held in single precision, exact below this. */
const mostCodes = 2 ** 24;

/** A nominal feature: the group of each code, and its sets, `words` words each: bit g is set when group g goes left. */
export type Nominal = { readonly group: Uint8Array | Uint16Array | Uint32Array; readonly groups: number; readonly words: number; readonly sets: Uint32Array };

/** A feature's distinct sets: `rank` says which a list of codes is. */
export type PackedSets = Nominal & { readonly count: number; rank(codes: readonly number[]): number };

export function packSets(lists: readonly (readonly number[])[]): PackedSets {
  const distinct = new Map<string, { codes: number[]; rank: number }>();
  for (const list of lists) {
    const codes = sorted(list);
    const key = codes.join();
    if (!distinct.has(key)) distinct.set(key, { codes, rank: 0 });
  }
  const { group, groups } = groupCodes([...distinct.values()].map((set) => set.codes));
  const words = wordsFor(groups);
  const ranked = [...distinct.values()].map((set) => {
    const bits = new Uint32Array(words);
    for (const code of set.codes) bits[group[code] >>> 5] |= 1 << (group[code] & 31);
    return { set, bits };
  }).sort((a, b) => compare(a.bits, 0, b.bits, 0, words));
  const sets = new Uint32Array(words * ranked.length);
  for (const [rank, { set, bits }] of ranked.entries()) {
    set.rank = rank;
    sets.set(bits, rank * words);
  }
  return { group, groups, words, sets, count: ranked.length, rank: (codes) => distinct.get(sorted(codes).join())!.rank };
}

/** The arrays that hold the nominal ones of the features asked; none when there are none. */
export function setArrays(features: readonly (PackedSets | null)[]): { [name: string]: ModelArray } {
  if (!features.some((feature) => feature)) return {};
  const codes = new BitWriter();
  const sets = new BitWriter();
  for (const feature of features) {
    if (!feature) continue;
    const width = bitsFor(feature.groups);
    for (const group of feature.group) codes.write(group, width);
    for (let s = 0; s < feature.count; s++) for (let g = 1; g < feature.groups; g++) sets.write((feature.sets[s * feature.words + (g >>> 5)] >>> (g & 31)) & 1, 1);
  }
  return { groups: smallestInts(features.map((f) => f?.groups ?? 0)), levels: smallestInts(features.map((f) => f?.group.length ?? 0)), codes: codes.finish(), sets: sets.finish() };
}

/** The nominal ones of the features asked, null for numbers; `counts` = sets of each. Throws bad-bundle. */
export function readSets(model: Model, counts: ArrayLike<number>): (Nominal | null)[] {
  const { groups, levels, codes, sets } = model.arrays;
  if (!groups && !levels && !codes && !sets) return Array.from(counts, () => null);
  if (!isUnsigned(groups) || !isUnsigned(levels) || groups.length !== counts.length || levels.length !== counts.length) throw broken(`needs groups and levels of ${counts.length} features`);
  if (!(codes instanceof Uint8Array) || !(sets instanceof Uint8Array)) throw broken('needs codes and sets in bytes');
  const codeBits = new BitReader(codes);
  const setBits = new BitReader(sets);
  const out = Array.from(groups, (count, place) => (count ? readFeature(count, levels[place], counts[place], codeBits, setBits, 8 * codes.length, 8 * sets.length) : null));
  if (!out.some((feature) => feature) || !out.every((feature, place) => feature || !levels[place])) throw broken('has levels of features that are numbers');
  if (!codeBits.isSpent() || !setBits.isSpent()) throw broken('has more codes or sets than its nominal features');
  return out;
}

function readFeature(groups: number, levels: number, count: number, codes: BitReader, sets: BitReader, codesLeft: number, setsLeft: number): Nominal {
  const width = bitsFor(groups);
  if (levels > mostCodes || groups > levels + 1 || levels * Math.max(1, width) > codesLeft || count * (groups - 1) > setsLeft || (groups === 1 && (levels > 0 || count > 1))) throw broken(`has a feature of ${levels} codes in ${groups} groups and ${count} sets`);
  const group = groups <= 256 ? new Uint8Array(levels) : groups <= 65536 ? new Uint16Array(levels) : new Uint32Array(levels);
  for (let code = 0; code < levels; code++) {
    const found = codes.read(width);
    if (found < 0 || found >= groups) throw broken(`puts code ${code} in group ${found} of ${groups}`);
    group[code] = found;
  }
  const words = wordsFor(groups);
  const bits = new Uint32Array(count * words);
  for (let s = 0; s < count; s++) {
    for (let g = 1; g < groups; g++) {
      const bit = sets.read(1);
      if (bit < 0) throw broken(`has ${s} sets of ${count}`);
      bits[s * words + (g >>> 5)] |= bit << (g & 31);
    }
    if (s > 0 && compare(bits, (s - 1) * words, bits, s * words, words) >= 0) throw broken('has sets that do not ascend');
  }
  return { group, groups, words, sets: bits };
}

/** True when a row with this value (a code; not missing) is in the set: fractions are cut off, what has no place in the table is in none. */
export function isInSet({ group, words, sets }: Nominal, set: number, value: number): boolean {
  const g = value >= 0 && value < group.length ? group[value | 0] : 0;
  return ((sets[set * words + (g >>> 5)] >>> (g & 31)) & 1) === 1;
}

const wordsFor = (groups: number): number => (groups + 31) >>> 5;

function compare(a: Uint32Array, atA: number, b: Uint32Array, atB: number, words: number): number {
  for (let w = 0; w < words; w++) if (a[atA + w] !== b[atB + w]) return a[atA + w] < b[atB + w] ? -1 : 1;
  return 0;
}

function sorted(list: readonly number[]): number[] {
  const codes = [...new Set(list)].sort((a, b) => a - b);
  for (const code of codes) if (!Number.isInteger(code) || code < 0 || code >= mostCodes) throw new Error(`a set holds ${code}, which is no code from 0 below ${mostCodes}`);
  return codes;
}

/** Codes that no set tells apart share a group. */
function groupCodes(sets: readonly (readonly number[])[]): { group: Nominal['group']; groups: number } {
  const levels = sets.reduce((most, codes) => Math.max(most, codes.length ? codes[codes.length - 1] + 1 : 0), 0);
  const classOf = new Int32Array(levels);
  let classes = 1;
  for (const codes of sets) {
    const split = new Map<number, number>();
    for (const code of codes) {
      let to = split.get(classOf[code]);
      if (to === undefined) split.set(classOf[code], (to = classes++));
      classOf[code] = to;
    }
  }
  const numbers = new Map([[0, 0]]);
  const group = classOf.map((found) => {
    if (!numbers.has(found)) numbers.set(found, numbers.size);
    return numbers.get(found)!;
  });
  return { group: numbers.size <= 256 ? Uint8Array.from(group) : numbers.size <= 65536 ? Uint16Array.from(group) : Uint32Array.from(group), groups: numbers.size };
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `trees model ${reason}`, { reason });
