// A Parquet file as a BlockStream, row group by row group: pass 1 looks at each for kinds, ranges and Notes, pass 2 gives them
// out. Null where row groups do not agree on a column's kind (integers too wide in one of them) and where there is no row: such a file is read whole.
import type { JsonObject } from '../../base/json.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import type { Kind } from '../../table/table.ts';
import type { PartParams } from '../part.ts';
import type { ByteSource } from '../reader.ts';
import { emptyRange, widenRange, type BlockStream, type StreamedColumn } from './blocks.ts';
import { addNotes } from './add-notes.ts';

const isStrings = (kind: Kind): boolean => kind === 'category' || kind === 'text';

export async function streamParquet(source: ByteSource, params: PartParams, context: WorkContext): Promise<BlockStream | null> {
  const { parquetGroups, readParquet } = await import('../parquet/read-parquet.ts');
  const groups = await parquetGroups(source);
  const quietly: WorkContext = { ...context, report: () => {} };
  const part = { ...params, sampleRows: 0 };
  const notes: Note[] = [];
  const columns: StreamedColumn[] = [];
  const read = (g: number) => readParquet(source, quietly, part, [g]);
  let how: JsonObject = {};
  const used = [...groups.keys()].filter((g) => groups[g] > 0);
  if (!used.length) return null;
  for (const g of used) {
    context.report({ stage: 'read', done: g / groups.length / 2, text: `row group ${g + 1} of ${groups.length} looked at` });
    const result = await read(g);
    how = { ...result.how, rowGroups: groups.length };
    addNotes(notes, result.notes);
    for (const [c, column] of result.table.columns.entries()) {
      const { name, kind } = column;
      const known = columns[c] ?? (columns[c] = isStrings(kind) ? { name, kind: 'strings', strings: 'auto' } : { name, kind: kind as 'number' | 'boolean' | 'time', range: emptyRange() });
      if (known.kind !== (isStrings(kind) ? 'strings' : kind)) return null;
      if (known.kind !== 'strings' && 'values' in column) widenRange(known.range, column.values, column.missing, result.table.rows);
    }
  }
  return {
    rows: groups.reduce((n, rows) => n + rows, 0),
    columns,
    notes,
    rejected: [],
    rejectedCount: 0,
    how: { ...how, streamed: true },
    async scan(onBlock) {
      for (const g of used) {
        context.report({ stage: 'read', done: 0.5 + g / groups.length / 2, text: `row group ${g + 1} of ${groups.length} profiled` });
        onBlock((await read(g)).table);
      }
    },
  };
}
