// A split as fifty cells in the order of the rows (or of time), and in words. Cells show the kind of the split: blocks for
// time, an even scatter for random, small runs for groups; counts are exact when they are known.
import type { SplitSpec } from '../../../core/split/split.ts';
import { percent } from '../../format.ts';

export type Part = 'train' | 'valid' | 'test';
export const splitWords: { [kind in SplitSpec['kind']]: { label: string; why: string } } = {
  random: { label: 'random', why: 'Each row falls anywhere: right when rows do not depend on each other.' },
  stratified: { label: 'random, balanced', why: 'Each part holds the classes in the same shares, so that rare ones are in all of them.' },
  time: { label: 'by time', why: 'The past trains, the future tests, as it will be in use; at random the model could peek ahead.' },
  group: { label: 'by group', why: 'Rows of one group stay together, so that the test asks about groups never seen.' },
};
const CELLS = 50;

export function splitPicture(split: SplitSpec, counts: { train: number; valid: number; test: number } | null): { finding: string; cells: Part[] } {
  const rows = counts === null ? null : counts.train + counts.valid + counts.test;
  const test = counts === null || rows === 0 ? split.test : counts.test / rows!;
  const valid = counts === null || rows === 0 ? (1 - split.test) * split.valid : counts.valid / rows!;
  const words = { random: 'drawn at random', stratified: 'drawn at random within each class', time: `the latest by ${split.column ?? 'time'}`, group: `whole groups of ${split.column ?? 'a column'}` }[split.kind];
  return { finding: `${percent(test)} of the rows test: ${words}`, cells: cellsOf(split.kind, test, valid) };
}

function cellsOf(kind: SplitSpec['kind'], test: number, valid: number): Part[] {
  const tests = Math.round(test * CELLS);
  const valids = Math.round(valid * CELLS);
  const ordered: Part[] = [...fill('train', CELLS - tests - valids), ...fill('valid', valids), ...fill('test', tests)];
  if (kind === 'time') return ordered;
  const run = kind === 'group' ? 3 : 1;
  const blocks: Part[][] = [];
  for (let i = 0; i < ordered.length; i += run) blocks.push(ordered.slice(i, i + run));
  const step = coprime(blocks.length);
  return blocks.map((_, i) => blocks[(i * step) % blocks.length]!).flat();
}

const fill = (part: Part, n: number): Part[] => Array.from({ length: Math.max(0, n) }, () => part);

/** A stride that visits every block once and looks scattered. */
function coprime(n: number): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  for (let step = Math.max(2, Math.round(n * 0.382)); step < n; step += 1) if (gcd(step, n) === 1) return step;
  return 1;
}
