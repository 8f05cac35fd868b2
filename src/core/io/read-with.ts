// Chooses the reader of a file and lets it read. What the bytes say beats the name's ending; a difference is a Note.
// Formats that are known and not read are refused by name, with the way out.
import { BarnacleError, isBarnacleError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { parseParams } from '../base/params.ts';
import type { Registry } from '../base/registry.ts';
import type { Note, WorkContext } from '../base/task.ts';
import { openHead, openSource } from './open-source.ts';
import type { ByteSource, Reader, ReadResult } from './reader.ts';

/** A reader whose parameter type has been forgotten, as the registry sees it. */
export type AnyReader = Reader<{ [key: string]: unknown }>;

const REFUSED: { magic: number[]; format: string; reason: string }[] = [
  { magic: [0x50, 0x4b, 3, 4], format: 'zip or Excel workbook', reason: 'save the sheet as CSV, or unpack the archive' },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], format: 'old Excel workbook', reason: 'save the sheet as CSV' },
  { magic: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], format: 'Arrow file', reason: 'save it as Parquet' },
  { magic: [0x4f, 0x62, 0x6a, 1], format: 'Avro file', reason: 'save it as Parquet' },
  { magic: [0x4f, 0x52, 0x43], format: 'ORC file', reason: 'save it as Parquet' },
  { magic: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], format: 'SQLite database', reason: 'export a table as CSV' },
  { magic: [0x89, 0x48, 0x44, 0x46], format: 'HDF5 file', reason: 'export a table as CSV or Parquet' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], format: 'zstd archive', reason: 'unpack it, or pack it with gzip' },
  { magic: [0x42, 0x5a, 0x68], format: 'bzip2 archive', reason: 'unpack it, or pack it with gzip' },
  { magic: [0xfd, 0x37, 0x7a, 0x58], format: 'xz archive', reason: 'unpack it, or pack it with gzip' },
  { magic: [0x80, 4, 0x95], format: 'Python pickle', reason: 'a pickle can run code when it is opened; save the table as CSV or Parquet' },
  { magic: [0x25, 0x50, 0x44, 0x46], format: 'PDF document', reason: 'choose a table' },
];

export async function readWith(readers: Registry<AnyReader>, source: ByteSource, options: { format?: string; params?: Json }, context: WorkContext): Promise<ReadResult> {
  try {
    const opened = await openSource(source);
    const head = await openHead(opened, 65536);
    if (head.length === 0) throw new BarnacleError('empty-file', `file "${source.name}" is empty once unpacked; choose another`, { name: source.name });
    const notes: Note[] = [];
    const reader = options.format ? readers.get(options.format) : chooseReader(readers, source.name, head, notes);
    const result = await reader.read(source, parseParams(reader.params, options.params, 'params'), context);
    return { ...result, notes: [...notes, ...result.notes], how: { format: reader.type, ...result.how } };
  } catch (error) {
    if (isBarnacleError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BarnacleError('bad-file', `file "${source.name}" could not be read: ${reason}`, { format: options.format ?? 'unknown', reason }, { cause: error });
  }
}

function chooseReader(readers: Registry<AnyReader>, name: string, head: Uint8Array, notes: Note[]): AnyReader {
  for (const { magic, format, reason } of REFUSED) {
    if (magic.every((byte, i) => head[i] === byte)) throw new BarnacleError('unsupported-format', `file "${name}" is ${/^[AEIOU]/.test(format) ? 'an' : 'a'} ${format}, which is not read; ${reason}`, { format, reason });
  }
  const ending = endingOf(name);
  const byName = readers.all.find((reader) => reader.extensions.includes(ending));
  const fitting = readers.all.filter((reader) => reader.sniff(head));
  if (!fitting.length) throw new BarnacleError('unsupported-format', `file "${name}" is in no format that is read; known are ${readers.all.map((r) => r.label).join(', ')}`, { format: ending, reason: 'its bytes are no text and no known format' });
  const found = byName && fitting.includes(byName) && fitting[0].type === 'tsv' ? byName : fitting[0];
  if (byName && byName !== found) notes.push({ code: 'wrong-ending', message: `the name ends like ${byName.label}, the bytes are ${found.label} and were read so`, column: null, rows: null, example: ending });
  return found;
}

/** The name's ending in lower case without ".gz" behind it. */
function endingOf(name: string): string {
  const bare = name.toLowerCase().replace(/\.gz$/, '');
  return bare.slice(bare.lastIndexOf('.') + 1);
}
