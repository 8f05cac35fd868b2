// Where checks write what they find: at most 100 cells per column and finding are listed, then one line with the rest;
// all are counted, and which rows are refused is kept for every row.
import { makeBits, setBit, type Bits } from '../base/bits.ts';
import type { Breach, BreachCode, Policy } from './contract.ts';

const LISTED = 100;

export interface Ledger {
  /** One finding; `row` null = about the whole column or table. accept = nothing is written. */
  add(finding: { column: string; row: number | null; policy: Policy; code: BreachCode; rule?: number }, message: () => string): void;
  /** Closes a column or rule: what was not listed is said in one line. */
  close(): void;
  readonly breaches: Breach[];
  /** All findings, listed or not. */
  total(): number;
  /** Rows with a finding whose policy is refuse; null = none. */
  refused(): Bits | null;
}

export function makeLedger(rows: number): Ledger {
  const breaches: Breach[] = [];
  let open = new Map<string, { breach: Breach; count: number }>();
  let total = 0;
  let refused: Bits | null = null;
  return {
    breaches,
    add(finding, message) {
      if (finding.policy === 'accept') return;
      total++;
      const { row } = finding;
      if (row !== null && finding.policy === 'refuse') setBit((refused ??= makeBits(rows)), row);
      const known = open.get(finding.code);
      if (known && ++known.count > LISTED) return;
      const breach: Breach = { column: finding.column, row, policy: finding.policy, code: finding.code, message: message(), ...(finding.rule === undefined ? {} : { rule: finding.rule }) };
      if (!known) open.set(finding.code, { breach, count: 1 });
      breaches.push(breach);
    },
    close() {
      for (const { breach, count } of open.values()) {
        const more = count - LISTED;
        if (more <= 0) continue;
        const message = breach.column === '' ? `${more} more such rows` : `column "${breach.column}" has ${more} more such cells`;
        breaches.push({ ...breach, row: null, message, more });
      }
      open = new Map();
    },
    total: () => total,
    refused: () => refused,
  };
}
