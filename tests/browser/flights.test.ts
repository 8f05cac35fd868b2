// Three million rows through the worker: imported, profiled, trained, while the page keeps its beat (no task of 100 ms
// on the main thread). Prints the time of each stage.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chromiumPath, openProfile } from './chromium.ts';
import type { Harness } from './harness/main.ts';
import { buildHarness, serveHarness } from './serve.ts';

declare const harness: Harness;
const here = existsSync('node_modules/vega-datasets/data/flights-3m.parquet');
if (!here) console.warn('flights: skipped, vega-datasets is not installed');

/** Resident memory in MB of the largest renderer of our profile: the tab with its workers. */
function residentMB(): number {
  const lines = execFileSync('ps', ['-eo', 'rss,args']).toString().split('\n').filter((line) => line.includes('--type=renderer') && line.includes('barnacle-browser-'));
  return Math.round(Math.max(0, ...lines.map((line) => Number(line.trim().split(/\s+/)[0]) / 1024)));
}

test.skipIf(!chromiumPath || !here)('flights, 3 million rows, without holding the page', async () => {
  await buildHarness();
  const served = await serveHarness(true);
  const profile = mkdtempSync(join(tmpdir(), 'barnacle-browser-'));
  const browser = await openProfile(profile);
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'harness' in globalThis);
    let peakMB = 0;
    const watch = setInterval(() => (peakMB = Math.max(peakMB, residentMB())), 250);
    const found = await page.evaluate(async () => {
      const { engine, changes, longTasks } = harness;
      const ms: { [stage: string]: number } = {};
      const latency: { [stage: string]: number } = {};
      let id = '';
      const timed = async <T>(stage: string, work: () => Promise<T>): Promise<T> => {
        const start = performance.now();
        let over = false;
        const asking = (async () => {
          while (!over && id) {
            const asked = performance.now();
            await engine.page(id, 1_000_000, 10);
            latency[stage] = Math.max(latency[stage] ?? 0, Math.round(performance.now() - asked));
            await new Promise((later) => setTimeout(later, 10));
          }
        })();
        const value = await work();
        ms[stage] = Math.round(performance.now() - start);
        over = true;
        await asking;
        return value;
      };
      const file = await (await fetch('data/flights-3m.parquet')).blob();
      await engine.probe();
      longTasks.length = 0;
      const card = await timed('import', () => engine.importFile('i', 'flights-3m.parquet', file, {}, () => {}));
      id = card.id;
      await timed('page', () => engine.page(card.id, 1_500_000, 50));
      const profile = await timed('profile', () => engine.profile('p', card.id, () => {}));
      await timed('saved', async () => {
        while (!changes.some((change) => (change as { kind: string; verb: string }).kind === 'dataset')) await new Promise((later) => setTimeout(later, 20));
      });
      const target = card.schema.find((c) => /delay/i.test(c.name))!.name;
      const { recipe, split } = await timed('suggest', () => engine.suggest(card.id, target, 15));
      const preview = await timed('preview', () => engine.preview(card.id, recipe, split));
      const spec = (type: string, params: object) => ({ data: card.id, recipe, split, learner: { type, params: params as never }, metrics: ['roc-auc', 'log-loss'], seed: 1 });
      const first: { [stage: string]: number } = {};
      const start = performance.now();
      const runs = await timed('train', () => engine.train('t', card.id, [spec('baseline', {}), spec('gbt', { trees: 30 })], (_run, p) => (first[p.stage] ??= Math.round(performance.now() - start)), () => {}));
      return { card: { rows: card.rows, schema: card.schema, bytes: card.bytes, readMs: card.readMs }, alerts: profile.alerts.length, features: preview.features, split, runs: runs.map((r) => ({ type: r.spec.learner.type, status: r.status, error: r.error, fitMs: r.fitMs, auc: r.evaluation?.metrics['roc-auc']?.value, micros: r.predictMicros })), ms, latency, first, longest: Math.max(0, ...longTasks), saved: (changes as { id: string }[]).map((change) => change.id) };
    });
    clearInterval(watch);
    console.log(JSON.stringify({ ms: found.ms, latency: found.latency, first: found.first, runs: found.runs, longest: found.longest, peakMB }));
    expect(found.card.rows).toBe(3_000_000);
    expect(found.runs.map((run) => run.status)).toEqual(['done', 'done']);
    expect(found.longest).toBeLessThan(100);
    expect(peakMB).toBeGreaterThan(0);
    expect(peakMB).toBeLessThan(3000);
    const again = await page.evaluate(async (id) => {
      const start = performance.now();
      harness.endEngine(harness.engine);
      const rows = await harness.startEngine().page(id, 2_999_999, 5);
      return { ms: Math.round(performance.now() - start), rows: rows.rows };
    }, found.saved[0]);
    console.log('restored from the store in ms:', again.ms);
    expect(again.rows).toBe(1);
  } finally {
    await browser.close();
    await served.close();
    rmSync(profile, { recursive: true, force: true });
  }
}, 600_000);
