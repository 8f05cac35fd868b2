// Text -> a number by declared marks: which character is the decimal mark and which, if any, parts the thousands.
// Null = not readable. Accepts a sign before or behind, accounting brackets, a percent sign (divides by 100) only where asked.
// Groups must be of three digits (the first of one to three), so that "1,5" is never read as 15.
export type NumberMarks = { decimal: '.' | ','; thousands: '' | ',' | '.' | ' ' | "'" };

/** A reader for those marks. Blanks around the number, the no-break kinds included, do not count. */
export function numberReader({ decimal, thousands }: NumberMarks): (text: string) => number | null {
  const d = decimal === '.' ? '\\.' : ',';
  const t = thousands === '' ? '' : thousands === ' ' ? '[ \\u00a0\\u2009\\u202f]' : thousands === "'" ? "['\\u2019]" : `\\${thousands}`;
  const whole = t ? `(?:\\d{1,3}(?:${t}\\d{3})+|\\d+)` : '\\d+';
  const shape = new RegExp(`^[+\\-\\u2212]?(?:${whole}(?:${d}\\d*)?|${d}\\d+)(?:[eE][+-]?\\d+)?$`);
  const groups = t ? new RegExp(t, 'g') : null;
  return (text) => {
    const trimmed = text.trim();
    if (trimmed.length > 400 || !shape.test(trimmed)) return null;
    let plain = trimmed.replace('\u2212', '-');
    if (groups) plain = plain.replace(groups, '');
    if (decimal === ',') plain = plain.replace(',', '.');
    const value = Number(plain);
    return Number.isFinite(value) ? value : null;
  };
}
