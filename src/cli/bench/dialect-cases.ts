// Files with a known dialect that have nothing to do with Pollock's source table, so that its score cannot come from reasoning
// that fits that table alone: real files labelled by hand, every plain CSV of shared/data, and the same tables rewritten in
// other dialects. Right = the same delimiter, quote and header, and for rewritten tables every cell as it was.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bytesOf, loadBlind } from './pollock-files.ts';

export type Verdict = { set: string; name: string; isRight: boolean; expected: string; found: string };
type Truth = { delimiter: string; quote: string | null; header: 'yes' | 'no' };
const truth = (delimiter: string, header: 'yes' | 'no' = 'yes', quote: string | null = '"'): Truth => ({ delimiter, quote, header });
/** A quote of null: the file has no quotes, any finding will do. */
const BY_HAND: { readonly [name: string]: Truth } = {
  'ff6197151fe44d6eeba4cf34668d9220.csv': truth(',', 'yes', null),
  'ffa3b397f9314a50ed6c94ac653e5261.csv': truth(';'),
  'fe8e89c66ba6beb6de6ac9fbc9d8a623.csv': truth(',', 'no'),
  'fd9e666fc4309279b58831c785c3cace.csv': truth(';'),
  'ff35b00ddd244db0826a2b5796ed2b83.csv': truth(','),
  'ff748e6d00f4b44478f0f30b806cb3f5.csv': truth(','),
  'fffbde3238d4251c2353d79c9ab12361.csv': truth(',', 'yes', null),
  'feeea85c86bfe72f4aadfecb4ccc6df0.csv': truth(','),
  'ff843119aa5c629b6433c86d251a1ffc.csv': truth('\t'),
  'ffe14370b4c707103a3674ef4bc345a6.csv': truth(','),
  'ff6cc43861c1309d6d87b056b5b06d09.csv': truth(',', 'no'),
};
const FOLDERS: { readonly [folder: string]: (name: string) => Truth | null } = {
  'clevercsv/example': (name) => (name === 'milk.csv' ? truth('\t', 'yes', null) : name.endsWith('.csv') ? truth(',') : null),
  great_expectations: () => truth(','),
  plot: (name) => truth(name.endsWith('.tsv') ? '\t' : ','),
  'orange/tests/datasets': (name) => (name.endsWith('.tab') ? truth('\t', 'yes', null) : name.endsWith('.csv') ? truth('\t', 'yes', null) : null),
  'orange/widgets/data/tests': () => truth('\t', 'yes', null),
};
const NO_HEADER = ['dirty_adult_test_raw.csv.gz', 'dirty_horse_colic.csv'];
const MOST_BYTES = 400_000;

/** The hand-labelled files, in the unpacked csv_dialect_cases. CleverCSV's cases are 78 lines over 11 files, each looked at once. */
export async function judgeCases(folder: string): Promise<Verdict[]> {
  const out: Verdict[] = [];
  const lines = new TextDecoder().decode(gunzipSync(bytesOf(folder, 'clevercsv/tests/test_unit/data/abstraction_testcases.json.gz'))).split('\n').filter(Boolean);
  const files = new Map(lines.map((line) => JSON.parse(line) as { name: string; content: string }).map((c) => [c.name, c.content]));
  for (const [name, content] of files) if (BY_HAND[name]) out.push(await judge('dialect cases', name, new TextEncoder().encode(content), BY_HAND[name]));
  for (const [path, truthOf] of Object.entries(FOLDERS)) {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const known = truthOf(name);
      if (known) out.push(await judge('dialect cases', name, bytesOf(folder, path, name), known));
    }
  }
  return out;
}

/** The plain CSVs of shared/data, by their first 400 kB. */
export function plainFiles(): { name: string; bytes: Uint8Array }[] {
  const folder = join(process.env.BARNACLE_ROOT ?? '.', '../shared/data');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /\.csv(\.gz)?$/.test(name)).sort().map((name) => ({ name, bytes: headOfLines(name.endsWith('.gz') ? gunzipSync(bytesOf(folder, name)) : bytesOf(folder, name)) }));
}

