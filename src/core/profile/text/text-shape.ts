// The shape of a text: runs of digits become 9, of small letters a, of capitals A (of both a), other characters stay.
// "AB-12.5 kg" -> "A-9.9 a". With lengths each character counts: "35957" -> "99999". Beyond 60 characters the rest is left out.

/** `lengths`: keep one letter for each character instead of one for each run. */
export function textShape(text: string, lengths = false): string {
  let shape = '';
  let last = '';
  const n = Math.min(text.length, 60);
  for (let i = 0; i < n; i++) {
    const c = text.charCodeAt(i);
    const kind = c >= 48 && c <= 57 ? '9' : c >= 97 && c <= 122 ? 'a' : c >= 65 && c <= 90 ? 'A' : c === 32 || c === 160 || c === 9 ? ' ' : c > 191 ? 'a' : text[i];
    if (!lengths && kind === last && (kind === '9' || kind === 'a' || kind === 'A' || kind === ' ')) continue;
    if (!lengths && kind === 'a' && last === 'A') shape = `${shape.slice(0, -1)}a`;
    else shape += kind;
    last = kind;
  }
  return shape;
}

/** A shape of letters, blanks and hyphens alone: words, where no form is to be expected. */
export const isWords = (shape: string): boolean => /^[aA '.,&()/-]*$/.test(shape);
