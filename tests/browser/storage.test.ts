// What is on disk after the browser was killed (SIGKILL), in Chromium: an announced dataset is whole, a half-written one
// is not there at all, and deleting a project takes with it what nothing else points to.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openProfile } from './chromium.ts';
import type { Harness } from './harness/main.ts';
import { buildHarness, serveHarness, type Served } from './serve.ts';

declare const harness: Harness;

describe.skipIf(!chromiumPath)('storage', () => {
  let served: Served;
  let browser: BrowserContext;
  let page: Page;
  const profile = mkdtempSync(join(tmpdir(), 'barnacle-browser-'));
  async function open(): Promise<void> {
    browser = await openProfile(profile);
    page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'harness' in globalThis);
  }
  /** Kills the browser process of our own profile, by its id. */
  async function kill(): Promise<void> {
    const mine = execFileSync('ps', ['-eo', 'pid,args']).toString().split('\n').find((line) => line.includes(profile) && !line.includes('--type='));
    const closed = new Promise((done) => browser.once('close', done));
    process.kill(Number(mine!.trim().split(/\s+/)[0]), 'SIGKILL');
    await closed;
  }
  /** Three columns of a million rows: six chunks. */
  const importMade = (seed: number, wait: boolean) =>
    page.evaluate(async ({ seed: start, wait: saved }) => {
      const lines = ['a,b,c', ...Array.from({ length: 1_000_000 }, (_, i) => `${(i * 7919 + start) % 1000003},${((i * 31 + start) % 977) / 7},${i % 13}`)];
      const card = await harness.engine.importFile(`import-${start}`, 'made.csv', new Blob([lines.join('\n')]), {}, () => {});
      while (saved && !harness.changes.some((change) => (change as { id: string }).id === card.id)) await new Promise((later) => setTimeout(later, 5));
      return card.id;
    }, { seed, wait });
  const stored = () => page.evaluate(async () => (await harness.engine.system()).storage.kinds.find((kind) => kind.kind === 'datasets')!);

  beforeAll(async () => {
    await buildHarness();
    served = await serveHarness(true);
    await open();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  test('a dataset that was announced survives a kill, whole', async () => {
    const id = await importMade(1, true);
    await kill();
    await open();
    const rows = await page.evaluate((dataset) => harness.engine.page(dataset, 999_999, 5), id);
    expect(rows.rows).toBe(1);
    expect(rows.cells[2]).toEqual([String(999_999 % 13)]);
  });

  test('one that was being written is whole or not there, and nothing of it is left over', async () => {
    const id = await importMade(2, false);
    await kill();
    await open();
    const answer = await page.evaluate((dataset) => harness.engine.page(dataset, 0, 1).then(() => 'whole', (error: unknown) => (error as { code: string }).code), id);
    expect(['whole', 'not-found']).toContain(answer);
    expect((await stored()).count).toBe(answer === 'whole' ? 2 : 1);
    const chunks = await page.evaluate(() => new Promise<number>((done, fail) => {
      const request = indexedDB.open('barnacle');
      request.onerror = () => fail(request.error);
      request.onsuccess = () => {
        const count = request.result.transaction('chunks').objectStore('chunks').count();
        count.onsuccess = () => {
          request.result.close();
          done(count.result);
        };
      };
    }));
    expect(chunks % (await stored()).count).toBe(0);
  });

  test('deleting a project takes its dataset, runs and models, unless another needs them', async () => {
    const left = await page.evaluate(async () => {
      const { engine } = harness;
      const file = await (await fetch('data/penguins.json')).blob();
      const card = await engine.importFile('i', 'penguins.json', file, {}, () => {});
      const { recipe, split } = await engine.suggest(card.id, 'Species', null);
      const runs = await engine.train('t', card.id, [{ data: card.id, recipe, split, learner: { type: 'linear', params: {} }, metrics: ['log-loss'], seed: 1 }], () => {}, () => {});
      const project = (id: string) => ({ id, name: id, dataset: card.id, recipe, split, runs: runs.map((run) => run.id), kept: null, compress: null, pending: [], model: null, clean: null, cleaned: null, contract: null, tables: [], versions: [], dictionary: null, alerting: null, past: [], future: [], example: null, updatedAt: 1 });
      await engine.saveProject(project('a'));
      await engine.saveProject(project('b'));
      const kinds = async () => Object.fromEntries((await engine.system()).storage.kinds.map((kind) => [kind.kind, kind.count]));
      const before = await kinds();
      const given = await engine.importBundle('m.barnacle', (await engine.exportBundle(runs[0].bundle!, 'bundle')).blob);
      await engine.saveProject({ ...project('c'), dataset: null, recipe: null, split: null, runs: [], model: { bundle: given.bundle, name: given.name, bytes: 1 } });
      await engine.deleteProject('a');
      const shared = await engine.openProject('b');
      await engine.deleteProject('b');
      const spared = (await engine.contract(given.bundle)).columns.length;
      await engine.deleteProject('c');
      return { before, spared, after: await kinds(), shared: shared.runs.length };
    });
    expect(left.before).toMatchObject({ projects: 2, runs: 1, bundles: 1 });
    expect(left.shared).toBe(1);
    expect(left.spared).toBeGreaterThan(0);
    expect(left.after).toMatchObject({ projects: 0, runs: 0, bundles: 0, datasets: left.before['datasets'] - 1 });
  });
});
