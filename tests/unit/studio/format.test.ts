import { expect, test } from 'vitest';
import { brief, bytes, count, figure, list, micros, percent, plural, score, shortCell, time } from '../../../src/studio/format.ts';

const cases: [string, string][] = [
  [count(3_000_000), '3\u202f000\u202f000'], [count(-1234), '−1\u202f234'], [brief(3_012_345), '3.0M'], [brief(999), '999'],
  [bytes(999), '999 B'], [bytes(1500), '1.5 kB'], [bytes(2_100_000), '2.1 MB'], [bytes(3e9), '3.00 GB'],
  [time(3.24), '3.2 ms'], [time(2500), '2.50 s'], [time(80_000), '1 m 20 s'], [micros(0.213), '0.21 µs'], [micros(1500), '1.5 ms'],
  [percent(0.214), '21 %'], [percent(0.004), '0.4 %'], [percent(0.0001), '< 0.1 %'], [percent(0), '0 %'],
  [figure(0.7412345), '0.7412'], [figure(32.1), '32.1'], [figure(1e12), '1.00e+12'], [figure(NaN), '–'], [figure(Infinity), '∞'], [figure(-0.5), '−0.5'], [figure(0.00001), '1.00e−5'],
  [score(1), '1.0000'], [score(12.345), '12.35'], [score(null), '–'], [plural(1, 'row'), '1 row'], [plural(2, 'class', 'classes'), '2 classes'],
  [shortCell('0.87098676619')!, '0.870987'], [shortCell('-461243.5234375')!, '-461243.52'], [shortCell('7.63212269158588e-7')!, '7.63212e-7'], [shortCell('0.25')!, '0.25'], [shortCell('2024-01-01')!, '2024-01-01'],
  [list(['a', 'b', 'c']), 'a, b and c'], [list(['a', 'b', 'c', 'd', 'e', 'f']), 'a, b, c, d and 2 more'], [list([]), 'nothing'],
];
test.each(cases)('%s', (got, wanted) => expect(got).toBe(wanted));
