// The WASM CSV kernels against the reference: the same table, notes, rejected rows and counts from real files, generated ones
// and random bytes, whatever the chunks; and the self-test passes on the real module.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sequence } from '../../src/core/base/random.ts';
import { quiet } from '../../src/core/base/task.ts';
import type { ReadContext } from '../../src/core/io/csv/csv-kernels.ts';
import { readTable } from '../../src/core/io/index.ts';
import type { ByteSource } from '../../src/core/io/reader.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';
import { loadCsvKernels } from '../../src/kernels/csv-wasm/index.ts';
import { selfTest } from '../../src/kernels/csv-wasm/self-test.ts';

const folder = new URL('../../../shared/data/', import.meta.url);
const here = existsSync(folder);
if (!here) console.warn('shared/data is not here: CSV parity is tested on generated files only');

/** The source gives its bytes in pieces of at most `piece`. */
async function read(bytes: Uint8Array, params: object, context: ReadContext): Promise<string[]> {
  const source: ByteSource = { name: 'x.csv', size: bytes.length, slice: async (start, end) => bytes.subarray(start, end) };
  try {
    const { table, notes, rejected, how } = await readTable(source, { format: 'csv', params: params as never }, context);
    const columns = table.columns.map((column) => `${column.name}: ${column.kind} ${hashTable({ rows: table.rows, columns: [column] })}`);
    return [`${table.rows} rows`, ...columns, ...notes.map((note) => JSON.stringify(note)), ...rejected.map((row) => JSON.stringify(row)), JSON.stringify(how)];
  } catch (error) {
    return [String(error)];
  }
}

async function expectEqual(bytes: Uint8Array, params: object = {}): Promise<string[]> {
  const csv = await loadCsvKernels();
  const expected = await read(bytes, params, quiet);
  const twin: ReadContext = { ...quiet, csv };
  expect(await read(bytes, params, twin)).toEqual(expected);
  return expected;
}

test('the module passes its self-test', async () => {
  const kernels = await loadCsvKernels();
  expect(kernels.reason).toBeNull();
  expect(kernels.backend).toBe('wasm');
  expect(selfTest(kernels)).toBeNull();
});

const realFiles = here ? readdirSync(folder).filter((name) => /\.csv(\.gz)?$/.test(name)) : [];
test.skipIf(!here).each(realFiles)('%s is read alike', async (name) => {
  const raw = readFileSync(new URL(name, folder));
  await expectEqual(new Uint8Array(name.endsWith('.gz') ? gunzipSync(raw) : raw));
});

const random = sequence(11, 'csv-parity');
const pick = <T>(from: readonly T[]): T => from[random.below(from.length)];
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const several = (count: number, make: () => string): string => Array.from({ length: count }, make).join('');

/** Each makes cells of one kind, mostly as they should be, some odd. */
const makers: readonly (() => string)[] = [
  () => String(random.below(2000) - 1000),
  () => pick(['', 'NA', '0', '-0', '+7', '12', '127', '128', '-129', '65536', '4294967296', '9007199254740991', '1.5']),
  () => (random.normal() * 10 ** (random.below(30) - 15)).toString(),
  () => `${several(1 + random.below(22), () => String(random.below(10)))}${pick(['', '.', `.${random.below(1e9)}`])}${pick(['', '', 'e5', 'E-7', 'e+300', 'e-320', 'e', 'e12345'])}`,
  () => pick(['true', 'FALSE', 'True', 'false', '', 'null']),
  () => `20${10 + random.below(20)}-${pick(['01', '02', '06', '12', '13'])}-${pick(['01', '15', '28', '29', '31'])}${pick(['', '', ' 10:30', 'T23:59:59', 'T01:02:03.4567', ' 10:30:00Z', 'T10:30:00+02:00', ' 9:05', ' 10:30 PM'])}`,
  () => pick([`${1 + random.below(12)}/${1 + random.below(28)}/2020`, '3/4/2020', '']),
  () => pick(['a', 'b', 'None', 'red', 'dark blue', 'a level of more than sixteen bytes', 'a level of more than sixteen bites', 'é', '?', '日本語']),
  () => several(random.below(40), () => String.fromCharCode(97 + random.below(26))),
  () => pick(['"quoted"', '"a, b"', '"say ""hi"""', '"two\nlines"', '""', '"NA"', '"12"', ' padded ', '"x" ', 'in"side', '"open', '"a"b']),
  () => pick(['1,5', '1.234,5', '1234.5', '12']),
];

