// How wide a column of the sheet is, in px: as wide as what it holds, within bounds. In very wide tables by its kind and
// name alone, since putting ten thousand columns in words takes longer than a frame.
import type { ColumnProfile } from '../../../../core/profile/profile.ts';
import type { Field } from '../../../../core/table/table.ts';
import { columnWords } from '../column-words.ts';

const MANY = 300;

/** `tagged`: its header also holds the word "target" or "dropped". */
export function columnWidth(field: Field, about: ColumnProfile | undefined, tagged: boolean, columns: number): number {
  const name = field.name.length * 7.4 + (tagged ? 86 : 30);
  const longest = columns > MANY ? 0 : Math.max(0, ...(about?.levels?.slice(0, 12).map((each) => each.level.length) ?? [])) * 7.8 + 26;
  const type = columns > MANY ? 0 : columnWords(field, about).type.length * 6.7 + 26;
  return Math.max(field.kind === 'text' ? 200 : 132, Math.min(230, Math.max(longest, name, type)));
}
