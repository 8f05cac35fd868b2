// The SQLite reader: one table of a database file, read-only. Loaded when one is read.
import { openSource, randomAccess } from './open-source.ts';
import { defineReader } from './reader.ts';

const MAGIC = 'SQLite format 3\0';

export const sqlite = defineReader<{ table: string }>({
  type: 'sqlite',
  label: 'SQLite',
  extensions: ['sqlite', 'sqlite3', 'db', 'db3'],
  params: { table: { kind: 'text', label: 'Table', help: 'The table to read; empty reads the largest. All tables are listed in "how".', fallback: '', maxLength: 500 } },
  sniff: (head) => head.length >= 16 && Array.from(MAGIC).every((c, i) => head[i] === c.charCodeAt(0)),
  async read(source, params, context) {
    const { readSqlite } = await import('./sqlite/read-sqlite.ts');
    return readSqlite(await randomAccess(source, await openSource(source)), params.table, context);
  },
});