test.each(Array.from({ length: 60 }, (_, k) => k))('generated file %i is read alike', async (k) => {
  const columns = 1 + random.below(12);
  const delimiter = pick([',', ',', ';', '\t', '|', ' ']);
  const end = pick(['\n', '\n', '\r\n', '\r']);
  const kinds = Array.from({ length: columns }, () => pick(k % 3 ? makers.slice(0, 9) : makers));
  const cell = (make: () => string): string => {
    const text = make();
    return text.includes(delimiter) && text[0] !== '"' ? 'x' : text;
  };
  const row = (): string => {
    const odd = random.below(k % 2 ? 40 : 4000);
    if (odd === 0) return `${end}${several(random.below(3), () => `1${delimiter}`)}1${end}`;
    return kinds.map(cell).join(delimiter) + (odd === 1 ? delimiter.repeat(1 + random.below(2)) : '') + end;
  };
  const header = kinds.map((_, place) => `name ${place}`).join(delimiter) + end;
  const text = header + several(pick([3, 50, 3000, 40_000 / columns]), row) + (random.below(2) ? '' : kinds.map(cell).join(delimiter));
  const params = pick([{}, {}, { decimal: ',' }, { dates: 'dmy' }, { missing: '=999|12' }, { delimiter }, { delimiter, quote: 'none' }, { kinds: 'name 0 = number' }, { kinds: 'name 0 = time' }, { kinds: 'name 0 = boolean' }, { kinds: 'name 0 = text' }]);
  await expectEqual(encode(text), params);
});

const rows = (count: number, make: (i: number) => string): string => Array.from({ length: count }, (_, i) => `${make(i)}\n`).join('');
test.each([
  ['many levels', `id,name\n${rows(120_000, (i) => `key-${i},${i % 7}`)}`],
  ['a late word', `a,b\n${rows(60_000, (i) => `${i},${i === 59_000 ? 'word' : i / 4}`)}`],
  ['a late order of dates', `a,b\n${rows(60_000, (i) => `${(i % 12) + 1}/${i === 50_000 ? 25 : 5}/2021,"${'x'.repeat(i % 50)}"`)}`],
  ['late values', `a,b\n${rows(60_000, (i) => `${i < 40_000 ? '' : i},${i < 40_000 ? 'NA' : 'w'}`)}`],
  ['a long cell behind a mark', `\ufeffa,b\n${rows(20_000, (i) => `é${i % 300},${'long '.repeat(i === 9 ? 300_000 : 1)}`)}`],
  ['quotes over many lines', `a,b,c\n1,"${rows(300_000, () => 'long')}",2\n3,"never closed\n4,5\n`],
  ['carriage returns and blanks before them', `a,b\r\n${rows(30_000, (i) => `${i},x${i % 9000 === 1 ? ' ' : ''}\r`)}`],
  ['many columns', `${rows(700, (i) => Array.from({ length: 3000 }, (_, k) => (i ? i * k : `c${k}`)).join(','))}`],
])('%s: read alike', async (_name, text) => {
  expect((await expectEqual(encode(text))).length).toBeGreaterThan(2);
});

test('broken bytes at the end are read alike', async () => {
  await expectEqual(Uint8Array.from([...encode(`a,b\n${rows(30_000, (i) => `${i},é`)}`), 0xff, 44, 50, 10]));
});

test('random bytes are read alike', async () => {
  const alphabet = [...'0123456789..,,,;;""\n\n\r --ee/:T\tNAaé'];
  for (let k = 0; k < 1500; k++) {
    const bytes = k % 3 ? encode(several(random.below(600), () => pick(alphabet))) : Uint8Array.from({ length: random.below(400) }, () => random.below(256));
    await expectEqual(bytes, pick([{}, {}, { delimiter: ',' }, { delimiter: ',', header: 'no' }, { delimiter: ';', quote: "'" }, { escape: 'backslash' }]));
  }
});

test('numbers of 15 to 24 characters with their decimal sign anywhere are read alike', async () => {
  const digits = (n: number): string => several(n, () => String(random.below(10)));
  const long = (): string => {
    const count = 14 + random.below(9);
    const before = random.below(3) ? random.below(4) : random.below(count);
    return `${pick(['', '', '-', '+'])}${before ? `${1 + random.below(9)}${digits(before - 1)}` : pick(['', '0'])}.${digits(count - before)}`;
  };
  const lines = await expectEqual(encode(`a,b\n${several(20_000, () => `${long()},${long()}\n`)}`));
  expect(lines.filter((line) => line.includes(': number '))).toHaveLength(2);
});

test('strings of 1 to 40 bytes that begin or end alike are told apart alike', async () => {
  const one = (): string => `${'x'.repeat(random.below(20))}${pick(['a', 'b', ''])}${'y'.repeat(random.below(20))}z`;
  const lines = await expectEqual(encode(`a,b\n${several(20_000, () => `${one()},${one()}\n`)}`));
  expect(lines.filter((line) => line.includes(': category '))).toHaveLength(2);
});

test.each(['\u00e9', '\u20ac', '\ud83d\ude00', 'byte'])('%s after megabytes of ASCII and across chunks is read alike', async (what) => {
  const bytes = encode(`a,b\n${'word,12\n'.repeat(400_000)}`);
  const odd = what === 'byte' ? Uint8Array.of(0xe9) : encode(what);
  for (const at of [1 << 20, 2 << 20, 3 << 20]) bytes.set(odd, at + 4);
  const cut = bytes.slice();
  cut.set(odd, (1 << 20) - 1);
  await expectEqual(bytes);
  await expectEqual(cut);
});
