// Moves a Matrix between threads without copying it once per worker: arrays are copied into SharedArrayBuffers when the
// page is isolated (each array once, remembered), else left as they are and cloned by postMessage.
// Nobody writes a matrix after the recipe made it, so sharing is safe.
import type { Matrix, Target } from '../core/table/matrix.ts';

type Shareable = Float32Array | Float64Array | Int32Array;
const shared = new WeakMap<Shareable, Shareable>();

/** True when this thread may share memory with its workers. */
export const canShare = (): boolean => typeof SharedArrayBuffer === 'function' && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;

/** An equal matrix whose arrays are shared memory; the matrix itself when sharing is not allowed. */
export function shareMatrix(matrix: Matrix, allowed: boolean = canShare()): Matrix {
  if (!allowed) return matrix;
  return { ...matrix, data: matrix.data.map(shareArray), target: matrix.target && shareTarget(matrix.target), weight: matrix.weight && shareArray(matrix.weight) };
}

const shareTarget = (target: Target): Target => (target.kind === 'class' ? { ...target, codes: shareArray(target.codes) } : { ...target, values: shareArray(target.values) });

function shareArray<T extends Shareable>(array: T): T {
  if (!(array.buffer instanceof ArrayBuffer)) return array;
  const known = shared.get(array);
  if (known) return known as T;
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => T)(new SharedArrayBuffer(array.byteLength));
  copy.set(array as never);
  shared.set(array, copy);
  return copy;
}
