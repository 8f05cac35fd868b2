// debug as a person runs it: verdicts in words, and one JSON object for a program.
import { beforeAll, expect, test } from 'vitest';
import { barnacle, barnacleJson, buildCli } from './command-line.ts';
import type { DebugReport } from '../../src/core/pipeline/debug-run.ts';

const rows = Array.from({ length: 400 }, (_, i) => [Math.sin(i * 1.7), Math.cos(i * 2.3), (i * 7919) % 13]);
const csv = ['a,b,c,y', ...rows.map(([a, b, c]) => `${a.toFixed(4)},${b.toFixed(4)},${c},${(3 * a - 2 * b + 0.1 * c).toFixed(4)}`)].join('\n');
beforeAll(buildCli, 120_000);

test('a rate that is far too high is said to be so', async () => {
  const { code, out } = await barnacle(['debug', '-', '--target', 'y', '--param', 'rate=10', '--param', 'architecture=mlp', '--tests', 'rate-range'], csv);
  expect(code).toBe(0);
  expect(out).toMatch(/^FAIL {2}Learning-rate range: The rate 10 lies where training diverges/);
}, 60_000);

test('--json is one object with a finding for each test', async () => {
  const report = await barnacleJson<DebugReport>(['debug', '-', '--target', 'y', '--learner', 'linear'], csv);
  expect(report.findings.map((f) => f.id)).toEqual(['overfit-batch', 'shuffled-labels', 'seed-sweep']);
  expect(report.findings.every((f) => f.verdict !== 'fail')).toBe(true);
}, 60_000);

test('a test that does not exist is refused with those that do', async () => {
  const { code, err } = await barnacle(['debug', '-', '--target', 'y', '--tests', 'magic'], csv);
  expect(code).not.toBe(0);
  expect(err).toContain('overfit-batch');
}, 60_000);
