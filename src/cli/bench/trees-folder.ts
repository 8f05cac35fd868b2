// A matrix as raw files in a folder, so that ours and its peers read the very same bytes: NAME.x holds columns of float32 one
// after another, NAME.y int32 codes or float64 values; a model's scores of the test rows come back as test.p (float64, row-major).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Matrix, Target } from '../../core/table/matrix.ts';

/** What a fit in another process is told: where the data lie, their shape, and how to train. `classes` is 0 for regression. */
export type TreesJob = { folder: string; rows: number; held: number; features: number; classes: number; rounds: number; threads: number; seed: number; /** Least rows of a leaf; 20 when absent. */ leastRows?: number };

const bytesOf = (array: Float32Array | Int32Array | Float64Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

export function writeMatrix(folder: string, name: 'train' | 'test', { data, target }: Matrix): void {
  writeFileSync(join(folder, `${name}.x`), '');
  for (const column of data) writeFileSync(join(folder, `${name}.x`), bytesOf(column), { flag: 'a' });
  writeFileSync(join(folder, `${name}.y`), bytesOf(target!.kind === 'class' ? target!.codes : target!.values));
}

/** Class names are the codes as text. */
export function readMatrix(name: 'train' | 'test', { folder, rows, held, features, classes }: TreesJob): Matrix {
  const n = name === 'train' ? rows : held;
  const x = buffer(join(folder, `${name}.x`));
  const y = buffer(join(folder, `${name}.y`));
  const target: Target = classes ? { kind: 'class', classes: Array.from({ length: classes }, (_, k) => String(k)), codes: new Int32Array(y) } : { kind: 'value', values: new Float64Array(y) };
  return { rows: n, features: Array.from({ length: features }, (_, f) => ({ name: `x${f}`, source: `x${f}` })), data: Array.from({ length: features }, (_, f) => new Float32Array(x, f * n * 4, n)), target, weight: null };
}

export const writeScores = (folder: string, values: Float64Array): void => writeFileSync(join(folder, 'test.p'), bytesOf(values));
export const readScores = (folder: string): Float64Array => new Float64Array(buffer(join(folder, 'test.p')));

function buffer(file: string): ArrayBuffer {
  const bytes = readFileSync(file);
  return bytes.buffer.byteLength === bytes.length ? (bytes.buffer as ArrayBuffer) : new Uint8Array(bytes).buffer;
}
