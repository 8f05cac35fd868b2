// Rare levels of a column that are a letter or few away from a frequent one: probably it, misspelt.
// The difference must lie in letters (codes that differ in a digit are other codes), word by word, and the other must be
// many times as frequent. Certainty grows with length and falls with the distance.
import { editDistance } from '../base/edit-distance.ts';

const MOST_RARE = 4000;
const MOST_FREQUENT = 400;
export type Level = { code: number; text: string; count: number };
export type Near = { certainty: number; reason: string; suggestion: string | null };

/** By code of the rare level; `suggestion` null where two frequent ones are equally near. `present`: rows with a value. */
export function misspelt(levels: readonly Level[], present: number): Map<number, Near> {
  const found = new Map<number, Near>();
  const sorted = [...levels].sort((a, b) => b.count - a.count || a.code - b.code);
  const frequent = sorted.slice(0, MOST_FREQUENT).filter((l) => l.count >= 5 && l.text.length <= 400).map((l) => ({ ...l, bag: bagOf(l.text) }));
  const most = Math.max(2, 0.02 * present);
  const rare = sorted.slice(-MOST_RARE).filter((l) => l.count <= most && l.text.length > 1 && l.text.length <= 400);
  const closed = closedList(sorted, present);
  for (const level of rare) {
    const bag = bagOf(level.text);
    const allowed = allowedEdits(level.text);
    let best = allowed + 1;
    let nearest: Level[] = [];
    for (const other of frequent) {
      if (other.count < (level.count <= 2 ? 5 : 20) * level.count || other.code === level.code || Math.abs(other.text.length - level.text.length) > best || bagGap(bag, other.bag) > 2 * best) continue;
      const distance = editDistance(level.text, other.text, Math.min(best, allowed));
      if (distance > allowed || distance > best || !differInLetters(level.text, other.text) || !isWordByWord(level.text, other.text, distance)) continue;
      if (distance < best) nearest = [];
      best = distance;
      nearest.push(other);
    }
    if (!nearest.length) continue;
    const length = level.text.length;
    const isList = closed !== null && level.count <= Math.max(2, 0.005 * present) && nearest[0].count >= closed && nearest.length === 1;
    const firm = length < 5 ? (isList && length > 2 ? 0.65 : isList ? 0.55 : length < 4 ? 0.3 : 0.45) : best === 1 ? 0.75 : best / length <= 0.15 ? 0.8 : 0.6;
    const ratio = nearest[0].count / level.count;
    const certainty = firm * (ratio >= 10 ? 1 : 0.85) * (/\d/.test(level.text) ? 0.85 : 1) * (nearest.length > 1 ? 0.85 : 1);
    found.set(level.code, { certainty, reason: `${level.count === 1 ? 'occurs once' : `occurs ${level.count} times`}, ${best} ${best === 1 ? 'letter' : 'letters'} from "${shorten(nearest[0].text)}" (${nearest[0].count} times)`, suggestion: nearest.length === 1 ? nearest[0].text : null });
  }
  return found;
}

/**
 * A column that takes its values from a short list (yes, no): at most 12 levels have 98 % of the rows, the rest is rare.
 * Gives the rows that a level of the list has at least; null when there is no such list.
 */
function closedList(sorted: readonly Level[], present: number): number | null {
  const least = Math.max(20, 0.01 * present);
  const list = sorted.filter((level) => level.count >= least);
  return list.length > 1 && list.length <= 12 && list.reduce((n, level) => n + level.count, 0) >= 0.98 * present ? least : null;
}

/** Short values may differ in one place, longer ones in one of five. */
const allowedEdits = (text: string): number => (text.length < 6 ? 1 : Math.max(1, Math.min(30, Math.floor(text.length / 5))));

/** Not merely in digits: letters, blanks or signs must differ, and a digit that the frequent one lacks makes another code. */
function differInLetters(rare: string, frequent: string): boolean {
  const [a, b] = [digitsOf(rare), digitsOf(frequent)];
  if (a === b) return true;
  if (a.length >= b.length || !isWithin(a, b)) return false;
  return rare.length === frequent.length;
}

/** Each word near its counterpart: "AF spouse" is no misspelt "civ spouse". With a blank lost or won, letters may only be replaced. */
function isWordByWord(rare: string, frequent: string, distance: number): boolean {
  const [a, b] = [rare.split(PARTS), frequent.split(PARTS)];
  if (a.length !== b.length) return distance === 1 || rare.length === frequent.length;
  return a.every((word, k) => {
    const most = Math.max(1, Math.floor(Math.max(word.length, b[k].length) / 3));
    return word === b[k] || (editDistance(word, b[k], most) <= most && (word.length > 1 || b[k].length > 1));
  });
}
const PARTS = /[\s,;:./_()-]+/;

const digitsOf = (text: string): string => text.replace(/\D/g, '');
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const c of whole) if (c === part[at]) at++;
  return at === part.length;
}

const bagOf = (text: string): Uint8Array => {
  const bag = new Uint8Array(32);
  for (let i = 0; i < text.length; i++) bag[text.charCodeAt(i) & 31]++;
  return bag;
};
function bagGap(a: Uint8Array, b: Uint8Array): number {
  let gap = 0;
  for (let i = 0; i < 32; i++) gap += Math.abs(a[i] - b[i]);
  return gap;
}
const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
