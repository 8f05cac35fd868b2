// A table that is in memory as a BlockStream: for formats that cannot be read in blocks, and to compare the two ways.
import { subTable } from './sub-table.ts';
import type { ReadResult } from '../reader.ts';
import { emptyRange, KEPT_REJECTED, widenRange, type BlockStream, type StreamedColumn } from './blocks.ts';

const BLOCK_ROWS = 65536;

export function streamTable({ table, notes, rejected, how }: ReadResult, blockRows = BLOCK_ROWS): BlockStream {
  const columns = table.columns.map((column): StreamedColumn => {
    if (column.kind === 'category' || column.kind === 'text') return { name: column.name, kind: 'strings', strings: column.kind };
    const range = emptyRange();
    widenRange(range, column.values, column.missing, table.rows);
    return { name: column.name, kind: column.kind, range };
  });
  return {
    rows: table.rows,
    columns,
    notes,
    rejected: rejected.slice(0, KEPT_REJECTED),
    rejectedCount: rejected.length,
    how,
    async scan(onBlock) {
      for (let from = 0; from < table.rows; from += blockRows) onBlock(subTable(table, from, Math.min(table.rows, from + blockRows)));
    },
  };
}
