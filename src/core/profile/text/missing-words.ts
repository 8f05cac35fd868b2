// Words that stand for "no value" in a column of strings. Plain words are never data; a vague word ("none", "unknown") may
// be a level of its own, so it is only pointed at.
const PLAIN = new Set(['', '?', '??', '???', '-', '--', '---', '.', '..', '...', '*', 'n/a', 'n.a.', 'na', '#n/a', '#na', '#value!', '#ref!', '#div/0!', '#null!', '<na>', 'nan', '-nan', 'nat', 'null', '(null)', '<null>', '\\n', 'nil', 'undefined', 'not available', 'missing', 'tbd', '1900-01-01', '1970-01-01', '0000-00-00']);
const VAGUE = new Set(['none', 'unknown', 'unk', 'not known', 'not specified', 'unspecified', 'not recorded', 'not applicable', 'no data', 'no answer', 'empty', 'blank', 'other/unknown', 'not provided', 'to be determined', '-1', '-9', '-99', '-999', '-9999', '999', '9999', '99999']);

/** 'plain', 'vague', or null for a value; case and white space around do not count. */
export function missingWord(text: string): 'plain' | 'vague' | null {
  if (text.length > 20) return null;
  const word = text.trim().toLowerCase();
  return PLAIN.has(word) ? 'plain' : VAGUE.has(word) ? 'vague' : null;
}
