import { expect, test } from 'vitest';
import { logGamma, normalBelow, normalQuantile, normalTails, studentQuantile, studentTails } from '../../../../src/core/base/distributions.ts';

const near = (found: number, expected: number) => expect(Math.abs(found / expected - 1)).toBeLessThan(1e-10);

test('normal tails and quantiles of scipy.stats.norm', () => {
  near(normalTails(1.959963984540054), 0.05);
  near(normalTails(8), 1.244192114854348e-15);
  near(normalBelow(-3), 0.0013498980316300933);
  near(normalQuantile(0.975), 1.959963984540054);
});

test('tails and quantiles of scipy.stats.t', () => {
  near(studentTails(2.228138851964939, 10), 0.05);
  near(studentTails(12.706204736432095, 1), 0.05);
  near(studentTails(2, 1e4), 0.04552726066143543);
  near(studentQuantile(0.975, 30), 2.0422724563012373);
});

test('log-gamma', () => {
  near(logGamma(5), 3.1780538303479458);
  near(logGamma(0.5), 0.5723649429247001);
});
