// A heap gives back what was put in, in order, however pushes and pops alternate.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { popHeap, pushHeap } from '../../../../../src/core/learners/trees/heap.ts';

const before = (a: number, b: number): boolean => a < b;

it('pops the least of what it holds', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.integer(), fc.constant(null))), (steps) => {
    const heap: number[] = [];
    let held: number[] = [];
    for (const step of steps) {
      if (step === null) {
        const least = held.length > 0 ? Math.min(...held) : undefined;
        expect(popHeap(heap, before)).toBe(least);
        held = held.filter((_, i) => i !== held.indexOf(least as number));
      } else {
        pushHeap(heap, step, before);
        held.push(step);
      }
      expect(heap.length).toBe(held.length);
    }
  }), { seed: 1 });
});
