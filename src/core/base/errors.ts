// The typed error of Barnacle: a code, JSON details, and a message that names the thing, its value and a way out.
// Every code is listed once, in ErrorDetails; UI and CLI turn code + details into words in one table.
// Thrown at the border where the fact is known, never caught to be re-worded; `cause` is kept.
import type { Json } from './json.ts';

/** Details by code. Add a code here first; details are plain JSON. */
export type ErrorDetails = {
  'bad-param': { path: string; value: Json; expected: string };
  'unknown-type': { registry: string; type: string; known: string[] };
  'bad-file': { format: string; reason: string; offset?: number };
  'unsupported-format': { format: string; reason: string };
  'empty-file': { name: string };
  'too-large': { what: string; value: number; limit: number };
  'missing-column': { column: string; known: string[]; /** Where an expression names it: character from 0. */ at?: number };
  'bad-expression': { at: number; reason: string };
  'duplicate-column': { column: string };
  'not-numeric': { column: string; kind: string };
  'nominal-feature': { column: string; learner: string };
  'bad-target': { column: string; reason: string };
  'bad-split': { reason: string };
  'no-features': { dropped: string[] };
  'no-rows': { what: string };
  'bad-value': { column: string; row: number; value: Json; expected: string };
  'contract-refused': { column: string; reason: string };
  'bad-bundle': { reason: string };
  'newer-version': { what: string; found: number; supported: number };
  'not-found': { what: string; id: string };
  'numeric-failure': { where: string; value: Json };
  'no-backend': { asked: string; reasons: string[] };
  'worker-lost': { worker: string; reason: string };
  'storage-full': { needed: number; available: number | null };
  'storage-blocked': { reason: string };
  'storage-lost': { expected: number; found: number };
  'storage-corrupt': { what: string; id: string; reason: string };
  stopped: { job: string };
  /** Ended by the person to be gone on with; what was learned is kept. */
  paused: { job: string };
};
export type ErrorCode = keyof ErrorDetails;

/** An error as plain data: what crosses a thread and what is stored with a failed run. */
export type ErrorRecord = { code: ErrorCode | 'unexpected'; message: string; details: Json };

export class BarnacleError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly details: ErrorDetails[C];
  /** Message: lower case, thing first, value and bound after, remedy last. */
  constructor(code: C, message: string, details: ErrorDetails[C], options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'BarnacleError';
    this.code = code;
    this.details = details;
  }
}

/** True for a BarnacleError of that code (or of any, when none is given), also one rebuilt on another thread. */
export function isBarnacleError<C extends ErrorCode>(error: unknown, code?: C): error is BarnacleError<C> {
  return error instanceof Error && error.name === 'BarnacleError' && (code === undefined || (error as BarnacleError).code === code);
}

/** Any thrown value as a record; what is not a BarnacleError becomes `unexpected`. */
export function errorRecord(error: unknown): ErrorRecord {
  if (isBarnacleError(error)) return { code: error.code, message: error.message, details: error.details as Json };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message, details: null };
}

/** The inverse of errorRecord: an Error that can be thrown again. */
export function errorFrom(record: ErrorRecord): Error {
  if (record.code === 'unexpected') return new Error(record.message);
  return new BarnacleError(record.code, record.message, record.details as ErrorDetails[ErrorCode]);
}
