// JSON text -> a value; the NaN and Infinity that Python writes are read as null and counted.
import { BarnacleError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';

const LITERALS = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** Throws bad-file with the parser's reason. `replaced` counts NaN and Infinity. */
export function parseJson(text: string, format: string, replaced: { count: number }): Json {
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
