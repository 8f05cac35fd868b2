// The built CLI on a file that does not fit: the plan, the streamed profile beside the whole one, and wrong sizes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReadPlan } from '../../src/core/io/plan.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { barnacle, barnacleJson, buildCli } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'barnacle-stream-'));
const path = join(folder, 'sales.csv');
const rows = 60_000;

beforeAll(() => {
  buildCli();
  writeFileSync(path, `id,price,shop,comment\n${Array.from({ length: rows }, (_, i) => `${i},${(i % 977) / 4},shop ${i % 12},"bought ${i * 31}, and more of it"`).join('\n')}\nonly,three,cells\n`);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Told = { rows: number; streamed: boolean; rejected: number; data_hash: string | null; profile: Profile };

test('the plan says that it does not fit, and what to do', async () => {
  const { plan } = await barnacleJson<{ plan: ReadPlan }>(['profile', path, '--plan', '--memory', '6MB']);
  expect(plan.fits).toBe(false);
  expect(Math.abs(plan.rows / rows - 1)).toBeLessThan(0.1);
  expect(plan.ways.length).toBeGreaterThan(0);
  const { out } = await barnacle(['profile', path, '--plan', '--memory', '6MB']);
  expect(out).toMatch(/does not fit in 6\.0 MB/);
  expect(out).toMatch(/recommended: .+ \(\d/);
  expect((await barnacle(['profile', path, '--plan', '--memory', '4GB'])).out).toMatch(/fits in 4000\.0 MB/);
});

test('what does not fit is streamed, to the same profile', async () => {
  const whole = await barnacleJson<Told>(['profile', path, '--memory', '2GB']);
  const small = await barnacleJson<Told>(['profile', path, '--memory', '6MB']);
  const forced = await barnacleJson<Told>(['profile', path, '--stream']);
  expect([whole.streamed, small.streamed, forced.streamed]).toEqual([false, true, true]);
  expect([whole.rejected, small.rejected, small.rows, small.data_hash]).toEqual([1, 1, rows, null]);
  expect(forced.profile).toEqual(small.profile);
  const facts = ({ profile }: Told) => profile.columns.map(({ name, kind, missing, number, levels }) => [name, kind, missing, number?.min, number?.max, number?.histogram, levels?.[0]]);
  expect(facts(small).slice(0, 3)).toEqual(facts(whole).slice(0, 3));
  expect((await barnacle(['profile', path, '--stream'])).out).toMatch(/60000 rows, 4 columns, streamed in two passes/);
}, 90_000);

test.each(['lots', '12', '3 parsecs', '-1GB'])('--memory %s is refused', async (size) => {
  const { code, err } = await barnacle(['profile', path, `--memory=${size}`]);
  expect(code).toBe(1);
  expect(err).toMatch(/--memory is .*; expected a size of at least 1 MB/);
});
