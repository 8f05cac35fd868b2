// The words that files write for "no value", matched on bytes without making a string.
// An empty cell is always missing and is no word. What was matched is counted per word, so that a Note can say so.
// "None" is weak: no number, but often a real category ("damage: None"), so a column of strings keeps it as a value.
export interface MissingWords {
  readonly words: readonly string[];
  readonly bytes: readonly Uint8Array[];
  /** first[b] = 1 when some word begins with byte b. */
  readonly first: Uint8Array;
  readonly longest: number;
  /** 1 for a word that a column of strings keeps as a value. */
  readonly weak: Uint8Array;
}

export const MISSING_WORDS = ['NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', '-nan', 'NaT', 'null', 'NULL', 'Null', 'None', '?'];

const WEAK = new Set(['None']);

/** The standard words and the person's `own`; without `standard` only those. A word that the person names is never weak. */
export function makeMissingWords(own: readonly string[] = [], standard: readonly string[] = MISSING_WORDS): MissingWords {
  const words = [...new Set([...standard, ...own])];
  const encoder = new TextEncoder();
  const bytes = words.map((word) => encoder.encode(word));
  const first = new Uint8Array(256);
  for (const word of bytes) first[word[0]] = 1;
  return { words, bytes, first, longest: Math.max(0, ...bytes.map((word) => word.length)), weak: Uint8Array.from(words, (word) => (WEAK.has(word) && !own.includes(word) ? 1 : 0)) };
}

/** Which word bytes [start, end) are, or -1. */
export function missingWord(missing: MissingWords, bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0 || length > missing.longest || missing.first[bytes[start]] === 0) return -1;
  for (let w = 0; w < missing.bytes.length; w++) {
    const word = missing.bytes[w];
    if (word.length !== length) continue;
    let k = 0;
    while (k < length && word[k] === bytes[start + k]) k++;
    if (k === length) return w;
  }
  return -1;
}
