// The files of a .tar.gz, for tests.
import { gunzipSync } from 'node:zlib';

export function untar(packed: Uint8Array): Map<string, Uint8Array> {
  const bytes = gunzipSync(packed);
  const files = new Map<string, Uint8Array>();
  const text = (from: number, length: number): string => new TextDecoder().decode(bytes.subarray(from, from + length)).replace(/\0.*$/s, '');
  let longName = '';
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const size = parseInt(text(at + 124, 12).trim() || '0', 8);
    const type = String.fromCharCode(bytes[at + 156]);
    const body = bytes.subarray(at + 512, at + 512 + size);
    const prefix = text(at + 345, 155);
    const name = longName || (prefix ? `${prefix}/` : '') + text(at, 100);
    longName = type === 'L' ? new TextDecoder().decode(body).replace(/\0.*$/s, '') : '';
    if (type === '0' || type === '\0') files.set(name, Uint8Array.from(body));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
