import { expect, it } from 'vitest';
import { foldClasses } from '../../../src/charts/by-target-fold.ts';
import { hardest } from '../../../src/charts/curves.ts';

const data = (counts: number[]) => ({ kind: 'classes' as const, column: 'x', classes: counts.map((_, k) => `k${k}`), bins: [{ label: 'a', from: 0, to: 1, counts }], rows: 1, sampled: 1 });
it('leaves few classes as they are, coloured by their place', () => {
  expect(foldClasses(data([1, 2])).tones).toEqual(['c1', 'c2']);
  expect(foldClasses(data([1, 2])).bins[0]?.counts).toEqual([1, 2]);
});
it('keeps the most frequent in order and sums the others, losing no row', () => {
  const folded = foldClasses(data([1, 9, 2, 8, 3]), 3);
  expect(folded.classes).toEqual(['3 other classes', 'k1', 'k3']);
  expect(folded.bins[0]?.counts).toEqual([6, 9, 8]);
  expect(folded.tones).toEqual(['rest', 'c1', 'c2']);
});
it('shows the curves with most trouble, in their order, each with a colour of its own beyond eight', () => {
  const curves = Array.from({ length: 10 }, (_, index) => ({ index, auc: index === 7 || index === 9 ? 0.5 : 0.9 }));
  expect(hardest(curves, (curve) => -curve.auc, 2)).toEqual([{ index: 0, auc: 0.5 }, { index: 1, auc: 0.5 }]);
  expect(hardest(curves.slice(0, 8), (curve) => -curve.auc, 1)).toEqual([{ index: 7, auc: 0.5 }]);
});
