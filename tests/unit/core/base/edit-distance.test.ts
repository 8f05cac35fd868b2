import { expect, test } from 'vitest';
import { editDistance } from '../../../../src/core/base/edit-distance.ts';
import { sequence } from '../../../../src/core/base/random.ts';

/** Optimal string alignment by its definition, the whole table. */
function plain(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i ? (j ? 0 : i) : j)));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.length][b.length];
}

test('known distances', () => {
  expect([editDistance('kitten', 'sitting', 5), editDistance('ab', 'ba', 2), editDistance('', 'abc', 5), editDistance('same', 'same', 0), editDistance('abc', 'xyz', 1)]).toEqual([3, 1, 3, 0, 2]);
});
test('agrees with the definition up to its limit', () => {
  const r = sequence(1, 'edits');
  const word = () => Array.from({ length: r.below(9) }, () => 'abc'[r.below(3)]).join('');
  for (let k = 0; k < 5000; k++) {
    const [a, b, limit] = [word(), word(), r.below(5)];
    expect(editDistance(a, b, limit), `${a} ${b} ${limit}`).toBe(Math.min(limit + 1, plain(a, b)));
  }
});
