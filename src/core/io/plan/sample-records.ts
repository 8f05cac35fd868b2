// The first part of a JSON list of records, closed behind its last whole record, as a file of its own.
// Null when the file is no such list, or when not one record ends in the part that was read.
import type { Opened } from '../open-source.ts';
import { headOf } from '../source.ts';
import type { ByteSample } from './sample-bytes.ts';

const HEAD = 1 << 22;

/** `total`: unpacked bytes of the file. */
export async function sampleRecords(opened: Opened, total: number): Promise<ByteSample | null> {
  const head = await headOf(opened.chunks(), HEAD);
  if (head.length < HEAD) return { bytes: head, taken: head.length, total: head.length, isWhole: true };
  const end = lastRecordEnd(head);
  if (end < 0) return null;
  const bytes = new Uint8Array(end + 1);
  bytes.set(head.subarray(0, end));
  bytes[end] = 93;
  return { bytes, taken: end, total, isWhole: false };
}

/** Behind the last element of the outermost list that is whole; -1 when there is no list or no element. */
function lastRecordEnd(bytes: Uint8Array): number {
  let depth = 0;
  let inString = false;
  let end = -1;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i];
    if (inString) {
      if (c === 92) i++;
      else if (c === 34) inString = false;
    } else if (c === 34) inString = true;
    else if (c === 91 || c === 123) {
      if (depth === 0 && c !== 91) return -1;
      depth++;
    } else if ((c === 93 || c === 125) && --depth === 1) end = i + 1;
  }
  return end;
}
