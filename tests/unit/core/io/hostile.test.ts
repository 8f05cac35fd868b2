// Small files made to hurt: each is refused or read within a second, whatever it claims.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { byte, int, long, makeFlatBuilder, ref, short } from '../../../../src/core/io/arrow/flat-builder.ts';
import { decodeEntities, makeXmlScanner } from '../../../../src/core/io/sheet/scan-xml.ts';
import { styleOf } from '../../../../src/core/io/sheet/xlsx-parts.ts';
import { makeZip } from './make-zip.ts';
import { readBytes, valuesOf } from './read.ts';

const golden = (name: string): Uint8Array => Uint8Array.from(readFileSync(new URL(`../../../golden/io/${name}`, import.meta.url)));
const join = (...parts: (Uint8Array | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('arrow', () => {
  /** A stream of one column of that type (a member of the type union) and one batch that claims `rows`. */
  const stream = (kind: number, rows: number, buffers: [number, number][], body: Uint8Array): Uint8Array => {
    const message = (header: number, make: (b: ReturnType<typeof makeFlatBuilder>) => number, size: number): Uint8Array => {
      const b = makeFlatBuilder();
      const metadata = b.finish(b.table([short(4), byte(header), ref(make(b)), long(size)]));
      const length = (metadata.length + 7) & ~7;
      return join([0xff, 0xff, 0xff, 0xff, length & 255, length >> 8, 0, 0], metadata, new Uint8Array(length - metadata.length));
    };
    const schema = message(1, (b) => {
      const field = b.table([ref(b.string('a')), byte(1), byte(kind), ref(b.table(kind === 2 ? [int(64), byte(1)] : [])), null, ref(b.offsets([]))]);
      return b.table([short(0), ref(b.offsets([field]))]);
    }, 0);
    const batch = message(3, (b) => {
      const nodes = b.structs(1, 16, (view, at) => view.setBigInt64(at, BigInt(rows), true));
      const list = b.structs(buffers.length, 16, (view, at, k) => {
        view.setBigInt64(at, BigInt(buffers[k][0]), true);
        view.setBigInt64(at + 8, BigInt(buffers[k][1]), true);
      });
      return b.table([long(rows), ref(nodes), ref(list)]);
    }, body.length);
    return join(schema, batch, body);
  };

  test('the same stream, honest, is read', async () => {
    const body = new Uint8Array(BigInt64Array.of(7n, -1n).buffer);
    expect(valuesOf(await readBytes(stream(2, 2, [[0, 0], [0, 16]], body), {}, 'x.arrows'), 'a')).toEqual([7, -1]);
  });

  test.each([
    ['billions of nulls', stream(1, 2_000_000_000, [], new Uint8Array(0)), 'too-large'],
    ['more rows than bytes', stream(2, 1_000_000, [[0, 0], [0, 16]], new Uint8Array(16)), 'bad-file'],
    ['a buffer past its batch', stream(2, 2, [[0, 0], [8, 4000]], new Uint8Array(16)), 'bad-file'],
    ['a negative place', stream(2, 2, [[0, 0], [-8, 16]], new Uint8Array(16)), 'bad-file'],
  ])('%s', async (_, bytes, code) => {
    await expect(readBytes(bytes, {}, 'x.arrows')).rejects.toMatchObject({ code });
  });

  test('a file cut before its footer', async () => {
    const bytes = golden('small.arrow');
    await expect(readBytes(bytes.subarray(0, bytes.length - 20), {}, 'x.arrow')).rejects.toMatchObject({ code: 'bad-file' });
  });
});

describe('avro', () => {
  const long64 = (n: number): number[] => {
    const out: number[] = [];
    let zigzag = BigInt(n) << 1n;
    for (; zigzag >= 128n; zigzag >>= 7n) out.push(Number(zigzag & 127n) | 128);
    return [...out, Number(zigzag)];
  };
  const text = (s: string): number[] => [...long64(s.length), ...Buffer.from(s)];
  const file = (schema: unknown, count: number, block: number[]): Uint8Array => Uint8Array.from([0x4f, 0x62, 0x6a, 1, ...long64(1), ...text('avro.schema'), ...text(JSON.stringify(schema)), 0, ...new Array<number>(16).fill(7), ...long64(count), ...long64(block.length), ...block, ...new Array<number>(16).fill(7)]);
  const record = (type: unknown) => ({ type: 'record', name: 'r', fields: [{ name: 'a', type }] });

  test('an honest block is read; names of objects are only names', async () => {
    const result = await readBytes(file({ type: 'record', name: '__proto__', fields: [{ name: '__proto__', type: 'long' }, { name: 'constructor', type: 'string' }] }, 1, [2, ...text('x')]), {}, 'x.avro');
    expect([valuesOf(result, '__proto__'), valuesOf(result, 'constructor')]).toEqual([[1], ['x']]);
  });

  test.each([
    ['billions of rows of nothing', file(record('null'), 2_000_000_000, [])],
    ['a string of two gigabytes', file(record('string'), 1, long64(2 ** 31))],
    ['a list of billions of nothing', file(record({ type: 'array', items: 'null' }), 1, [...long64(2 ** 40), 0])],
    ['a list that holds itself, very deep', file({ type: 'record', name: 'r', fields: [{ name: 'next', type: ['null', 'r'] }] }, 1, new Array<number>(5000).fill(2))],
    ['a schema that refers to nothing', file(record('elsewhere'), 0, [])],
    ['a block with bytes left over', file(record('long'), 1, [2, 2])],
  ])('%s', async (_, bytes) => {
    await expect(readBytes(bytes, {}, 'x.avro')).rejects.toMatchObject({ code: 'bad-file' });
  });

  test('records within records do not unroll without end', async () => {
    const levels = Array.from({ length: 14 }, (_, k) => k);
    const schema = levels.reduceRight<unknown>((inner, k) => ({ type: 'record', name: `l${k}`, fields: [{ name: 'a', type: inner }, ...Array.from({ length: 9 }, (_, j) => ({ name: `b${j}`, type: typeof inner === 'object' && inner !== null ? `l${k + 1}` : 'long' }))] }), 'long');
    await expect(readBytes(file(schema, 0, []), {}, 'x.avro')).rejects.toMatchObject({ code: 'bad-file' });
  });

  test('an unknown packing is refused by name', async () => {
    const bytes = Buffer.from(golden('types-null.avro')).toString('latin1').replace('\x08null', '\x08lzma');
    await expect(readBytes(Uint8Array.from(Buffer.from(bytes, 'latin1')), {}, 'x.avro')).rejects.toMatchObject({ code: 'unsupported-format' });
  });
});

describe('sqlite', () => {
  const page = (bytes: Uint8Array, number: number): DataView => new DataView(bytes.buffer, (number - 1) * 512, 512);

  test('a tree that holds itself', async () => {
    const bytes = golden('small.sqlite');
    const root = 2;
    const view = page(bytes, root);
    view.setUint8(0, 5);
    view.setUint16(3, 0);
    view.setUint32(8, root);
    await expect(readBytes(bytes, {}, 'x.sqlite')).rejects.toMatchObject({ code: 'bad-file' });
  });

  test('rows that share their bytes', async () => {
    const bytes = golden('small.sqlite');
    for (let number = 2; number <= bytes.length / 512; number++) {
      const view = page(bytes, number);
      if (view.getUint8(0) !== 13) continue;
      view.setUint16(3, 200);
      for (let k = 0; k < 200; k++) view.setUint16(8 + 2 * k, view.getUint16(8));
    }
    await expect(readBytes(bytes, {}, 'x.sqlite')).rejects.toMatchObject({ code: 'bad-file' });
  });

  test('a table without rowids is refused with a reason, another may be chosen', async () => {
    await expect(readBytes(golden('odd.sqlite'), { table: 'without_id' }, 'x.sqlite')).rejects.toMatchObject({ code: 'unsupported-format', message: expect.stringContaining('WITHOUT ROWID') as string });
    await expect(readBytes(golden('odd.sqlite'), { table: 'nowhere' }, 'x.sqlite')).rejects.toMatchObject({ code: 'bad-param' });
  });
});

describe('spreadsheets', () => {
  const ods = (rows: string): Uint8Array => makeZip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': `<document><table name="t">${rows}</table></document>` }, { store: true });
  const cell = (repeat: number): string => `<table-cell value-type="float" value="1" number-columns-repeated="${repeat}"/>`;

  test.each([
    ['rows repeated a billion times', `<table-row number-rows-repeated="1000000000">${cell(1)}</table-row>`],
    ['cells repeated a billion times', `<table-row>${cell(1e9)}</table-row>`],
    ['many rows of many repeated cells', `<table-row number-rows-repeated="1000000">${cell(16000)}</table-row>`],
  ])('%s', async (_, rows) => {
    await expect(readBytes(ods(rows), {}, 'x.ods')).rejects.toMatchObject({ code: 'too-large' });
  });

  test('a billion blank rows are nothing', async () => {
    const result = await readBytes(ods(`<table-row>${cell(2)}</table-row><table-row number-rows-repeated="1000000000"><table-cell/></table-row><table-row>${cell(2)}</table-row>`), { header: 'no' }, 'x.ods');
    expect(result.table.rows).toBe(2);
  });

  test('entities are never defined, only decoded', () => {
    let text = '';
    const scanner = makeXmlScanner({ open: () => {}, close: () => {}, text: (t) => (text += t) });
    scanner.push('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"> <!ENTITY b "&a;&a;">]><x>&b;&#65;&amp;<![CDATA[<&]]><!-- <no> --></x>');
    scanner.end();
    expect(text.replace(/^.*\]>/s, '')).toBe('&b;A&<&');
    expect(decodeEntities('&#x110000;&constructor;&lt;')).toBe('&#x110000;&constructor;<');
  });

  test.each([['yyyy-mm-dd', 'date'], ['[$-409]d-mmm-yy;@', 'date'], ['h:mm:ss.00', 'clock'], ['[h]:mm', 'clock'], ['0.00"days"', 'number'], ['[Red]#,##0', 'number'], ['General', 'number'], ['m/d/yy h:mm', 'date'], ['\\d0', 'number']])('the style %s shows a %s', (code, style) => expect(styleOf(code)).toBe(style));

  test('sheets of a workbook are chosen by name', async () => {
    const result = await readBytes(golden('sheet.ods'), { sheet: 'second' }, 'x.ods');
    expect(result.table.columns.map((c) => [c.name, c.kind])).toEqual([['z', 'category']]);
    await expect(readBytes(golden('sales.xlsx'), { sheet: 'nowhere' }, 'x.xlsx')).rejects.toMatchObject({ code: 'bad-param' });
    const whole = await readBytes(golden('sales.xlsx'), { firstRow: 5, header: 'no' }, 'x.xlsx');
    expect(whole.table.columns[0].name).toBe('column 1');
  });

  test('a Word document is no table', async () => {
    await expect(readBytes(makeZip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }), {}, 'x.docx')).rejects.toMatchObject({ code: 'unsupported-format', message: expect.stringContaining('Word') as string });
  });
});
