// What is left of a level when one way of spelling it otherwise is taken away after the other: blanks, case, accents,
// punctuation, the order of words. Levels that agree in a key may be one level; the first key that agrees says why.
// Marks that carry meaning stay: every sign (+ < > = $), and points, dashes and colons beside a digit or at a word's end,
// so that "1.5" is not "15", ">50K" not "<=50K" and "A-" not "A".
export type VariantKeys = { spaces: string; case: string; accents: string; punctuation: string; order: string };

const BLANKS = /[\s\u200b\u200c\u200d\u2060\ufeff_]+/gu;
const QUOTES = /["'`\u00b4\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]/gu;
const MARKS = /(?<![\p{N}])[.,;:!?()[\]{}\u2026\u00b7](?![\p{N}])|(?<=[\p{L}])[-\u2010-\u2014/\\](?=[\p{L}])/gu;
const PARTED = /(?<![\p{N}]) | (?![\p{N}])/gu;

export function variantKeys(level: string): VariantKeys {
  const spaces = level.replace(BLANKS, ' ').trim();
  const low = spaces.toLowerCase();
  const accents = low.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('\u00df', 'ss').replaceAll('\u00f8', 'o').replaceAll('\u0142', 'l').replaceAll('\u00e6', 'ae').replaceAll('\u0153', 'oe');
  const bare = accents.replace(QUOTES, '');
  const punctuation = bare.replace(MARKS, '').replace(PARTED, '');
  const words = bare.replace(MARKS, ' ').split(' ').filter((word) => word !== '');
  const numbers = words.filter((word) => /\p{N}/u.test(word)).length;
  return { spaces, case: low, accents, punctuation: punctuation || accents, order: words.length > 1 && numbers < 2 ? words.sort().join(' ') : punctuation || accents };
}

/** The first key in which two levels agree; null = in none. */
export function whySame(a: VariantKeys, b: VariantKeys): string | null {
  if (a.spaces === b.spaces) return 'blanks';
  if (a.case === b.case) return 'case';
  if (a.accents === b.accents) return 'accents';
  if (a.punctuation === b.punctuation) return 'punctuation';
  return a.order === b.order ? 'word order' : null;
}

/** The digits of a text, in order: levels that differ in them are never one. */
export const digitsOf = (text: string): string => text.replace(/[^\p{N}]+/gu, ' ').trim();
