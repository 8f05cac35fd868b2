import { describe, expect, test } from 'vitest';
import { codesOf, kindOf, readBytes, readText, valuesOf } from './read.ts';

const readJson = (value: unknown) => readText(typeof value === 'string' ? value : JSON.stringify(value), {}, 'x.json');

describe('json', () => {
  test('a list of objects; absent keys are missing', async () => {
    const result = await readJson([{ a: 1, b: 'x' }, { b: 'y', c: true }, { a: 2.5, b: null }]);
    expect(valuesOf(result, 'a')).toEqual([1, null, 2.5]);
    expect(valuesOf(result, 'b')).toEqual(['x', 'y', null]);
    expect(valuesOf(result, 'c')).toEqual([null, true, null]);
  });

  test('an object of lists, and of objects keyed by row', async () => {
    expect(valuesOf(await readJson({ a: [1, 2], b: ['x', 'y'] }), 'b')).toEqual(['x', 'y']);
    expect(valuesOf(await readJson({ a: { '0': 1, '1': 2 }, b: { '0': 'x', '1': 'y' } }), 'a')).toEqual([1, 2]);
  });

  test('the list within an object, and a single object', async () => {
    expect(valuesOf(await readJson({ count: 2, rows: [{ a: 1 }, { a: 2 }] }), 'a')).toEqual([1, 2]);
    expect(valuesOf(await readJson({ a: 1, b: 'x' }), 'b')).toEqual(['x']);
  });

  test('objects are flattened, lists kept as text with a Note', async () => {
    const result = await readJson([{ home: { city: 'Rome', at: [1, 2] } }, { home: { city: 'Oslo', at: [3] } }]);
    expect(valuesOf(result, 'home.city')).toEqual(['Rome', 'Oslo']);
    expect(valuesOf(result, 'home.at')).toEqual(['[1,2]', '[3]']);
    expect(codesOf(result)).toContain('nested');
  });

  test('numbers in strings stay strings, a mixture is noted, dates become times', async () => {
    const result = await readJson([{ a: '1', b: 1, t: 'Jun 12 1998' }, { a: '2', b: 'x', t: '1999-01-02' }]);
    expect([kindOf(result, 'a'), kindOf(result, 'b'), kindOf(result, 't')]).toEqual(['category', 'category', 'time']);
    expect(valuesOf(result, 't')).toEqual(['1998-06-12', '1999-01-02']);
    expect(codesOf(result)).toContain('mixed-kinds');
  });

  test('NaN and Infinity as Python writes them', async () => {
    const result = await readJson('[{"a": NaN, "b": "NaN"}, {"a": -Infinity, "b": "x"}, {"a": 1, "b": "y"}]');
    expect(valuesOf(result, 'a')).toEqual([null, null, 1]);
    expect(valuesOf(result, 'b')).toEqual(['NaN', 'x', 'y']);
    expect(result.notes.find((n) => n.code === 'not-a-number')?.rows).toBe(2);
  });

  test('integers beyond 2^53 keep their digits and are told', async () => {
    const result = await readText('[{"id":9007199254740993,"x":"a 9007199254740993 \\" 12345678901234567890, ","f":0.12345678901234567890},{"id":1,"x":"","f":123456789012345678901234567890}]', {}, 'x.json');
    expect(valuesOf(result, 'id')).toEqual(['9007199254740993', '1']);
    expect(valuesOf(result, 'x')[0]).toBe('a 9007199254740993 " 12345678901234567890, ');
    expect(codesOf(result)).toContain('wide-integers');
    expect(valuesOf(await readText('{"id":9007199254740993}\n{"id":-9223372036854775807}\n', {}, 'x.ndjson'), 'id')).toEqual(['9007199254740993', '-9223372036854775807']);
    expect(valuesOf(await readText('[{"id":29404214297498020000},{"id":9007199254740991}]', {}, 'x.json'), 'id')).toEqual([29404214297498020000, 9007199254740991]);
  });

  test('keys are data', async () => {
    const result = await readJson('[{"__proto__": {"polluted": 1}, "constructor": 2, "toString": 3}]');
    expect(result.table.columns.map((c) => c.name)).toEqual(['__proto__.polluted', 'constructor', 'toString']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('entries that are no objects are rejected with their place', async () => {
    const result = await readJson([{ a: 1 }, 5, { a: 2 }, null]);
    expect(result.table.rows).toBe(2);
    expect(result.rejected.map((r) => [r.line, r.text])).toEqual([[2, '5'], [4, 'null']]);
  });

  test('cut JSON and a bare value are bad-file', async () => {
    await expect(readJson('[{"a": 1}, {"a"')).rejects.toMatchObject({ code: 'bad-file' });
    await expect(readText('5', {}, 'x.json').then((r) => r.how.format)).resolves.toBe('csv');
  });

  test('rows x keys is bounded', async () => {
    const rows = Array.from({ length: 60000 }, (_, i) => `{"k${i}":1}`);
    await expect(readJson(`[${rows.join(',')}]`)).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('ndjson', () => {
  test('one object per line, whatever the line end', async () => {
    const result = await readText('{"a":1,"b":"x"}\r\n{"a":2,"b":"y"}\n\n{"a":3}', {}, 'x.ndjson');
    expect(valuesOf(result, 'a')).toEqual([1, 2, 3]);
    expect(result.how.format).toBe('ndjson');
  });

  test('lines that are no objects are rejected with their number', async () => {
    const result = await readText('{"a":1}\n{"a":\n[1]\n{"a":2}\n', {}, 'x.jsonl');
    expect(result.table.rows).toBe(2);
    expect(result.rejected.map((r) => r.line)).toEqual([2, 3]);
  });

  test('is known by its content', async () => {
    const result = await readText('{"a":1}\n{"a":2}\n', {}, 'x.json');
    expect([result.how.format, codesOf(result)[0]]).toEqual(['ndjson', 'wrong-ending']);
  });
});

describe('encodings', () => {
  const rows = '[{"a":"é","b":1},{"a":"日","b":2}]';
  test.each([['x.json', rows], ['x.ndjson', '{"a":"é","b":1}\n{"a":"日","b":2}\n']])('%s in UTF-16 of both orders', async (name, text) => {
    const little = Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'));
    const big = Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le').swap16());
    for (const bytes of [little, big]) expect(valuesOf(await readBytes(bytes, {}, name), 'a')).toEqual(['é', '日']);
  });

  test.each([['x.json', '[{"a":"é"},{"a":"ü"}]'], ['x.ndjson', '{"a":"é"}\n{"a":"ü"}\n']])('%s in Latin-1, and says so', async (name, text) => {
    const result = await readBytes(Uint8Array.from(text, (c) => c.charCodeAt(0)), {}, name);
    expect([valuesOf(result, 'a'), codesOf(result)]).toEqual([['é', 'ü'], ['encoding']]);
  });
});
