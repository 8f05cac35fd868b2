// Category tables on the GPU: all of them in one dispatch each way. Backward, each number of a table adds up the rows that
// have its level, in row order, by lists that the host makes of the codes: no atomics, and runs repeat.
import { tensor1d, type Tensor2D } from '@tensorflow/tfjs-core';
import type { NetSlot } from '../../../core/models/net/net.ts';
import type { GpuStore } from './gpu-store.ts';
import { eachElement, groupsFor, run } from './program.ts';

export function gpuLookUp(store: GpuStore, tables: readonly NetSlot[], codes: Int32Array, rows: number): Tensor2D {
  const width = tables.reduce((sum, table) => sum + table.shape[1], 0);
  /** For each output column: its category, the table's width, and where its number of level 0 lies. */
  const columns = store.constant('columns', () => Int32Array.from(tables.flatMap((table, c) => Array.from({ length: table.shape[1] }, (_, o) => [c, table.shape[1], table.offset + o]).flat())));
  return run({
    key: 'look-up',
    inputs: { ws: store.state, columns, codes: tensor1d(codes.subarray(0, rows * tables.length), 'int32') },
    out: [rows, width],
    uniforms: [['count', 'i32', rows * width], ['width', 'i32', width], ['tables', 'i32', tables.length]],
    groups: groupsFor(rows * width),
    code: eachElement(`let c = 3 * (e % uniforms.width);
  result[e] = ws[columns[c + 2] + codes[(e / uniforms.width) * uniforms.tables + columns[c]] * columns[c + 1]];`),
  }) as Tensor2D;
}

export function gpuLookUpBack(store: GpuStore, tables: readonly NetSlot[], codes: Int32Array, d: Tensor2D): void {
  const [rows, width] = d.shape;
  const count = tables.reduce((sum, table) => sum + table.size, 0);
  /** For each table: its first number, its width, its first list, its first column of d. Then the end, and the rest as it is. */
  const places = store.constant('places', () => Int32Array.from(placesOf(tables)));
  run({
    key: 'look-up-back',
    inputs: { ds: d, places, lists: tensor1d(listsOf(tables, codes, rows), 'int32') },
    out: store.gradients,
    uniforms: [['count', 'i32', count], ['at', 'i32', tables[0].offset], ['width', 'i32', width], ['tables', 'i32', tables.length]],
    groups: groupsFor(count),
    code: eachElement(`var t = 0;
  while (t + 1 < uniforms.tables && e >= places[4 * t + 4]) { t++; }
  let own = e - places[4 * t];
  let tableWidth = places[4 * t + 1];
  let list = places[4 * t + 2] + own / tableWidth;
  let column = places[4 * t + 3] + own % tableWidth;
  var sum = 0.0;
  for (var i = lists[list]; i < lists[list + 1]; i++) { sum += ds[lists[i] * uniforms.width + column]; }
  result[uniforms.at + e] = sum;`),
  });
}

function placesOf(tables: readonly NetSlot[]): number[] {
  let [first, list, column] = [0, 0, 0];
  return tables.flatMap((table) => {
    const [levels, width] = table.shape;
    const place = [first, width, list, column];
    first += table.size;
    list += levels + 1;
    column += width;
    return place;
  });
}

/** For each level of each table where its rows begin (and after the last where they end), then the rows; one array. */
export function listsOf(tables: readonly NetSlot[], codes: Int32Array, rows: number): Int32Array {
  const heads = tables.reduce((sum, table) => sum + table.shape[0] + 1, 0);
  const out = new Int32Array(heads + rows * tables.length);
  let [at, next] = [0, heads];
  tables.forEach((table, c) => {
    const levels = table.shape[0];
    const counts = new Int32Array(levels);
    for (let r = 0; r < rows; r++) counts[codes[r * tables.length + c]]++;
    let start = next;
    for (let level = 0; level < levels; level++) {
      out[at + level] = start;
      start += counts[level];
      counts[level] = out[at + level];
    }
    out[at + levels] = start;
    for (let r = 0; r < rows; r++) out[counts[codes[r * tables.length + c]]++] = r;
    next = start;
    at += levels + 1;
  });
  return out;
}
