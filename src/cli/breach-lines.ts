// Breaches of the contract as lines for the terminal: one line per column and finding, the first row as its example.
import type { Breach } from '../core/contract/contract.ts';

/** Rows are counted from 1, as a person counts the rows below the header. */
export function breachLines(breaches: readonly Breach[]): string[] {
  const groups = new Map<string, Breach[]>();
  for (const breach of breaches) {
    const key = JSON.stringify([breach.column, breach.code, breach.policy === 'refuse']);
    groups.set(key, [...(groups.get(key) ?? []), breach]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const more = group.slice(1).map((breach) => (breach.row === null ? breach.message : null)).find((message) => message !== null) ?? null;
    const rows = group.filter((breach) => breach.row !== null).length;
    const where = first.row === null ? '' : ` (row ${first.row + 1}${rows > 1 ? `, and ${rows - 1} more` : ''})`;
    return `${first.policy}: ${first.message}${where}${more === null ? '' : `; ${more}`}`;
  });
}
