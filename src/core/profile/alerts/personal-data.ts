// Columns that look like data about persons: e-mail, phone, bank account (IBAN with its check digits), card numbers (Luhn),
// IP addresses, national identity numbers, and headers that name a person. Values are never quoted in full.
import type { ColumnFacts } from '../profile-column.ts';
import { personalKind } from '../text/personal.ts';
import { defineAlert } from './alert.ts';
import { cellText } from '../../table/cell.ts';
import { columnRows } from '../../table/build.ts';
import { dropFix, makeAlert, percent, share } from './say.ts';

const NAMES = /(^|[^a-z])(first|last|full|sur|given|family|maiden|middle|patient|customer|person|employee|client)[ _.-]?names?($|[^a-z])|^(surname|forename|firstname|lastname|fullname|nachname|vorname|nom|prenom)$/i;
const HEADERS: readonly [RegExp, string][] = [
  [/(^|[^a-z])(e-?mail)($|[^a-z])/i, 'e-mail addresses'],
  [/(^|[^a-z])(phone|mobile|telephone|tel|fax|cell)([ _-]?(no|nr|number))?($|[^a-z])/i, 'phone numbers'],
  [/(^|[^a-z])(ssn|social[ _-]?security|passport|national[ _-]?id|tax[ _-]?id|driver'?s?[ _-]?licen[cs]e)($|[^a-z])/i, 'identity numbers'],
  [/(^|[^a-z])(iban|card[ _-]?(no|nr|number)|credit[ _-]?card)($|[^a-z])/i, 'account or card numbers'],
  [/(^|[^a-z])(street|postal)?[ _-]?address[ _-]?(line)?[ _-]?1?$/i, 'addresses'],
  [/(^|[^a-z])(date[ _-]?of[ _-]?birth|birth[ _-]?date|dob)($|[^a-z])/i, 'dates of birth'],
  [NAMES, 'names of persons'],
];
const LOOKED_AT = 500;

export const personalData = defineAlert<{ share: number }>({
  type: 'personal-data',
  label: 'Personal data',
  help: 'Names, addresses and numbers that point to a person. They rarely help a model and must not leave this machine: leave them out, or hash them.',
  params: { share: share('Share', 'Share of the values looked at that must have the form.', 0.3) },
  find: ({ columns }, params) =>
    columns.flatMap((held) => {
      const { name, distinct, rows, missing } = held.column;
      if (rows === missing) return [];
      const found = byValues(held, params.share);
      const header = found ? undefined : HEADERS.find(([pattern]) => pattern.test(name) && (distinct > 10 || held.source.kind === 'text'));
      const what = found?.kind ?? header?.[1];
      if (!what || (header && (held.source.kind === 'boolean' || (held.source.kind === 'number' && !held.column.number?.integers)))) return [];
      const evidence = found ? `${percent(found.share)} of the values looked at have the form, such as ${masked(found.example)}` : `its header says so, and it has ${distinct} different values`;
      return [makeAlert('personal-data', 'watch', name, `"${name}" looks like ${what}; leave it out or hash it before anything is shared`, evidence, rows - missing, dropFix(name))];
    }),
});

function byValues({ source, column }: ColumnFacts, least: number): { kind: string; share: number; example: string } | null {
  if (source.kind === 'boolean' || source.kind === 'time' || (source.kind === 'number' && (!column.number?.integers || column.number.max < 1e11))) return null;
  const counts = new Map<string, { count: number; example: string }>();
  const rows = columnRows(source);
  const step = Math.max(1, rows / LOOKED_AT);
  let looked = 0;
  for (let k = 0; k * step < rows; k++) {
    const text = cellText(source, Math.floor(k * step));
    if (text === null) continue;
    looked++;
    const kind = personalKind(text);
    if (kind === null) continue;
    const held = counts.get(kind) ?? { count: 0, example: text };
    held.count++;
    counts.set(kind, held);
  }
  const [best] = [...counts].sort((a, b) => b[1].count - a[1].count);
  return best && looked >= 5 && best[1].count >= least * looked ? { kind: best[0], share: best[1].count / looked, example: best[1].example } : null;
}

/** The first letter and the form of the rest: j***@*******.*** */
const masked = (text: string): string => `"${text.slice(0, 40).replace(/[\p{L}\p{N}]/gu, (c, at: number) => (at === 0 ? c : '*'))}"`;
