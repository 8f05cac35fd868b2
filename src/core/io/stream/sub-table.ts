// The rows [from, to) of a table; values and codes are shared, masks and offsets are copied.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import type { Column, Table } from '../../table/table.ts';

export function subTable(table: Table, from: number, to: number): Table {
  return { rows: to - from, columns: table.columns.map((column) => subColumn(column, from, to)) };
}

function subColumn(column: Column, from: number, to: number): Column {
  const missing = column.missing && subBits(column.missing, from, to);
  switch (column.kind) {
    case 'category':
      return { ...column, codes: column.codes.subarray(from, to), missing };
    case 'text':
      return { ...column, bytes: column.bytes.subarray(column.offsets[from], column.offsets[to]), offsets: column.offsets.slice(from, to + 1).map((offset) => offset - column.offsets[from]), missing };
    case 'number':
      return { ...column, values: column.values.subarray(from, to), missing };
    case 'boolean':
      return { ...column, values: column.values.subarray(from, to), missing };
    case 'time':
      return { ...column, values: column.values.subarray(from, to), missing };
  }
}

function subBits(bits: Bits, from: number, to: number): Bits {
  const out = makeBits(to - from);
  for (let i = from; i < to; i++) if (getBit(bits, i)) setBit(out, i - from);
  return out;
}
