// Everything a contract asks, of a whole table: single cells, whole columns, rules across columns. What import and the Check
// button ask; predictions ask check-table.ts alone.
import { countBits } from '../base/bits.ts';
import { evaluate } from '../table/expression/evaluate.ts';
import { parseExpression } from '../table/expression/parse-expression.ts';
import type { Table } from '../table/table.ts';
import { checkRules, type Evaluate } from './check-rules.ts';
import { checkColumns, type CheckOptions } from './check-table.ts';
import { checkWhole } from './check-whole.ts';
import type { Breach, Contract } from './contract.ts';
import { makeLedger } from './ledger.ts';

export type { Evaluate } from './check-rules.ts';
/** `evaluate` answers expression rules; left out = the language of core/table/expression. */
export type DataCheckOptions = CheckOptions & { evaluate?: Evaluate };

/** At most 100 breaches per column or rule and finding are listed; `total` counts all, `refusedRows` the rows with any refusal. */
export function checkData(contract: Contract, table: Table, options: DataCheckOptions = {}): { breaches: Breach[]; total: number; refusedRows: number } {
  const ledger = makeLedger(table.rows);
  checkColumns(contract, table, options, ledger);
  checkWhole(contract, table, ledger);
  checkRules(contract, table, options.evaluate ?? ownLanguage, ledger);
  return { breaches: ledger.breaches, total: ledger.total(), refusedRows: countBits(ledger.refused(), table.rows) };
}

const ownLanguage: Evaluate = (text, table) => evaluate(parseExpression(text), table, 'rule');
