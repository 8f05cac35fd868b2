// The one-file container of a project: magic, format version, a JSON header that lists named sections with length and
// checksum, then the sections. Read from a Blob slice by slice; every length is checked against the file before any
// allocation, every checksum before any use.
//   0  'BARNPROJ'   8  u32 version (little endian)   12  u32 header bytes   16  header checksum (32 hex digits)   48  header
import { BarnacleError } from '../core/base/errors.ts';
import { hashBytes } from '../core/base/hash.ts';
import type { Hash } from '../core/base/json.ts';
import { copyShape, type Shape } from './shape.ts';

const magic = 'BARNPROJ';
const version = 1;
const fixed = 48;
const maxHeader = 16 * 1024 * 1024;
type Head = { name: string; bytes: number; checksum: Hash };
const headShape: Shape = { list: { record: { name: 'string', bytes: 'number', checksum: 'string' } } };

export type Section = { name: string; bytes: Uint8Array<ArrayBuffer> };
export interface Container {
  readonly names: readonly string[];
  /** The section's bytes, its checksum verified. Throws bad-file when it is absent or damaged. */
  section(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

export function writeContainer(sections: readonly Section[]): Blob {
  const heads: Head[] = sections.map(({ name, bytes }) => ({ name, bytes: bytes.length, checksum: hashBytes(bytes) }));
  const header = new TextEncoder().encode(JSON.stringify(heads));
  const start = new Uint8Array(fixed);
  start.set(new TextEncoder().encode(magic), 0);
  new DataView(start.buffer).setUint32(8, version, true);
  new DataView(start.buffer).setUint32(12, header.length, true);
  start.set(new TextEncoder().encode(hashBytes(header)), 16);
  return new Blob([start, header, ...sections.map((s) => s.bytes)], { type: 'application/octet-stream' });
}

/** Throws bad-file, newer-version. */
export async function readContainer(file: Blob): Promise<Container> {
  const start = await bytesOf(file, 0, Math.min(fixed, file.size));
  const text = (from: number, to: number) => new TextDecoder().decode(start.subarray(from, to));
  if (start.length < fixed || text(0, 8) !== magic) throw bad('it does not begin as a Barnacle project does');
  const found = new DataView(start.buffer).getUint32(8, true);
  if (found > version) throw new BarnacleError('newer-version', `project file has format ${found}, this version reads up to ${version}; open it in a newer studio`, { what: 'project file', found, supported: version });
  const headerBytes = new DataView(start.buffer).getUint32(12, true);
  if (found !== version || headerBytes > maxHeader || fixed + headerBytes > file.size) throw bad('its header is cut short');
  const header = await bytesOf(file, fixed, fixed + headerBytes);
  if (hashBytes(header) !== text(16, 48)) throw bad('its header has another checksum');
  const places = place(copyShape(parse(header), headShape, 'header') as unknown as Head[], fixed + headerBytes, file.size);
  return {
    names: [...places.keys()],
    async section(name) {
      const head = places.get(name);
      if (!head) throw bad(`section "${name}" is missing`);
      const bytes = await bytesOf(file, head.at, head.at + head.bytes);
      if (hashBytes(bytes) !== head.checksum) throw bad(`section "${name}" has another checksum`);
      return bytes;
    },
  };
}

function place(heads: readonly Head[], start: number, size: number): Map<string, Head & { at: number }> {
  const places = new Map<string, Head & { at: number }>();
  let at = start;
  for (const head of heads) {
    if (!Number.isSafeInteger(head.bytes) || head.bytes < 0 || at + head.bytes > size) throw bad(`section "${head.name}" reaches beyond the end of the file`);
    if (places.has(head.name)) throw bad(`section "${head.name}" occurs twice`);
    places.set(head.name, { ...head, at });
    at += head.bytes;
  }
  if (at !== size) throw bad(`its sections end at byte ${at}, the file at ${size}`);
  return places;
}

/** A JSON section as a value; still hostile. */
export async function jsonSection(container: Container, name: string): Promise<unknown> {
  return parse(await container.section(name));
}
export const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw bad('a section that should be JSON is not');
  }
}
const bytesOf = async (file: Blob, start: number, end: number) => new Uint8Array(await file.slice(start, end).arrayBuffer());
const bad = (reason: string) => new BarnacleError('bad-file', `project file is damaged: ${reason}; export it again`, { format: 'barnacle-project', reason });
