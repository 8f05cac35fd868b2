// Every file of the format archives in ../shared/data, one by one: what came of it. None may crash, hang or lose a row without a
// word: a file gives a table with the rows it claims, or a typed error that names the reason. Skips, and says so, without them.
// CONFORMANCE_TABLE=path writes the table file by file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isBarnacleError } from '../../src/core/base/errors.ts';
import { quiet } from '../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../src/core/io/index.ts';
import { columnRows } from '../../src/core/table/build.ts';
import { untar } from '../unit/core/io/untar.ts';

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const here = existsSync(data);
if (!here) console.log('skipped: no ../shared/data');

type Outcome = { file: string; outcome: string; rows: number | null; text: string; ms: number };
const all: Outcome[] = [];

async function outcomeOf(file: string, bytes: Uint8Array): Promise<Outcome> {
  const start = performance.now();
  const done = (outcome: string, rows: number | null, text: string): Outcome => ({ file, outcome, rows, text, ms: Math.round(performance.now() - start) });
  try {
    const { table, notes, rejected, how } = await readTable(bytesSource(file.split('/').at(-1)!, bytes), {}, quiet);
    for (const column of table.columns) expect(columnRows(column)).toBe(table.rows);
    return done('table', table.rows, `${String(how.format)}, ${table.columns.length} columns, ${notes.length} notes, ${rejected.length} rejected`);
  } catch (error) {
    return isBarnacleError(error) ? done(error.code, null, error.message) : done('crash', null, String(error));
  }
}

async function archive(name: string, wanted: (file: string) => boolean): Promise<Map<string, Outcome>> {
  const found = new Map<string, Outcome>();
  for (const [file, bytes] of untar(readFileSync(`${data}${name}`))) {
    if (!wanted(file) || bytes.length === 0) continue;
    const outcome = await outcomeOf(file, bytes);
    found.set(file, outcome);
    all.push(outcome);
  }
  const counts = new Map<string, number>();
  for (const { outcome } of found.values()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  console.log(`${name}: ${found.size} files, ${[...counts].map(([code, n]) => `${n} ${code}`).join(', ')}`);
  for (const o of found.values()) if (o.outcome !== 'table') console.log(`  ${o.file}: ${o.outcome}: ${o.text.slice(0, 160)}`);
  expect([...found.values()].filter((o) => o.outcome === 'crash')).toEqual([]);
  expect([...found.values()].filter((o) => o.ms > 20_000).map((o) => o.file)).toEqual([]);
  if (process.env['CONFORMANCE_TABLE']) writeFileSync(process.env['CONFORMANCE_TABLE'], ['file\toutcome\trows\tms\ttext', ...all.map((o) => [o.file, o.outcome, o.rows ?? '', o.ms, o.text.replaceAll(/\s+/g, ' ')].join('\t'))].join('\n'));
  return found;
}

const isData = (file: string): boolean => /\.(parquet|arrow|feather|avro|xlsx?|csv|tsv|tab|json|ndjson|txt|data|dat)$/i.test(file);

test.skipIf(!here)('parquet_testing: what other readers read is read, what is broken is refused', { timeout: 120_000 }, async () => {
  const found = await archive('parquet_testing.tar.gz', (file) => file.endsWith('.parquet') || file.endsWith('.encrypted'));
  const refusedData = [...found.values()].filter((o) => o.file.includes('/data/') && o.outcome !== 'table' && !/encrypt|large_string_map|dict-malformed/.test(o.file)).map((o) => o.file);
  expect(refusedData).toEqual([]);
});

test.skipIf(!here)('columnar files of other projects: Parquet, Arrow, Avro, Excel, with the rows they claim', { timeout: 240_000 }, async () => {
  const found = await archive('columnar_files_misc.tar.gz', (file) => isData(file) && !/\.(metadata|column_indexes|offset_indexes|bloom_filter)\.json$/.test(file));
  const files = untar(readFileSync(`${data}columnar_files_misc.tar.gz`));
  const lost: string[] = [];
  for (const [file, { outcome, rows }] of found) {
    const claims = files.get(file.replace(/\.parquet$/, '.metadata.json'));
    if (!file.endsWith('.parquet') || !claims || outcome !== 'table') continue;
    const claimed = (JSON.parse(new TextDecoder().decode(claims)) as { num_rows?: number }).num_rows;
    if (claimed !== undefined && Number(claimed) > rows!) lost.push(`${file}: ${rows} of ${claimed}`);
  }
  expect(lost).toEqual([]);
  expect([...found.values()].filter((o) => o.outcome !== 'table' && /\.(avro|arrow|xlsx)$/.test(o.file) && !/actually-a-tab/.test(o.file)).map((o) => o.file)).toEqual([]);
  for (const o of found.values()) if (o.file.endsWith('.xls')) expect([o.file, o.outcome]).toEqual([o.file, 'unsupported-format']);
});

test.skipIf(!here)('dialect cases: every file gives a table or a reason', { timeout: 240_000 }, async () => {
  await archive('csv_dialect_cases.tar.gz', () => true);
});
