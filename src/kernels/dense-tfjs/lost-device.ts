// A failed read on a GPU -> the typed error that lets the learner go on elsewhere. tfjs never says that a device was lost:
// dispatches stay silent and only reads reject (AbortError). Any other backend's error is passed on as it is.
import { BarnacleError } from '../../core/base/errors.ts';

export function lostDevice(backend: string, error: unknown): unknown {
  if (backend !== 'webgpu') return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new BarnacleError('no-backend', `the GPU was lost while training (${reason}); train on wasm`, { asked: backend, reasons: [reason] }, { cause: error });
}
