// Numbers as people write them: which decimal and thousands marks a set of texts uses, and the number in one text.
// Numbers with leading zeros ("007") are codes, not numbers.
export type Writing = { decimal: '.' | ','; thousands: '' | ',' | '.' | ' ' | "'" };

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const WRITINGS: readonly (Writing & { form: RegExp })[] = [
  { decimal: '.', thousands: '', form: plain },
  { decimal: '.', thousands: ',', form: /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/ },
  { decimal: ',', thousands: '', form: /^[+-]?\d+,\d+$/ },
  { decimal: ',', thousands: '.', form: /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/ },
  { decimal: '.', thousands: ' ', form: /^[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:\.\d+)?$/ },
  { decimal: ',', thousands: ' ', form: /^[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?$/ },
  { decimal: '.', thousands: "'", form: /^[+-]?\d{1,3}(?:['\u2019]\d{3})+(?:\.\d+)?$/ },
];

/** The number in a text of that writing (thousands marks may be left out), or null. */
export function readWritten(text: string, writing: Writing): number | null {
  const trimmed = text.trim();
  if (trimmed.length > 40 || !/\d/.test(trimmed)) return null;
  const form = WRITINGS.find((w) => w.decimal === writing.decimal && w.thousands === writing.thousands)?.form;
  if (form?.test(trimmed)) {
    const marks = writing.thousands === ' ' ? /[ \u00a0\u202f]/g : writing.thousands === "'" ? /['\u2019]/g : writing.thousands === ',' ? /,/g : writing.thousands === '.' ? /\./g : null;
    const bare = marks ? trimmed.replace(marks, '') : trimmed;
    return Number(writing.decimal === ',' ? bare.replace(',', '.') : bare);
  }
  if (writing.thousands !== '') return readWritten(trimmed, { ...writing, thousands: '' });
  return writing.decimal === ',' && /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : null;
}

/** The writing in which the most rows are numbers, and how many; "1,234" alone is a thousands mark, "1,23" a decimal comma. */
export function writingOf(values: readonly { text: string; count: number }[]): { writing: Writing; rows: number } {
  let best = { writing: { decimal: '.', thousands: '' } as Writing, rows: 0 };
  for (const { decimal, thousands } of WRITINGS) {
    const writing: Writing = { decimal, thousands };
    let rows = 0;
    for (const { text, count } of values) if (readWritten(text, writing) !== null) rows += count;
    if (rows > best.rows) best = { writing, rows };
  }
  return best;
}

/** 007, 00123: a code whose zeros mean something; 0.5 and 0 are not. */
export const hasLeadingZeros = (text: string): boolean => /^[+-]?0\d/.test(text.trim());
