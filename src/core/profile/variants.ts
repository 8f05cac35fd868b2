// Levels of a column that may be one level in several spellings, for a person to tick. First those that agree when blanks,
// case, accents, punctuation or the order of words do not count; then rare levels a letter or two from one at least five
// times as frequent: one edit from five letters on, two from nine on, none in a word of fewer than three letters or with
// a digit in it (a code), never across different digits, and not when the rare level is itself in more than ten rows and
// 2 % of those of the other: a slip of the pen does not repeat itself that often. Edits: insertion, deletion, replacement, swap of neighbours.
// Candidates come from an index of texts with letters left out (SymSpell, W. Garbe 2012), so 20,000 levels need no n^2.
import { editDistance } from '../base/edit-distance.ts';
import { getBit } from '../base/bits.ts';
import { textsOfColumn } from '../table/texts.ts';
import type { Column } from '../table/table.ts';
import { deletionIndex } from './deletion-index.ts';
import { digitsOf, variantKeys, whySame, type VariantKeys } from './variant-keys.ts';

/** `to` is the most frequent spelling; `rows` counts those of `to` and of `from`. */
export type VariantGroup = { to: string; rows: number; from: { level: string; rows: number; why: string }[] };

export type CountedLevel = { level: string; rows: number };
type Spelled = CountedLevel & { keys: VariantKeys };
type Family = { members: Spelled[]; rows: number; key: string; words: string; digits: string };

const MOST_LEVELS = 20_000;
const MOST_LENGTH = 200;
const TIMES = 5;
const FEW_ROWS = 10;
const FEW_SHARE = 0.02;

/** Groups with the most rows to change first; [] for columns that hold no text. */
export function variantGroups(column: Column): VariantGroup[] {
  if (column.kind !== 'category' && column.kind !== 'text') return [];
  const { codes, levels, missing } = textsOfColumn(column);
  const counts = new Uint32Array(levels.length);
  for (let i = 0; i < codes.length; i++) if (!missing || !getBit(missing, i)) counts[codes[i]]++;
  return variantsAmong(levels.map((level, code) => ({ level, rows: counts[code] })).filter(({ rows }) => rows > 0));
}

/** The same of levels that are counted already; beyond 20,000 the most frequent. */
export function variantsAmong(counted: readonly CountedLevel[]): VariantGroup[] {
  const levels = counted.filter(({ level }) => level.length <= MOST_LENGTH && /[\p{L}\p{N}]/u.test(level)).sort((a, b) => b.rows - a.rows || (a.level < b.level ? -1 : 1)).slice(0, MOST_LEVELS);
  const families = familiesOf(levels.map((each) => ({ ...each, keys: variantKeys(each.level) })));
  const merged = nearFamilies(families);
  const groups = merged.map(({ root, near }) => groupOf(root, near)).filter(({ from }) => from.length > 0);
  const changed = (group: VariantGroup): number => group.from.reduce((n, each) => n + each.rows, 0);
  return groups.sort((a, b) => changed(b) - changed(a) || (a.to < b.to ? -1 : 1));
}

/** Levels that agree in punctuation's or word order's key, the most frequent first. */
function familiesOf(levels: readonly Spelled[]): Family[] {
  const byKey = new Map<string, Spelled[]>();
  for (const level of levels) {
    const { punctuation, order } = level.keys;
    const found = byKey.get(`p ${punctuation}`) ?? byKey.get(`o ${order}`);
    if (found) found.push(level);
    const members = found ?? [level];
    byKey.set(`p ${punctuation}`, members);
    if (!byKey.has(`o ${order}`)) byKey.set(`o ${order}`, members);
  }
  return [...new Set(byKey.values())].map((members) => {
    const { accents, punctuation } = members[0].keys;
    return { members, rows: members.reduce((n, m) => n + m.rows, 0), key: punctuation, words: accents, digits: digitsOf(accents) };
  });
}

/** Rare families joined to the frequent ones that they look like a slip of; the rest stand alone. */
function nearFamilies(families: readonly Family[]): { root: Family; near: { family: Family; distance: number }[] }[] {
  const order = [...families].sort((a, b) => b.rows - a.rows || (a.key < b.key ? -1 : 1));
  const candidates = deletionIndex(order.map(({ key }) => key), (length) => (length < 5 ? 0 : length < 9 ? 1 : 2));
  const near = order.map((): { family: Family; distance: number }[] => []);
  const isRoot = new Uint8Array(order.length).fill(1);
  for (let i = 0; i < order.length; i++) {
    let best = -1;
    let least = 3;
    for (const j of candidates(i)) {
      if (j >= i || !isRoot[j] || order[j].rows < TIMES * order[i].rows || order[i].rows > Math.max(FEW_ROWS, FEW_SHARE * order[j].rows)) continue;
      const distance = slipDistance(order[i], order[j]);
      if (distance < least || (distance === least && distance < 3 && j < best)) [best, least] = [j, distance];
    }
    if (best < 0) continue;
    isRoot[i] = 0;
    near[best].push({ family: order[i], distance: least });
  }
  return order.flatMap((root, i) => (isRoot[i] ? [{ root, near: near[i] }] : []));
}

/** Edits between two families when they may be one, else 3. */
function slipDistance(a: Family, b: Family): number {
  if (a.digits !== b.digits) return 3;
  const allowed = allowedEdits(Math.min(a.key.length, b.key.length));
  const distance = editDistance(a.key, b.key, allowed);
  if (distance > allowed) return 3;
  const left = a.words.split(/[ -]/);
  const right = b.words.split(/[ -]/);
  if (left.length === right.length && left.some((word, k) => editDistance(word, right[k], 2) > editsOfWords(word, right[k]))) return 3;
  return distance;
}
const allowedEdits = (length: number): number => (length < 5 ? 0 : length < 9 ? 1 : 2);
function editsOfWords(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  return length < 3 || /\p{N}/u.test(a + b) ? 0 : length < 9 ? 1 : 2;
}

function groupOf(root: Family, near: readonly { family: Family; distance: number }[]): VariantGroup {
  const [to, ...same] = root.members;
  const from = same.map(({ level, rows, keys }) => ({ level, rows, why: whySame(keys, to.keys) ?? 'word order' }));
  for (const { family, distance } of near) for (const { level, rows } of family.members) from.push({ level, rows, why: distance === 1 ? '1 letter apart' : `${distance} letters apart` });
  return { to: to.level, rows: to.rows + from.reduce((n, each) => n + each.rows, 0), from };
}