const headOfLines = (bytes: Uint8Array): Uint8Array => (bytes.length <= MOST_BYTES ? bytes : bytes.subarray(0, bytes.lastIndexOf(10, MOST_BYTES) + 1));
export const judgePlain = ({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<Verdict> => judge('plain CSVs', name, bytes, truth(',', NO_HEADER.includes(name) ? 'no' : 'yes', null));

async function judge(set: string, name: string, bytes: Uint8Array, known: Truth): Promise<Verdict> {
  const { result, outcome } = await loadBlind(bytes);
  const expected = [known.delimiter, known.quote ?? 'any', known.header];
  if (!result) return { set, name, isRight: false, expected: expected.join(' '), found: outcome };
  const { delimiter, quote, header } = result.how;
  const isRight = delimiter === known.delimiter && header === known.header && (known.quote === null || quote === known.quote);
  return { set, name, isRight, expected: JSON.stringify(expected), found: JSON.stringify([delimiter, quote, header]) };
}

/** Ways to write a table; each takes a cell to its text. The last ones add lines around the table or change its bytes. */
type Writing = { name: string; delimiter: string; quote: string; end: string; escape?: string; all?: boolean; before?: string; encode?: (text: string) => Uint8Array };
const utf16 = (text: string): Uint8Array => new Uint8Array(Uint16Array.from(`\ufeff${text}`, (_, i) => `\ufeff${text}`.charCodeAt(i)).buffer);
const WRITINGS: readonly Writing[] = [
  { name: 'semicolon', delimiter: ';', quote: '"', end: '\n' },
  { name: 'tab, CRLF', delimiter: '\t', quote: '"', end: '\r\n' },
  { name: 'bar', delimiter: '|', quote: '"', end: '\n' },
  { name: 'space, all quoted', delimiter: ' ', quote: '"', end: '\n', all: true },
  { name: 'comma and space', delimiter: ', ', quote: '"', end: '\n' },
  { name: 'single quotes', delimiter: ',', quote: "'", end: '\n', all: true },
  { name: 'backslash', delimiter: ',', quote: '"', end: '\n', escape: '\\', all: true },
  { name: 'caret', delimiter: '^', quote: '"', end: '\n' },
  { name: 'tilde', delimiter: '~', quote: '"', end: '\n' },
  { name: 'two bars', delimiter: '||', quote: '"', end: '\r\n' },
  { name: 'control 1', delimiter: '\u0001', quote: '"', end: '\n' },
  { name: 'old Mac', delimiter: ',', quote: '"', end: '\r' },
  { name: 'UTF-16', delimiter: ';', quote: '"', end: '\r\n', encode: utf16 },
  { name: 'title lines', delimiter: ';', quote: '"', end: '\n', before: 'Report of the month\nprinted by somebody, somewhere\n\n' },
];
const REWRITTEN_ROWS = 150;

/** One plain file's first rows in every writing; the verdict compares every cell with the plain reading. */
export async function* judgeRewritten(file: { name: string; bytes: Uint8Array }): AsyncGenerator<Verdict> {
  const { rows } = await loadBlind(file.bytes);
  const head = rows?.slice(0, REWRITTEN_ROWS);
  if (!head || head.length < 10) return;
  for (const writing of WRITINGS) {
    const text = (writing.before ?? '') + head.map((row) => row.map((cell) => written(cell, writing)).join(writing.delimiter)).join(writing.end) + writing.end;
    const { rows: found, result, outcome } = await loadBlind((writing.encode ?? ((t) => new TextEncoder().encode(t)))(text));
    const expected = JSON.stringify(head);
    const got = found ? JSON.stringify(found) : outcome;
    yield { set: 'rewritten tables', name: `${file.name}: ${writing.name}`, isRight: got === expected, expected: `${head.length} rows x ${head[0].length}`, found: result ? `${found?.length} rows x ${result.table.columns.length} by ${JSON.stringify([result.how.delimiter, result.how.quote, result.how.header])}` : outcome };
  }
}

function written(cell: string, { delimiter, quote, escape, all, end }: Writing): string {
  if (!all && !cell.includes(delimiter) && !cell.includes(quote) && !cell.includes(end) && !cell.includes('\n') && !cell.includes('\r') && cell === cell.trim() && !(delimiter.trim() && cell.includes(delimiter.trim()))) return cell;
  return quote + cell.replaceAll(quote, (escape ?? quote) + quote) + quote;
}
