import { describe, expect, test } from 'vitest';
import { applies, defaults, forTask, parseParams, type AnyParams, type Params } from '../../../../src/core/base/params.ts';

type P = { depth: number; rate: number; mode: 'a' | 'b'; fast: boolean; note: string; sizes: readonly number[] };
const params: Params<P> = {
  depth: { kind: 'number', label: 'Depth', help: '', fallback: 3, min: 1, max: 10, integer: true },
  rate: { kind: 'number', label: 'Rate', help: '', fallback: 0.1, min: 0, max: 1, integer: false },
  mode: { kind: 'choice', label: 'Mode', help: '', fallback: 'a', choices: [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }] },
  fast: { kind: 'flag', label: 'Fast', help: '', fallback: false },
  note: { kind: 'text', label: 'Note', help: '', fallback: '', maxLength: 3 },
  sizes: { kind: 'numbers', label: 'Sizes', help: '', fallback: [8], min: 1, max: 64, integer: true, maxLength: 2 },
};

describe('parseParams', () => {
  test('absent keys take their fallback', () => {
    expect(parseParams(params, undefined, 'p')).toEqual(defaults(params));
    expect(parseParams(params, { depth: 5 }, 'p')).toEqual({ depth: 5, rate: 0.1, mode: 'a', fast: false, note: '', sizes: [8] });
  });

  test.each([
    [{ depth: 11 }, 'p.depth'],
    [{ depth: 2.5 }, 'p.depth'],
    [{ depth: '3' }, 'p.depth'],
    [{ rate: null }, 'p.rate'],
    [{ mode: 'c' }, 'p.mode'],
    [{ fast: 1 }, 'p.fast'],
    [{ note: 'long' }, 'p.note'],
    [{ sizes: [1, 2, 3] }, 'p.sizes'],
    [{ sizes: [0] }, 'p.sizes'],
    [{ sizes: 'x' }, 'p.sizes'],
    [{ other: 1 }, 'p.other'],
  ])('%j is refused with its path', (value, path) => {
    expect(() => parseParams(params, value, 'p')).toThrow(expect.objectContaining({ code: 'bad-param', details: expect.objectContaining({ path }) as object }) as Error);
  });

  test('NaN and infinities are refused', () => {
    for (const rate of [NaN, Infinity, -Infinity]) expect(() => parseParams(params, { rate }, 'p')).toThrow('parameter p.rate');
  });

  test('only an object will do', () => {
    for (const value of [null, 5, 'x', [1]]) expect(() => parseParams(params, value, 'p')).toThrow('expected an object');
  });

  test('a prototype cannot be smuggled in', () => {
    const hostile = JSON.parse('{"__proto__": {"depth": 9}}') as never;
    expect(() => parseParams(params, hostile, 'p')).toThrow('p.__proto__');
    expect(({} as { depth?: number }).depth).toBeUndefined();
  });

  test('lists are copied', () => {
    const sizes = [1, 2];
    expect(parseParams(params, { sizes }, 'p').sizes).not.toBe(sizes);
  });
});

describe('applies', () => {
  const conditional: AnyParams = { ...params, note: { ...params.note, when: { mode: ['b'], fast: [true] } } as AnyParams[string] };
  test('every named choice must have one of its values; absent ones count as their fallback', () => {
    expect(applies(conditional, 'note', {})).toBe(false);
    expect(applies(conditional, 'note', { mode: 'b' })).toBe(false);
    expect(applies(conditional, 'note', { mode: 'b', fast: true })).toBe(true);
    expect(applies(conditional, 'depth', {})).toBe(true);
  });
  test('a parameter that does not apply is kept and checked all the same', () => {
    expect(parseParams(conditional as unknown as Params<P>, { note: 'x' }, 'p').note).toBe('x');
    expect(() => parseParams(conditional as unknown as Params<P>, { note: 'long' }, 'p')).toThrow(/p.note/);
  });
  test('a parameter of other tasks says nothing, and goes back to its fallback there', () => {
    const tasked: AnyParams = { ...params, note: { ...params.note, tasks: ['binary'] } as AnyParams[string] };
    expect([applies(tasked, 'note', {}), applies(tasked, 'note', {}, 'binary'), applies(tasked, 'note', {}, 'regression')]).toEqual([true, true, false]);
    expect(forTask(tasked, { note: 'x', depth: 3 }, 'regression')).toEqual({ note: params.note.fallback, depth: 3 });
    expect(forTask(tasked, { note: 'x', depth: 3 }, 'binary')).toEqual({ note: 'x', depth: 3 });
    expect(forTask(tasked, { depth: 3 }, 'regression')).toEqual({ depth: 3 });
  });
});
