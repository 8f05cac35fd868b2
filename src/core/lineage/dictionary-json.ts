// The dictionary as the text of a JSON file; parse-dictionary.ts reads it back.
import type { Profile } from '../profile/profile.ts';
import type { DataDictionary } from './dictionary.ts';
import { dictionaryLines } from './dictionary-lines.ts';

export function dictionaryJson(dictionary: DataDictionary, profile: Pick<Profile, 'rows' | 'columns'>): string {
  const { title, description, owner, source, collected, licence, consent } = dictionary;
  return `${JSON.stringify({ format: 'barnacle-dictionary', version: 1, title, description, owner, source, collected, licence, consent, rows: profile.rows, columns: dictionaryLines(dictionary, profile) }, null, 2)}\n`;
}
