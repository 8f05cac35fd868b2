// Stop, discard, dead workers and lost databases, with real workers in Chromium.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openProfile } from './chromium.ts';
import type { Harness } from './harness/main.ts';
import { buildHarness, serveHarness, type Served } from './serve.ts';

declare const harness: Harness;

describe.skipIf(!chromiumPath)('jobs', () => {
  let served: Served;
  let browser: BrowserContext;
  let page: Page;
  const profile = mkdtempSync(join(tmpdir(), 'barnacle-browser-'));
  beforeAll(async () => {
    await buildHarness();
    served = await serveHarness(true);
    browser = await openProfile(profile);
    page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'harness' in globalThis);
    await page.evaluate(async () => {
      const { engine } = harness;
      const lines = ['a,b,y', ...Array.from({ length: 40_000 }, (_, i) => `${(i * 7919) % 1009},${(i * 104729) % 977},${(i * 7919) % 1009 > (i * 31) % 700 ? 'yes' : 'no'}`)];
      const card = await engine.importFile('import', 'made.csv', new Blob([lines.join('\n')]), {}, () => {});
      const { recipe, split } = await engine.suggest(card.id, 'y', null);
      const long = (seed: number) => ({ data: card.id, recipe, split, learner: { type: 'gbt', params: { trees: 3000, patience: 0 } }, metrics: ['roc-auc', 'log-loss'], seed });
      Object.assign(globalThis, { long, dataset: card.id });
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  test('stop keeps the best so far', async () => {
    const run = await page.evaluate(async () => {
      const { long, dataset } = globalThis as unknown as { long: (seed: number) => never; dataset: string };
      let points = 0;
      const runs = await harness.engine.train('stop', dataset, [long(1)], (_run, progress) => {
        if (progress.point && ++points === 5) void harness.engine.stop('stop', null, true);
      }, () => {});
      return runs[0];
    });
    expect(run.error).toBeNull();
    expect(run.status).toBe('stopped');
    expect(run.bundle).not.toBeNull();
    expect(run.curve.length).toBeLessThan(2000);
    expect(run.evaluation!.metrics['roc-auc'].value).toBeGreaterThan(0.6);
  });

  test('discard throws it away, and the next fit goes on', async () => {
    const runs = await page.evaluate(async () => {
      const { long, dataset } = globalThis as unknown as { long: (seed: number) => { learner: { type: string; params: unknown } }; dataset: string };
      const short = { ...long(2), learner: { type: 'baseline', params: {} } };
      let asked = false;
      return harness.engine.train('discard', dataset, [long(2), short] as never, (run, progress) => {
        if (!progress.point || asked) return;
        asked = true;
        void harness.engine.stop('discard', run, false);
      }, () => {});
    });
    expect(runs[0]).toMatchObject({ status: 'stopped', bundle: null, error: { code: 'stopped' } });
    expect(runs[1].status).toBe('done');
  });

  const workerOf = (name: string) => {
    const found = page.workers().filter((worker) => worker.url().includes(`/${name}-`));
    expect(found.length, `${name} workers among ${page.workers().map((w) => w.url()).join(' ')}`).toBeGreaterThan(0);
    return found.at(-1)!;
  };

  test('a fit worker that dies without a word fails its own run only, and is replaced', async () => {
    const training = page.evaluate(async () => {
      const { long, dataset } = globalThis as unknown as { long: (seed: number) => { learner: object }; dataset: string };
      const short = (type: string) => ({ ...long(3), learner: { type, params: {} } });
      return harness.engine.train('kill', dataset, [long(3), short('linear'), short('baseline')] as never, (_run, progress) => {
        if (progress.point && progress.point.step > 3) Object.assign(globalThis, { going: true });
      }, () => {});
    });
    await page.waitForFunction(() => 'going' in globalThis);
    void workerOf('fit').evaluate(() => void setTimeout(() => self.close(), 0)).catch(() => {});
    const runs = await training;
    expect(runs.map((run) => [run.spec.learner.type, run.status, run.error?.code ?? null])).toEqual([['gbt', 'failed', 'worker-lost'], ['linear', 'done', null], ['baseline', 'done', null]]);
  });

  test('an engine that dies rejects what was pending, starts again and has what was saved', async () => {
    await page.evaluate(() => harness.engine.saveProject({ id: 'kept', name: 'kept', dataset: null, recipe: null, split: null, runs: [], kept: null, compress: null, pending: [], model: null, clean: null, cleaned: null, contract: null, tables: [], versions: [], dictionary: null, alerting: null, past: [], future: [], example: null, updatedAt: 1 }));
    const pending = page.evaluate(async () => {
      const { long, dataset } = globalThis as unknown as { long: (seed: number) => never; dataset: string };
      return harness.engine.train('lost', dataset, [long(4)], () => {}, () => {}).then(() => 'answered', (error: unknown) => (error as { code: string }).code);
    });
    await new Promise((later) => setTimeout(later, 300));
    void workerOf('engine').evaluate(() => void setTimeout(() => self.close(), 0)).catch(() => {});
    expect(await pending).toBe('worker-lost');
    const after = await page.evaluate(async () => ({ projects: (await harness.engine.projects()).map((p) => p.id), restarts: harness.restarts, page: await harness.engine.page((globalThis as unknown as { dataset: string }).dataset, 0, 2) }));
    expect(after).toMatchObject({ projects: ['kept'], restarts: ['it ended without a word'], page: { rows: 2 } });
  });

  test('a database that vanished is storage-lost until the loss is accepted', async () => {
    const codes = await page.evaluate(async () => {
      const { engine } = harness;
      harness.endEngine(engine);
      await new Promise<void>((done, fail) => {
        const request = indexedDB.deleteDatabase('barnacle');
        request.onsuccess = () => done();
        request.onerror = () => fail(request.error);
      });
      const fresh = harness.startEngine();
      const code = await fresh.projects().then(() => 'empty start', (error: unknown) => (error as { code: string }).code);
      await fresh.acceptLoss();
      return { code, after: (await fresh.projects()).length };
    });
    expect(codes).toEqual({ code: 'storage-lost', after: 0 });
  });
});
