// Any thrown value as the one line that a person reads; the stack only when BARNACLE_TRACE asks for it.
import { isBarnacleError } from '../core/base/errors.ts';

export function failureLine(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
  const trace = process.env.BARNACLE_TRACE && error instanceof Error ? `\n${error.stack}` : '';
  if (isBarnacleError(error)) return `barnacle: ${message}${trace}`;
  return `barnacle: unexpected failure: ${message}${trace || '; set BARNACLE_TRACE=1 to see where'}`;
}
