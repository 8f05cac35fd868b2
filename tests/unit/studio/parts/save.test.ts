import { expect, test } from 'vitest';
import { csvText } from '../../../../src/studio/parts/save.ts';

test('csv text quotes what must be quoted and leaves null empty', () => {
  expect(csvText(['a', 'b'], [['x,y', 'say "hi"'], [null, 3]])).toBe('a,b\r\n"x,y","say ""hi"""\r\n,3\r\n');
});
