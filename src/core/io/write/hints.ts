// What a file format cannot say of our columns, kept as its key-value metadata under "barnacle": category or text, and the
// unit of a time. Whoever reads it may ignore it; when we do, it is untrusted: only known words are taken.
import type { Hint } from '../build/typed-column.ts';
import type { Table } from '../../table/table.ts';

export const HINT_KEY = 'barnacle';
const MOST_HINTS = 100_000;

/** The metadata of a table. */
export const hintText = (table: Table): string => JSON.stringify({ columns: table.columns.map((c) => (c.kind === 'time' ? [c.name, c.kind, c.unit] : [c.name, c.kind])) });

/** Column name -> hint; empty when there is none or it makes no sense. */
export function hintsOf(pairs: ReadonlyMap<string, string>): Map<string, Hint> {
  const hints = new Map<string, Hint>();
  const text = pairs.get(HINT_KEY);
  if (text === undefined) return hints;
  try {
    const { columns } = JSON.parse(text) as { columns?: unknown };
    if (!Array.isArray(columns)) return hints;
    for (const entry of columns.slice(0, MOST_HINTS) as unknown[]) {
      if (!Array.isArray(entry)) continue;
      const [name, kind, unit] = entry as unknown[];
      if (typeof name === 'string' && typeof kind === 'string') hints.set(name, { kind, ...(typeof unit === 'string' ? { unit } : {}) });
    }
  } catch {
    return new Map();
  }
  return hints;
}
