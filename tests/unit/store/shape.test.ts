import { describe, expect, it } from 'vitest';
import { copyShape } from '../../../src/store/shape.ts';

describe('copyShape', () => {
  it('copies declared keys and drops the others', () => {
    expect(copyShape({ a: 1, b: 'x' }, { record: { a: 'number', c: { nullable: 'string' } } }, 'p')).toEqual({ a: 1, c: null });
  });
  it('names the path of a wrong value', () => {
    expect(() => copyShape({ a: [1, 'x'] }, { record: { a: { list: 'number' } } }, 'p')).toThrow('p.a[1] should be a number');
  });
  it('lets no prototype in', () => {
    const hostile: unknown = JSON.parse('{"m":{"__proto__":{"polluted":1},"ok":2}}');
    const copy = copyShape(hostile, { record: { m: 'json' } }, 'p') as { m: { polluted?: number } };
    expect(copy).toEqual({ m: { ok: 2 } });
    expect(Object.assign({}, copy.m).polluted).toBeUndefined();
  });
  it('refuses bottomless nesting', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100; i++) deep = [deep];
    expect(() => copyShape(deep, 'json', 'p')).toThrow('nested');
  });
});
