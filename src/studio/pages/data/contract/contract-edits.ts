// Edits of a contract; nothing is changed in place. A field set to undefined is taken out: absent = not asked.
import type { ColumnContract, Contract, TableRule } from '../../../../core/contract/contract.ts';
import type { Field } from '../../../../core/table/table.ts';

export function withColumn(contract: Contract, name: string, change: Partial<ColumnContract>): Contract {
  return { ...contract, columns: contract.columns.map((column) => (column.name === name ? lean({ ...column, ...change }) : column)) };
}

export const withoutColumn = (contract: Contract, name: string): Contract => ({ ...contract, columns: contract.columns.filter((column) => column.name !== name) });

/** Columns of the data that the contract does not know, as `inferred` has them, in the order of the data. */
export function withNewColumns(contract: Contract, inferred: Contract | null, schema: readonly Field[]): Contract {
  const fresh = unknownColumns(contract, schema).map((field) => inferred?.columns.find((column) => column.name === field.name) ?? plainColumn(field));
  return { ...contract, columns: [...contract.columns, ...fresh] };
}
export const unknownColumns = (contract: Contract, schema: readonly Field[]): Field[] => {
  const known = new Set(contract.columns.map((column) => column.name));
  return schema.filter((field) => !known.has(field.name));
};
export const goneColumns = (contract: Contract, schema: readonly Field[]): string[] => {
  const there = new Set(schema.map((field) => field.name));
  return contract.columns.map((column) => column.name).filter((name) => !there.has(name));
};

export const withRule = (contract: Contract, at: number | null, rule: TableRule): Contract => {
  const rules = contract.rules ?? [];
  return { ...contract, rules: at === null ? [...rules, rule] : rules.map((each, i) => (i === at ? rule : each)) };
};
export function withoutRule(contract: Contract, at: number): Contract {
  const { rules = [], ...rest } = contract;
  const left = rules.filter((_, i) => i !== at);
  return left.length === 0 ? rest : { ...rest, rules: left };
}

const plainColumn = ({ name, kind }: Field): ColumnContract => ({ name, kind, required: true, missing: 'warn', range: null, outside: 'warn', levels: null, unseen: 'warn', example: null });

function lean(column: ColumnContract): ColumnContract {
  return Object.fromEntries(Object.entries(column).filter(([, value]) => value !== undefined)) as ColumnContract;
}
