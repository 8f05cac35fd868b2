// The rows of the nets benchmark as raw files, so that ours and its peers train on the very same bytes in the same order from
// the same weights: x (float32, row after row), y (int32 classes), order (int32), weights (float32, the flat vector).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetsRows } from './nets-rows.ts';

export function writeArrays(folder: string, arrays: { readonly [name: string]: Float32Array | Int32Array }): void {
  for (const [name, array] of Object.entries(arrays)) writeFileSync(join(folder, name), new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

const bytesOf = (folder: string, name: string): ArrayBuffer => new Uint8Array(readFileSync(join(folder, name))).buffer;
export const readRows = (folder: string): NetsRows => ({ x: new Float32Array(bytesOf(folder, 'x')), y: new Int32Array(bytesOf(folder, 'y')), order: new Int32Array(bytesOf(folder, 'order')) });
export const readWeights = (folder: string): Float32Array => new Float32Array(bytesOf(folder, 'weights'));
