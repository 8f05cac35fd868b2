// What a check found, as lines: one for each column (or rule) and finding, the refusals first, with how many and where.
import type { Breach } from '../../../../core/contract/contract.ts';

export type BreachGroup = { key: string; breach: Breach; count: number; /** Row numbers from 1, at most `ROWS`, in order. */ rows: number[] };
const ROWS = 12;

export function groupBreaches(breaches: readonly Breach[]): BreachGroup[] {
  const groups = new Map<string, BreachGroup>();
  for (const breach of breaches) {
    const key = JSON.stringify([breach.column, breach.code, breach.rule ?? null]);
    const group = groups.get(key) ?? { key, breach, count: 0, rows: [] };
    groups.set(key, group);
    group.count += breach.more ?? 1;
    if (breach.row !== null && group.rows.length < ROWS) group.rows.push(breach.row + 1);
  }
  const rank = (group: BreachGroup): number => (group.breach.policy === 'refuse' ? 0 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}

/** Findings by column name; rules under `rule 3`. */
export function countByColumn(breaches: readonly Breach[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const breach of breaches) {
    const name = breach.rule === undefined ? breach.column : ruleKey(breach.rule);
    counts.set(name, (counts.get(name) ?? 0) + (breach.more ?? 1));
  }
  return counts;
}
export const ruleKey = (index: number): string => `\u0000rule ${index}`;
