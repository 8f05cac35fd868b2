// Moves tables and matrices between threads without copying them once per worker: arrays are copied into
// SharedArrayBuffers when the page is isolated (each array once, remembered), else left as they are and cloned by
// postMessage. Nobody writes a table or a matrix after it was made, so sharing is safe.
// Text stays unshared: TextDecoder refuses shared memory.
import type { Prepared } from '../core/pipeline/prepare.ts';
import type { Matrix, Target } from '../core/table/matrix.ts';
import type { Column, NumberArray, Table } from '../core/table/table.ts';

const shared = new WeakMap<NumberArray, NumberArray>();

/** True when this thread may share memory with its workers. */
export const canShare = (): boolean => typeof SharedArrayBuffer === 'function' && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;

/** An equal table whose arrays (but those of text columns) are shared memory; the table itself when that is not allowed. */
export function shareTable(table: Table, allowed: boolean = canShare()): Table {
  return allowed ? { ...table, columns: table.columns.map(shareColumn) } : table;
}

/** An equal matrix whose arrays are shared memory; the matrix itself when sharing is not allowed. */
export function shareMatrix(matrix: Matrix, allowed: boolean = canShare()): Matrix {
  if (!allowed) return matrix;
  return { ...matrix, data: matrix.data.map(shareArray), target: matrix.target && shareTarget(matrix.target), weight: matrix.weight && shareArray(matrix.weight) };
}

/** What a run needs besides its spec, ready to go to any worker. */
export function sharePrepared(prepared: Prepared, allowed: boolean = canShare()): Prepared {
  return { ...prepared, train: shareMatrix(prepared.train, allowed), valid: prepared.valid && shareMatrix(prepared.valid, allowed), test: shareMatrix(prepared.test, allowed) };
}

function shareColumn(column: Column): Column {
  if (column.kind === 'text') return column;
  const missing = column.missing && shareArray(column.missing);
  if (column.kind === 'category') return { ...column, codes: shareArray(column.codes), missing };
  return { ...column, values: shareArray<NumberArray>(column.values), missing } as Column;
}

const shareTarget = (target: Target): Target => (target.kind === 'class' ? { ...target, codes: shareArray(target.codes) } : { ...target, values: shareArray(target.values) });

function shareArray<T extends NumberArray>(array: T): T {
  if (!(array.buffer instanceof ArrayBuffer)) return array;
  const known = shared.get(array);
  if (known) return known as T;
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => T)(new SharedArrayBuffer(array.byteLength));
  copy.set(array as never);
  shared.set(array, copy);
  return copy;
}
