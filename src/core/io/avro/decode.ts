// Avro's binary encoding -> plain values, by a function made once for each type. Every length is checked against what is left
// of the block; items that take no byte are counted, so that a block cannot claim billions of nothing.
import type { AvroType } from './schema.ts';

export type AvroValue = null | boolean | number | bigint | string | Uint8Array | AvroValue[] | { [key: string]: AvroValue };
export interface Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  depth: number;
  /** Items without a byte that may still come. */
  free: number;
}
export type Decode = (cursor: Cursor) => AvroValue;

const DEEPEST = 100;
const decoder = new TextDecoder();

export const cursorOver = (bytes: Uint8Array, free: number): Cursor => ({ bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0, depth: 0, free });

/** A zigzag varint; a bigint when it is beyond 2^53. */
export function readLong(cursor: Cursor): number | bigint {
  const { bytes } = cursor;
  let value = 0;
  let scale = 1;
  for (let k = 0; k < 7; k++) {
    if (cursor.at >= bytes.length) throw new Error('a number is cut');
    const byte = bytes[cursor.at++];
    value += (byte & 127) * scale;
    if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    scale *= 128;
  }
  let wide = BigInt(value);
  for (let shift = 49n; shift < 70n; shift += 7n) {
    if (cursor.at >= bytes.length) throw new Error('a number is cut');
    const byte = bytes[cursor.at++];
    wide |= BigInt(byte & 127) << shift;
    if (byte >= 128) continue;
    const signed = BigInt.asIntN(64, (wide >> 1n) ^ -(wide & 1n));
    const plain = Number(signed);
    return Number.isSafeInteger(plain) ? plain : signed;
  }
  throw new Error('a number is longer than 64 bits');
}

/** A count or place: a safe integer. */
export function readCount(cursor: Cursor): number {
  const value = readLong(cursor);
  if (typeof value === 'bigint') throw new Error('a length is out of range');
  return value;
}

export function readBytes(cursor: Cursor, length: number): Uint8Array {
  if (length < 0 || cursor.at + length > cursor.bytes.length) throw new Error('a value reaches past its block');
  cursor.at += length;
  return cursor.bytes.subarray(cursor.at - length, cursor.at);
}

/** `made` remembers functions of records, which may hold themselves. */
export function makeDecode(type: AvroType, made: Map<AvroType, { decode: Decode }> = new Map()): Decode {
  switch (type.kind) {
    case 'null':
      return () => null;
    case 'boolean':
      return (c) => readBytes(c, 1)[0] !== 0;
    case 'int':
    case 'long':
      return readLong;
    case 'float':
    case 'double': {
      const size = type.kind === 'float' ? 4 : 8;
      return (c) => {
        readBytes(c, size);
        return size === 4 ? c.view.getFloat32(c.at - 4, true) : c.view.getFloat64(c.at - 8, true);
      };
    }
    case 'bytes':
    case 'string':
      return (c) => readBytes(c, readCount(c));
    case 'fixed':
      return (c) => readBytes(c, type.size);
    case 'enum': {
      const symbols = type.symbols;
      return (c) => {
        const k = readCount(c);
        if (!(k >= 0 && k < symbols.length)) throw new Error(`symbol ${k} of ${symbols.length} is unknown`);
        return symbols[k];
      };
    }
    case 'union': {
      const branches = type.branches.map((branch) => makeDecode(branch, made));
      return (c) => {
        const k = readCount(c);
        if (!(k >= 0 && k < branches.length)) throw new Error(`branch ${k} of a union of ${branches.length} is unknown`);
        return branches[k](c);
      };
    }
    case 'array': {
      const item = makeDecode(type.items, made);
      return (c) => {
        const out: AvroValue[] = [];
        eachItem(c, () => out.push(plainOf(item(c))));
        return out;
      };
    }
    case 'map': {
      const item = makeDecode(type.items, made);
      return (c) => {
        const out: [string, AvroValue][] = [];
        eachItem(c, () => out.push([decoder.decode(readBytes(c, readCount(c))), plainOf(item(c))]));
        return Object.fromEntries(out);
      };
    }
    case 'record': {
      const known = made.get(type);
      if (known) return (c) => known.decode(c);
      const self: { decode: Decode } = { decode: () => null };
      made.set(type, self);
      const fields = type.fields.map((field) => ({ name: field.name, decode: makeDecode(field.type, made) }));
      self.decode = (c) => {
        if (++c.depth > DEEPEST) throw new Error(`records lie more than ${DEEPEST} deep`);
        const value = Object.fromEntries(fields.map(({ name, decode }) => [name, plainOf(decode(c))]));
        c.depth--;
        return value;
      };
      return self.decode;
    }
  }
}

/** Within lists and records strings are strings. */
const plainOf = (value: AvroValue): AvroValue => (value instanceof Uint8Array ? decoder.decode(value) : value);

function eachItem(c: Cursor, take: () => void): void {
  for (;;) {
    let count = readCount(c);
    if (count === 0) return;
    if (count < 0) {
      count = -count;
      readCount(c);
    }
    for (let k = 0; k < count; k++) {
      const before = c.at;
      take();
      if (c.at === before && --c.free < 0) throw new Error('a list claims too many items of nothing');
    }
  }
}
