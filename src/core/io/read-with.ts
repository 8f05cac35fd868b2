// Chooses the reader of a file and lets it read. What the bytes say beats the name's ending; a difference is a Note.
// Formats that are known and not read are refused by name, with the way out (refused.ts).
// `entry` among the params picks a file of an archive, whatever the reader.
import { BarnacleError, isBarnacleError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { parseParams } from '../base/params.ts';
import type { Registry } from '../base/registry.ts';
import type { Note, WorkContext } from '../base/task.ts';
import { openHead, openSource, type Opened, type PickedSource } from './open-source.ts';
import type { Reader, ReadResult } from './reader.ts';
import { findRefused, refusedEnding } from './refused.ts';
import type { BlockStream } from './stream/blocks.ts';
import { streamTable } from './stream/table-stream.ts';

/** A reader whose parameter type has been forgotten, as the registry sees it. */
export type AnyReader = Reader<{ [key: string]: unknown }>;
export type ReadOptions = { format?: string; params?: Json };
export type Read = (source: PickedSource, options: ReadOptions, context: WorkContext) => Promise<ReadResult>;

export async function readWith(readers: Registry<AnyReader>, source: PickedSource, options: ReadOptions, context: WorkContext): Promise<ReadResult> {
  return openWith(readers, source, options, async ({ reader, picked, params, notes, how }) => {
    const result = await reader.read(picked, params, context);
    return { ...result, notes: [...notes, ...result.notes], how: { format: reader.type, ...result.how, ...how } };
  });
}

/** As readWith, in blocks where the format can; `isStreamed` is false where the table stands in memory all the same. */
export async function streamWith(readers: Registry<AnyReader>, source: PickedSource, options: ReadOptions, context: WorkContext): Promise<{ stream: BlockStream; notes: Note[]; how: JsonObject; isStreamed: boolean }> {
  return openWith(readers, source, options, async ({ reader, picked, params, notes, how }) => {
    const stream = reader.stream ? await reader.stream(picked, params, context) : streamTable(await reader.read(picked, params, context));
    return { stream, notes, how: { format: reader.type, ...how }, isStreamed: reader.stream !== undefined };
  });
}

/** A file with the reader that was chosen for it. `notes` and `how` are of the choice. */
export type Found = { reader: AnyReader; picked: PickedSource; params: { [key: string]: unknown }; opened: Opened; notes: Note[]; how: JsonObject };

/** Chooses the reader and lets `use` work with it; whatever is thrown becomes a typed error. */
export async function openWith<R>(readers: Registry<AnyReader>, source: PickedSource, options: ReadOptions, use: (found: Found) => Promise<R>): Promise<R> {
  try {
    const { picked, params } = pickEntry(source, options);
    const opened = await openSource(picked);
    const head = await openHead(opened, 65536);
    if (head.length === 0) throw new BarnacleError('empty-file', `file "${source.name}" is empty once unpacked; choose another`, { name: source.name });
    const notes: Note[] = [];
    const reader = options.format ? readers.get(options.format) : chooseReader(readers, opened.name, head, notes);
    return await use({ reader, picked, params: parseParams(reader.params, params, 'params'), opened, notes, how: { packed: opened.packing, ...(opened.entry === null ? {} : { entry: opened.entry }), ...toldParams(params) } });
  } catch (error) {
    if (isBarnacleError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BarnacleError('bad-file', `file "${source.name}" could not be read: ${reason}`, { format: options.format ?? 'unknown', reason }, { cause: error });
  }
}

/** What the person said of reading, as they said it: kept with the dataset, so that it can be shown and changed later. */
const toldParams = (params: Json | undefined): JsonObject => (params !== null && typeof params === 'object' && !Array.isArray(params) && Object.keys(params).length ? { params } : {});

/** The archive's entry that the params name goes with the source; the zip reader has a parameter of its own for it. */
function pickEntry(source: PickedSource, options: ReadOptions): { picked: PickedSource; params: Json | undefined } {
  const given = options.params;
  if (options.format === 'zip' || typeof given !== 'object' || given === null || Array.isArray(given) || !Object.hasOwn(given, 'entry')) return { picked: source, params: given };
  const { entry, ...params } = given as JsonObject;
  if (typeof entry !== 'string') throw new BarnacleError('bad-param', `parameter params.entry is ${JSON.stringify(entry)}; expected the name of an entry`, { path: 'params.entry', value: entry, expected: 'the name of an entry' });
  return { picked: entry === '' ? source : { name: source.name, size: source.size, slice: (start, end) => source.slice(start, end), entry, ...(source.depth === undefined ? {} : { depth: source.depth }) }, params };
}

function chooseReader(readers: Registry<AnyReader>, name: string, head: Uint8Array, notes: Note[]): AnyReader {
  const known = findRefused(head);
  const ending = endingOf(name);
  const fitting = known ? [] : readers.all.filter((reader) => reader.sniff(head));
  const refused = known ?? (fitting.length ? null : refusedEnding(ending));
  if (refused) throw new BarnacleError('unsupported-format', `file "${name}" is ${/^[AEIOU]/i.test(refused.format) ? 'an' : 'a'} ${refused.format}, which is not read; ${refused.reason}`, refused);
  const byName = readers.all.find((reader) => reader.extensions.includes(ending));
  if (!fitting.length) throw new BarnacleError('unsupported-format', `file "${name}" is in no format that is read; known are ${readers.all.map((r) => r.label).join(', ')}`, { format: ending, reason: 'its bytes are no text and no known format' });
  const isOpen = isText(fitting[0]) && (fitting[0].type !== 'fixed-width' || ending === 'csv' || ending === 'tsv');
  if (byName?.type === 'fixed-width' && isText(fitting[0])) return byName;
  const found = byName && fitting.includes(byName) && isOpen && isText(byName) ? byName : fitting[0];
  if (found.type === 'fixed-width') return found;
  if (byName && byName !== found) notes.push({ code: 'wrong-ending', message: `the name ends like ${byName.label}, the bytes are ${found.label} and were read so`, column: null, rows: null, example: ending });
  return found;
}

/** Formats that only their delimiters tell apart: there the name's ending decides. */
const isText = (reader: AnyReader): boolean => reader.type === 'tsv' || reader.type === 'csv' || reader.type === 'fixed-width';

/** The name's ending in lower case without that of its packing behind it. */
export function endingOf(name: string): string {
  const bare = name.toLowerCase().replace(/\.(gz|gzip|zst|zstd)$/, '');
  return bare.slice(bare.lastIndexOf('.') + 1);
}
