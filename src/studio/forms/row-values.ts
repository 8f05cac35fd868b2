// The texts of a row form <-> the raw row that a model is asked about, by the kinds of the contract.
import type { ColumnContract, Contract } from '../../core/contract/contract.ts';

export type RowValues = { readonly [column: string]: string | null };
export type RawRow = { [column: string]: string | number | boolean | null };

/** The typical row of a contract as texts. */
export function exampleValues(contract: Contract): RowValues {
  return Object.fromEntries(contract.columns.map((column) => [column.name, textOf(column)]));
}

/** Numbers become numbers when they read as one, else the text is sent, for the contract to say what is wrong. */
export function rawRow(contract: Contract, values: RowValues): RawRow {
  return Object.fromEntries(contract.columns.map((column) => [column.name, valueOf(column, values[column.name] ?? null)]));
}

function textOf(column: ColumnContract): string | null {
  const { example } = column;
  if (example === null) return null;
  if (column.kind === 'time' && typeof example === 'number') return new Date(example).toISOString().slice(0, example % 86_400_000 === 0 ? 10 : 19);
  return typeof example === 'number' ? String(Number(example.toPrecision(6))) : String(example);
}

function valueOf(column: ColumnContract, text: string | null): string | number | boolean | null {
  if (text === null || text === '') return null;
  if (column.kind === 'number') {
    const value = Number(text.replace('−', '-'));
    return Number.isFinite(value) ? value : text;
  }
  if (column.kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}
