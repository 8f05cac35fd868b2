// Who reads a CSV in JavaScript, each into typed columns: ours on either kernel, DuckDB-WASM (a table), uDSV (its typed columns)
// and PapaParse (dynamic typing, joined to columns). Every one gets the bytes in memory; what it needs from them (a string, a
// file of its own) is its work, save DuckDB's copy of the file, which is registered before the clock starts.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { quiet } from '../../core/base/task.ts';
import type { CsvKernels } from '../../core/io/csv/csv-kernels.ts';
import { bytesSource, readTable } from '../../core/io/index.ts';
import { loadCsvKernels } from '../../kernels/csv-wasm/index.ts';

/** Ready to read the same bytes any number of times; gives the number of rows. */
export type Contestant = (bytes: Uint8Array) => Promise<() => Promise<number>>;
type Duck = {
  createDuckDB(bundles: object, logger: object, runtime: object): Promise<{ instantiate(progress: () => void): Promise<unknown>; registerFileBuffer(name: string, bytes: Uint8Array): void; connect(): { query(sql: string): { toArray(): { n: bigint }[] } } }>;
  VoidLogger: new () => object;
  NODE_RUNTIME: object;
};
type Papa = { parse(text: string, options: object): { data: unknown[][] } };
type Udsv = { inferSchema(text: string): object; initParser(schema: object): { typedCols(text: string): unknown[][] } };

const require = createRequire(join(process.env.BARNACLE_ROOT ?? process.cwd(), 'package.json'));

export const contestants: { readonly [name: string]: Contestant } = {
  'ours (wasm)': async (bytes) => ours(bytes, await loadCsvKernels()),
  'ours (reference)': async (bytes) => ours(bytes, undefined),
  'DuckDB-WASM': async (bytes) => {
    const path = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
    const duckdb = require(path) as Duck;
    const bundle = (kind: string) => ({ mainModule: join(dirname(path), `duckdb-${kind}.wasm`), mainWorker: '' });
    const db = await duckdb.createDuckDB({ mvp: bundle('mvp'), eh: bundle('eh') }, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
    await db.instantiate(() => {});
    db.registerFileBuffer('file.csv', bytes.slice());
    const connection = db.connect();
    return async () => {
      connection.query(`CREATE OR REPLACE TABLE t AS SELECT * FROM read_csv('file.csv')`);
      return Number(connection.query('SELECT count(*) AS n FROM t').toArray()[0].n);
    };
  },
  uDSV: async (bytes) => {
    const { inferSchema, initParser } = require('udsv') as Udsv;
    return async () => {
      const text = new TextDecoder().decode(bytes);
      return initParser(inferSchema(text)).typedCols(text)[0].length;
    };
  },
  PapaParse: async (bytes) => {
    const { parse } = require('papaparse') as Papa;
    return async () => {
      const columns: unknown[][] = [];
      let rows = -1;
      parse(new TextDecoder().decode(bytes), {
        dynamicTyping: true,
        skipEmptyLines: true,
        step: ({ data }: { data: unknown[] }) => {
          if (++rows === 0) data.forEach(() => columns.push([]));
          else for (let k = 0; k < columns.length; k++) columns[k].push(data[k]);
        },
      });
      return rows;
    };
  },
};

const ours = (bytes: Uint8Array, csv: CsvKernels | undefined) => async (): Promise<number> => {
  const context = csv ? { ...quiet, csv } : quiet;
  return (await readTable(bytesSource('file.csv', bytes), { format: 'csv' }, context)).table.rows;
};
