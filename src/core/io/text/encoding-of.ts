// The encoding of a whole file: a mark or zeros in its first bytes tell UTF-16; bytes that are no UTF-8 anywhere in it make it
// windows-1252. One pass over the bytes, so that no letter is lost in a file that is read as a stream.
import type { Note } from '../../base/task.ts';
import type { Opened } from '../open-source.ts';
import { headOf } from '../source.ts';
import { NotUtf8, sniffEncoding, utf8Chunks, type Encoding } from './encoding.ts';

/** The encoding that all of the file is in. */
export async function encodingOf(opened: Opened): Promise<Encoding> {
  const encoding = sniffEncoding(await headOf(opened.chunks(), 4096));
  if (encoding !== 'utf-8') return encoding;
  try {
    for await (const chunk of utf8Chunks(opened.chunks(), encoding, { count: 0 })) if (chunk.length < 0) break;
    return encoding;
  } catch (error) {
    if (error instanceof NotUtf8) return 'windows-1252';
    throw error;
  }
}

/** What to say of a file that should be UTF-8 and is not. */
export const encodingNote = (encoding: Encoding): Note[] => (encoding === 'utf-8' || encoding.startsWith('utf-16') ? [] : [{ code: 'encoding', message: `the file is not UTF-8 and was read as ${encoding}; look whether its letters are right`, column: null, rows: null, example: null }]);
