// JSON text -> a value; the NaN and Infinity that Python writes are read as null and counted, integers beyond 2^53 as their
// digits (an id would change), counted too.
import { BarnacleError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Note } from '../../base/task.ts';

const LITERALS = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** What was read as something else than it stood there: NaN and Infinity, and integers too wide for a number. */
export type Replaced = { count: number; wide: number };

/** Sixteen digits or more that may be a whole number; what is a string or a fraction, NUMBERS tells. */
const MAY_BE_WIDE = /[\s,:[]-?\d{16,}[\s,}\]]/;
const NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

function keepWide(text: string, replaced: Replaced): string {
  return text.replace(NUMBERS, (found) => {
    if (found[0] === '"' || !/^-?\d{16,}$/.test(found) || Number.isSafeInteger(Number(found)) || String(Number(found)) === found) return found;
    replaced.wide++;
    return `"${found}"`;
  });
}

/** The Note on integers beyond 2^53, if there were any. */
export function wideNote({ wide }: Replaced): Note[] {
  return wide ? [{ code: 'wide-integers', message: `${wide} integers are beyond 2^53; they are read as text so that none changes`, column: null, rows: wide, example: null }] : [];
}

/** Throws bad-file with the parser's reason. `replaced` counts what stands for something else. */
export function parseJson(source: string, format: string, replaced: Replaced): Json {
  const text = MAY_BE_WIDE.test(source) ? keepWide(source, replaced) : source;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/\b(NaN|Infinity)\b/.test(text)) {
      let count = 0;
      const fixed = text.replace(LITERALS, (found) => {
        if (found[0] === '"') return found;
        count++;
        return 'null';
      });
      try {
        const value = JSON.parse(fixed) as Json;
        replaced.count += count;
        return value;
      } catch {
        // The first reason is the one to tell.
      }
    }
    throw new BarnacleError('bad-file', `the file is not whole JSON: ${reason}; check where it was cut or written by hand`, { format, reason }, { cause: error });
  }
}
