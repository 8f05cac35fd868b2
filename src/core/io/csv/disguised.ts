// Writings that a person should see and nothing should change by itself: words that often stand for "no value", numbers
// that often do, and units or currencies around a number.

/** In lower case. Words that are always taken for missing (missing-words.ts) are not among them. */
export const DISGUISED: ReadonlySet<string> = new Set(['-', '--', '---', '–', '—', '.', '..', '...', '_', '*', 'unknown', 'n.a.', 'n.a', 'na.', 'not available', 'not applicable', 'not known', 'missing', 'tbd', 'tba', 'nil', 'void', 'none', 'undefined', 'empty', 'blank', '(null)', '(none)', '<na>', '<null>', '\\n', '#value!', '#ref!', '#div/0!', '#name?', '#num!', 'keine angabe', 'k.a.', 'unbekannt', 'inconnu', 'desconocido', 'sconosciuto', 'onbekend']);

/** Numbers that are typed in where there is none: they are told when they are an end of the range and recur far off the rest. */
export const SENTINELS: ReadonlySet<number> = new Set([-1, -9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 999999, 9999999, 999999999, -999999]);

/** Midnights that systems write for "no date": 1900-01-01, 1970-01-01, 9999-12-31, 1899-12-30, 0001-01-01. */
export const NO_DATES: ReadonlySet<number> = new Set([-2208988800000, 0, 253402214400000, -2209161600000, -62135596800000]);

const BEFORE = /^([$€£¥₹₽₩]|US\$|USD|EUR|GBP|CHF|Rs\.?)\s?[+-]?\d[\d.,' \u00a0]*$/;
const AFTER = /^[+-]?(?:\d[\d.,' \u00a0]*?)\s?((?:[\p{L}%°$€£¥₹µΩ′″]|[\p{L}]+[/²³^])[\p{L}\d%°/²³.^·]{0,11})$/u;

/** 1st, 2nd, 3rd, 4th are no numbers with a unit. */
const ORDINAL = /^(st|nd|rd|th|er|e|º|ª)$/i;

/** The unit or currency of a number, or null when the text is something else. */
export function unitOf(text: string): string | null {
  const cell = text.trim();
  if (!/\d/.test(cell)) return null;
  const unit = BEFORE.exec(cell)?.[1] ?? AFTER.exec(cell)?.[1] ?? null;
  return unit !== null && ORDINAL.test(unit) ? null : unit;
}
