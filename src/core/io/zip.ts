// The zip reader, for an archive of several data files (one alone is opened on the way, see open-source.ts): parts with the
// same columns become one table; of different tables the largest is read and the others are named.
import { BarnacleError, isBarnacleError } from '../base/errors.ts';
import type { Note } from '../base/task.ts';
import { DEEPEST, namesOf, openHead, openSource, randomAccess, type PickedSource } from './open-source.ts';
import { dataEntries, isOffice, isZip, readZip } from './pack/zip.ts';
import { readPartsWith } from './read-parts.ts';
import type { Read } from './read-with.ts';
import { defineReader, type ByteSource, type Reader, type ReadResult } from './reader.ts';

type ZipParams = { entry: string; fileColumn: boolean };

/** The reader over the function that reads the files within. */
export const makeZipReader = (read: Read): Reader<ZipParams> =>
  defineReader<ZipParams>({
    type: 'zip',
    label: 'Zip of several files',
    extensions: ['zip'],
    params: {
      entry: { kind: 'text', label: 'Entry', help: 'The file within the archive; empty reads all parts that share their columns, else the largest file.', fallback: '', maxLength: 500 },
      fileColumn: { kind: 'flag', label: 'Add a column "file"', help: 'Says for each row which file of the archive it comes from.', fallback: false },
    },
    sniff: isZip,
    async read(source, params, context) {
      const depth = ((source as PickedSource).depth ?? 0) + 1;
      if (depth > DEEPEST) throw new BarnacleError('unsupported-format', `file "${source.name}" is packed more than ${DEEPEST} times; unpack it`, { format: 'archive', reason: 'packed too often' });
      const plain = (from: ByteSource): PickedSource => ({ name: from.name, size: from.size, slice: (start, end) => from.slice(start, end), depth });
      const wanted = (source as PickedSource).entry;
      const opened = await openSource({ ...plain(source), ...(wanted ? { entry: wanted } : {}) });
      if (!isZip(await openHead(opened, 16))) {
        if (opened.entry === null) throw new BarnacleError('bad-file', `file "${source.name}" is no zip archive; let its format be found`, { format: 'zip', reason: 'it does not begin as one' });
        return within(await read({ ...plain(source), entry: params.entry || opened.entry }, {}, context));
      }
      const archive = await randomAccess(source, opened);
      const entries = await readZip(archive);
      if (isOffice(entries)) throw new BarnacleError('unsupported-format', `file "${source.name}" is a document of an office suite, no archive of tables`, { format: 'office document', reason: 'read it as XLSX or ODS' });
      const data = dataEntries(entries);
      if (params.entry) return within(await read({ ...plain(archive), entry: params.entry }, {}, context));
      if (!data.length) throw new BarnacleError('bad-file', `archive "${source.name}" holds no file that could be a table${entries.length ? `, only ${namesOf(entries)}` : ''}`, { format: 'zip', reason: 'no data file' });
      if (data.some((e) => /\.(pkl|npy)$/i.test(e.name))) throw new BarnacleError('unsupported-format', `archive "${source.name}" holds pickles or NumPy arrays (${namesOf(data)}), which are not read: a pickle is a program; save the table as Parquet or CSV`, { format: 'Python archive', reason: 'a pickle can run code when it is opened' });
      const sources = data.map((e) => ({ ...plain(archive), entry: e.name }));
      try {
        return within(await readPartsWith(read, sources, { fileColumn: params.fileColumn }, context), data.map((e) => e.name));
      } catch (error) {
        if (!isBarnacleError(error, 'bad-file') || error.details.format !== 'parts') throw error;
      }
      const largest = data.reduce((best, e) => (e.size > best.size ? e : best));
      const result = await read({ ...plain(archive), entry: largest.name }, {}, context);
      const note: Note = { code: 'several-tables', message: `the archive holds ${data.length} tables of different columns (${namesOf(data)}); the largest, "${largest.name}", was read`, column: null, rows: null, example: largest.name };
      return within({ ...result, notes: [note, ...result.notes] }, data.map((e) => e.name));
    },
  });

/** `how` keeps "zip" as the format and tells the inner one as `inside`. */
function within(result: ReadResult, entries?: string[]): ReadResult {
  const { format, ...how } = result.how;
  return { ...result, how: { ...how, format: 'zip', inside: format, ...(entries ? { entries } : {}) } };
}
