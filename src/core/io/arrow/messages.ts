// The messages of an Arrow IPC file or stream: where each begins, its metadata, its body. A file is read by its footer, a stream
// from front to end. Lengths are checked against the file before a byte is fetched.
import type { ByteSource } from '../reader.ts';
import { intAt, longAt, longOf, rootOf, tableAt, vectorAt, type FlatTable } from './flatbuffer.ts';

export type Message = { readonly kind: 'schema' | 'dictionary' | 'batch' | 'other'; readonly header: FlatTable; readonly bodyStart: number; readonly bodyLength: number };
type Block = { offset: number; metadata: number; body: number };

const MAGIC = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];
const MOST_METADATA = 256 * 1024 ** 2;
const KINDS = { 1: 'schema', 2: 'dictionary', 3: 'batch' } as const;

export const isArrowFile = (head: Uint8Array): boolean => MAGIC.every((byte, i) => head[i] === byte);

/** A stream begins with its schema: the continuation mark and length, or (before Arrow 0.15) the length alone. */
export function isArrowStream(head: Uint8Array): boolean {
  if (head.length < 24) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isMarked = view.getUint32(0, true) === 0xffffffff;
  const length = view.getUint32(isMarked ? 4 : 0, true);
  const start = isMarked ? 8 : 4;
  if (length < 16 || length > MOST_METADATA || length % 4 !== 0) return false;
  try {
    const root = rootOf(head.subarray(start, Math.min(head.length, start + length)));
    return root.at < length && intAt(root, 1, 8) === 1 && tableAt(root, 2) !== null;
  } catch {
    return false;
  }
}

/** Schema first, then dictionaries and batches in the order to read them. */
export async function* messagesOf(source: ByteSource): AsyncGenerator<Message> {
  const head = await source.slice(0, Math.min(8, source.size));
  if (isArrowFile(head)) yield* fileMessages(source);
  else yield* streamMessages(source);
}

async function* fileMessages(source: ByteSource): AsyncGenerator<Message> {
  const tail = await source.slice(Math.max(0, source.size - 10), source.size);
  if (tail.length < 10 || !isArrowFile(tail.subarray(4))) throw new Error('its end is missing');
  const length = new DataView(tail.buffer, tail.byteOffset, 4).getInt32(0, true);
  const start = source.size - 10 - length;
  if (length <= 0 || start < 8) throw new Error('its footer is damaged');
  const footer = rootOf(await source.slice(start, start + length));
  const schema = tableAt(footer, 1);
  if (!schema) throw new Error('its footer has no schema');
  yield { kind: 'schema', header: schema, bodyStart: 0, bodyLength: 0 };
  for (const k of [2, 3]) for (const block of blocksOf(footer, k)) yield await messageAt(source, block);
}

function blocksOf(footer: FlatTable, k: number): Block[] {
  const { at, length } = vectorAt(footer, k, 24);
  return Array.from({ length }, (_, i) => ({ offset: longOf(footer.view, at + 24 * i), metadata: footer.view.getInt32(at + 24 * i + 8, true), body: longOf(footer.view, at + 24 * i + 16) }));
}

async function messageAt(source: ByteSource, { offset, metadata, body }: Block): Promise<Message> {
  if (offset < 8 || metadata < 8 || metadata > MOST_METADATA || body < 0 || offset + metadata + body > source.size) throw new Error('a batch reaches past the end');
  const bytes = await source.slice(offset, offset + metadata);
  const isMarked = bytes[0] === 0xff && bytes[1] === 0xff && bytes[2] === 0xff && bytes[3] === 0xff;
  return messageOf(bytes.subarray(isMarked ? 8 : 4), offset + metadata, source.size, body);
}

function messageOf(bytes: Uint8Array, bodyStart: number, size: number, body?: number): Message {
  const root = rootOf(bytes);
  const header = tableAt(root, 2);
  const bodyLength = longAt(root, 3);
  if (!header || bodyLength < 0 || bodyStart + bodyLength > size || (body !== undefined && bodyLength > body)) throw new Error('a batch reaches past the end');
  return { kind: KINDS[intAt(root, 1, 8) as 1 | 2 | 3] ?? 'other', header, bodyStart, bodyLength };
}

async function* streamMessages(source: ByteSource): AsyncGenerator<Message> {
  for (let at = 0; at < source.size; ) {
    const prefix = await source.slice(at, Math.min(source.size, at + 8));
    if (prefix.length < 4) throw new Error('it is cut within a message');
    const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
    const isMarked = view.getUint32(0, true) === 0xffffffff;
    if (isMarked && prefix.length < 8) throw new Error('it is cut within a message');
    const length = view.getInt32(isMarked ? 4 : 0, true);
    at += isMarked ? 8 : 4;
    if (length === 0) return;
    if (length < 8 || length > MOST_METADATA || at + length > source.size) throw new Error('it is cut within a message');
    const message = messageOf(await source.slice(at, at + length), at + length, source.size);
    yield message;
    at = message.bodyStart + message.bodyLength;
  }
}
