// Whether a column names rows instead of describing them: an index, a key, a name, a ticket number.
// Categories and text: nearly every present value is its own. Numbers: whole, all distinct, and either an unbroken sequence
// or named like a key. Columns of fewer than 20 present rows are never called so.
import type { ColumnProfile } from './profile.ts';

const KEY_NAME = /(^|[^a-z])(id|ids|uuid|guid|key|index|idx|rowid|row_?(no|num|number)|serial|no|nr)$|[a-z]I[dD]$|^unnamed/i;
const OWN_SHARE = 0.5;

export function isIdentifier(column: ColumnProfile): boolean {
  const present = column.rows - column.missing;
  if (present < 20) return false;
  if (column.kind === 'category' || column.kind === 'text') return column.distinct > 20 && column.distinct > OWN_SHARE * present;
  if (column.kind !== 'number' || !column.number?.integers || column.distinct < 0.98 * present) return false;
  if (!column.distinctIsExact) return isKeyName(column.name) || spans(column, present);
  return column.distinct === present && (isKeyName(column.name) || spans(column, present));
}

const CODE_NAME = /(^|[^a-z])(zip|postal|code|phone|account)|(number|code|zip|phone)$/i;
/** Digits that name something (a key, a ZIP code) instead of measuring it. */
export const isCodeName = (name: string): boolean => isKeyName(name) || CODE_NAME.test(name.trim());
export const isKeyName = (name: string): boolean => KEY_NAME.test(name.trim());
const spans = (column: ColumnProfile, present: number): boolean => column.number!.max - column.number!.min + 1 <= present * 1.001 + column.missing;
