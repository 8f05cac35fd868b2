// comlink carries only name, message and stack of an Error; this replaces its `throw` handler by one that carries code
// and details too, so that a BarnacleError thrown in a worker is the same BarnacleError on the other side.
// Call carryErrors() once on every thread that speaks comlink (client, engine, fit, predict), before the first call.
import { transferHandlers, type TransferHandler } from 'comlink';
import { errorFrom, errorRecord, type ErrorRecord } from '../core/base/errors.ts';

type Thrown = { value: unknown };
export type CarriedError = { isError: true; record: ErrorRecord; stack: string } | { isError: false; value: unknown };

/** Any thrown value -> what crosses the thread. */
export function packError(thrown: unknown): CarriedError {
  if (!(thrown instanceof Error)) return { isError: false, value: thrown };
  return { isError: true, record: errorRecord(thrown), stack: thrown.stack ?? '' };
}

/** The inverse: the value to throw here. The stack of the other thread is kept. */
export function unpackError(carried: CarriedError): unknown {
  if (!carried.isError) return carried.value;
  const error = errorFrom(carried.record);
  if (carried.stack) error.stack = carried.stack;
  return error;
}

/** Puts the handler in the place of comlink's own. */
export function carryErrors(): void {
  const own = transferHandlers.get('throw') as TransferHandler<Thrown, CarriedError>;
  const handler: TransferHandler<Thrown, CarriedError> = {
    canHandle: own.canHandle,
    serialize: ({ value }) => [packError(value), []],
    deserialize: (carried) => {
      throw unpackError(carried);
    },
  };
  transferHandlers.set('throw', handler);
}
