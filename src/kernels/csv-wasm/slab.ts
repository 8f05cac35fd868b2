// Room in JavaScript's memory for what a column gives block by block: large buffers that are filled from the front, so that
// a block costs no buffer of its own and blocks of one type that follow each other are one array.
import type { NumberArray } from '../../core/table/table.ts';

export type Slab = { buffer: ArrayBuffer; used: number };
type ArrayOf<T> = { new (buffer: ArrayBuffer, at: number, length: number): T; readonly BYTES_PER_ELEMENT: number };

const LARGEST = 1 << 21;

export const makeSlab = (): Slab => ({ buffer: new ArrayBuffer(0), used: 0 });

/** The bytes as elements of a type: `last` made longer where they can stand behind it, else an array of their own. */
export function append<T extends NumberArray>(slab: Slab, last: T | undefined, type: ArrayOf<T>, bytes: Uint8Array): T {
  const count = bytes.length / type.BYTES_PER_ELEMENT;
  let at = slab.used;
  const isLonger = last !== undefined && last.constructor === type && last.buffer === slab.buffer && last.byteOffset + last.byteLength === at && at + bytes.length <= slab.buffer.byteLength;
  if (!isLonger) {
    at = (at + 7) & ~7;
    if (at + bytes.length > slab.buffer.byteLength) {
      slab.buffer = new ArrayBuffer(Math.max(bytes.length, Math.min(LARGEST, Math.max(bytes.length * 8, slab.buffer.byteLength * 2))));
      at = 0;
    }
  }
  new Uint8Array(slab.buffer, at, bytes.length).set(bytes);
  slab.used = at + bytes.length;
  return isLonger ? new type(slab.buffer, last.byteOffset, last.length + count) : new type(slab.buffer, at, count);
}
