// The Arrow writer: an IPC file (Feather 2), the fastest to read. Category and text, and the unit of times, go into its metadata.
import { defineWriter } from './writer.ts';

export const arrowWriter = defineWriter<{ [key: string]: never }>({
  type: 'arrow',
  label: 'Arrow',
  extension: 'arrow',
  mime: 'application/vnd.apache.arrow.file',
  help: 'Keeps kinds and missing cells and is the fastest to read, but not packed. Read by pandas, Polars, DuckDB, R.',
  params: {},
  async write(table, _params, context) {
    const { arrowFile } = await import('./arrow-file.ts');
    return { chunks: await arrowFile(table, context), notes: [] };
  },
});
