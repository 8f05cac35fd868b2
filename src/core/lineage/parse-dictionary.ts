// JSON from anywhere -> a DataDictionary: copied field by field. Reads what a project keeps and what dictionary-json.ts
// exports (columns as a list, whose figures are left behind: the profile has the true ones).
import { BarnacleError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { flag, list, object, only, record, text, type Field, type Unfit } from '../contract/fields.ts';
import type { ColumnEntry, DataDictionary } from './dictionary.ts';

const COLUMNS = 100_000;
const TEXT = 50_000_000;
const words = text(20_000);
const absent = <T>(of: Field<T>, fallback: T): Field<T> => (value, path, unfit) => (value === undefined ? fallback : of(value, path, unfit));
const entry: Field<ColumnEntry> = record<ColumnEntry>({ description: absent(words, ''), unit: absent(words, ''), source: absent(words, ''), sensitive: absent(flag, false), note: absent(words, '') });
const head = { title: words, description: words, owner: words, source: words, collected: words, licence: words, consent: words };

const columns: Field<DataDictionary['columns']> = (value, path, unfit) => {
  if (Array.isArray(value)) {
    const listed = list<[string, ColumnEntry]>((item, at) => {
      const { name, description, unit, source, sensitive, note } = object(item, at, unfit);
      return [text(10_000)(name, `${at}.name`, unfit), entry({ description, unit, source, sensitive, note } as Json, at, unfit)];
    }, COLUMNS);
    return Object.fromEntries(listed(value, path, unfit));
  }
  const given = Object.entries(object(value, path, unfit));
  if (given.length > COLUMNS) throw unfit(path, given.length, `at most ${COLUMNS} columns`);
  return Object.fromEntries(given.map(([name, item]) => [name, entry(item, `${path}.${name.slice(0, 40)}`, unfit)]));
};

/** Throws bad-param; newer-version for a version to come. Unknown fields are refused, but for the figures of an export. */
export function parseDictionary(value: Json | undefined): DataDictionary {
  const { format, version, rows, columns: given, ...rest } = object(value, 'dictionary', badParam);
  if (typeof version === 'number' && Number.isInteger(version) && version > 1) throw new BarnacleError('newer-version', `dictionary has version ${version}; this program knows version 1, update it`, { what: 'dictionary', found: version, supported: 1 });
  if (format !== undefined) only('barnacle-dictionary')(format, 'dictionary.format', badParam);
  if (rows !== undefined && format === undefined) throw badParam('dictionary.rows', rows, 'no such field');
  only(1)(version, 'dictionary.version', badParam);
  const texts = Object.fromEntries(Object.entries(head).map(([key, of]) => [key, absent(of, '')])) as { readonly [K in keyof typeof head]: Field<string> };
  return { version: 1, ...record<{ [K in keyof typeof head]: string }>(texts)(rest, 'dictionary', badParam), columns: columns(given ?? {}, 'dictionary.columns', badParam) };
}

/** A dictionary from the text of a file. Throws bad-file for what is no JSON or too long. */
export function readDictionary(source: string): DataDictionary {
  const bad = (reason: string, cause?: unknown) => new BarnacleError('bad-file', `dictionary file ${reason}; export one as JSON to see what it looks like`, { format: 'dictionary', reason }, { cause });
  if (source.length > TEXT) throw bad(`has ${source.length} characters, at most ${TEXT} are read`);
  let value: Json;
  try {
    value = JSON.parse(source.replace(/^\ufeff/, '')) as Json;
  } catch (cause) {
    throw bad(`is not JSON (${cause instanceof Error ? cause.message : 'unreadable'})`, cause);
  }
  return parseDictionary(value);
}

const badParam: Unfit = (path, value, expected) => {
  const shown = value === undefined ? 'absent' : JSON.stringify(value).slice(0, 60);
  return new BarnacleError('bad-param', `${path} is ${shown}; expected ${expected}`, { path, value: shown, expected });
};
