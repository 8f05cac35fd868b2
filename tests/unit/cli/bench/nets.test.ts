import { expect, test } from 'vitest';
import type { BenchResult } from '../../../../src/cli/bench/bench.ts';
import { maddsOfRow, netsCases } from '../../../../src/cli/bench/nets-cases.ts';
import { reportNets } from '../../../../src/cli/bench/nets-report.ts';
import { gatherer, jobOf, makeRows, makeWeights, timeSteps } from '../../../../src/cli/bench/nets-rows.ts';
import { sizeOf } from '../../../../src/core/models/net/net.ts';

const [plain, learners] = netsCases();

test('products are counted once forward and twice back, no slope below the first layer', () => {
  expect(maddsOfRow(plain.net)).toBe(2 * 54 * 256 + 3 * (256 * 128 + 128 * 7));
  expect(makeWeights(learners.net)).toHaveLength(sizeOf(learners.net));
});

test('batches follow the order, and a contestant stops after two passes', async () => {
  const rows = makeRows(2048);
  const job = jobOf('ours', plain, 1, 2048, 60_000);
  const { batch, gather } = gatherer({ ...job, warmUp: 1, warmMs: 0 }, rows);
  const seen: number[] = [];
  const run = await timeSteps({ ...job, warmUp: 1, warmMs: 0 }, (b) => (gather(b), seen.push(batch.x[0])), async () => 2, null);
  expect(run).toMatchObject({ steps: 7, total: 8, loss: 2, cpuMs: null });
  expect(seen.slice(0, 4)).toEqual([0, 1, 2, 3].map((b) => rows.x[54 * rows.order[512 * b]]));
});

test('claims are ratios of rows a second, run by run', () => {
  const result: BenchResult = { header: [], right: [], table: [], rows: [], claims: [], leftOut: [] };
  const run = (ms: number, cpuMs: number) => ({ ms, cpuMs, steps: 10, total: 12, loss: 1, version: 'v' });
  reportNets({ case: plain, where: 'Node', threads: 1, runs: new Map([['ours', [run(10, 10), run(20, 10)]], ['tfjs-wasm', [run(200, 150), run(300, 150)]]]) }, result);
  expect(result.claims).toEqual([{ claim: '(plain) Node, 1 thread: rows/s of ours over tfjs-wasm v (from 15.00 to 20.00; of CPU time 15.00)', measured: 17.5, bar: '>= 10', holds: true }]);
});
