// A dictionary that was made elsewhere goes on as if it had been made here.
import { expect, test } from 'vitest';
import { adoptLevels, finishStrings, makeStringBuilder, pushString } from '../../../../../src/core/io/build/string-builder.ts';

const bytes = new TextEncoder().encode('redblueredgreen');

test('pushing finds the adopted levels and adds new ones behind them', () => {
  const b = makeStringBuilder();
  adoptLevels(b, Int32Array.of(0, 1, 0), bytes.slice(0, 7), Uint32Array.of(0, 3, 7), Int32Array.of(2, 1));
  b.rows = 3;
  pushString(b, bytes, 7, 10);
  pushString(b, bytes, 10, 15);
  pushString(b, bytes, 3, 7);
  expect(finishStrings(b, 'colour')).toMatchObject({ codes: Int32Array.of(0, 1, 0, 0, 2, 1), levels: ['red', 'blue', 'green'] });
});

test('none, or as many as must be found again after many growths', () => {
  const b = makeStringBuilder();
  adoptLevels(b, new Int32Array(0), new Uint8Array(0), Uint32Array.of(0), new Int32Array(0));
  const encoder = new TextEncoder();
  for (let i = 0; i < 2000; i++) {
    const text = encoder.encode(`level ${i % 1000}`);
    pushString(b, text, 0, text.length);
  }
  const column = finishStrings(b, 'many', 'category');
  expect(column.kind === 'category' && column.levels.length).toBe(1000);
  expect(column.kind === 'category' && column.codes[1999]).toBe(999);
});
