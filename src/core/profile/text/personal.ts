// Whether a text has the form of something that points to a person; numbers only with their check digits.
const EMAIL = /^[^\s@<>"']{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}$/i;
const IBAN = /^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const IPV6 = /^(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$|^(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4})?$/i;
const PHONE = /^(?:\+|00)\d{1,3}[\s.()/-]*\d(?:[\s.()/-]*\d){6,12}$|^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/;
const NATIONAL = /^(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$|^[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]$/;

/** What it looks like, in words, or null. */
export function personalKind(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length < 7 || trimmed.length > 254) return null;
  if (EMAIL.test(trimmed)) return 'e-mail addresses';
  if (IPV4.test(trimmed) || IPV6.test(trimmed)) return 'IP addresses';
  if (NATIONAL.test(trimmed)) return 'national identity numbers';
  if (IBAN.test(trimmed) && hasIbanCheck(trimmed)) return 'bank account numbers (IBAN)';
  if (/^\d[\d -]{11,22}$/.test(trimmed) && hasLuhnCheck(trimmed)) return 'card numbers';
  return PHONE.test(trimmed) ? 'phone numbers' : null;
}

/** ISO 13616: the rearranged digits leave 1 when divided by 97. */
export function hasIbanCheck(text: string): boolean {
  const bare = text.replace(/ /g, '');
  if (bare.length < 15 || bare.length > 34) return false;
  let rest = 0;
  for (const c of bare.slice(4) + bare.slice(0, 4)) {
    const value = c >= 'A' ? c.charCodeAt(0) - 55 : Number(c);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** ISO 7812: 13 to 19 digits of a card issuer's range that pass Luhn's check. */
export function hasLuhnCheck(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  if (!/^(?:4|5[1-5]|2[2-7]|3[4-9]|6[024-9])\d{11,17}$/.test(digits) || digits.length < 13) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let value = Number(digits[digits.length - 1 - i]);
    if (i % 2) value = value > 4 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 === 0;
}
