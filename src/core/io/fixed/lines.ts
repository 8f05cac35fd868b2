// The lines of a text file as strings, whatever its encoding: UTF-8, UTF-16 by mark or zeros, else windows-1252.
import { BarnacleError } from '../../base/errors.ts';
import type { Opened } from '../open-source.ts';
import { utf8Chunks, type Encoding } from '../text/encoding.ts';

const LONGEST = 1 << 20;

/** Each chunk's lines without their ends, as arrays of characters' text. Throws bad-file for a line of over a million characters. */
export async function* linesOf(opened: Opened, encoding: Encoding): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of utf8Chunks(opened.chunks(), encoding, { count: 0 })) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    if (rest.length > LONGEST) throw new BarnacleError('bad-file', `a line is longer than ${LONGEST} characters; fixed-width text has short lines`, { format: 'fixed-width', reason: 'a line is too long' });
    yield lines.map(withoutReturn);
  }
  rest += decoder.decode();
  if (rest) yield [withoutReturn(rest)];
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
