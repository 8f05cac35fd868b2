// The same RunSpec gives the same model and bundle in a browser worker as in Node; nets train on WASM and, with a
// software adapter, on WebGPU.
import { readFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { quiet } from '../../src/core/base/task.ts';
import { readTable } from '../../src/core/io/index.ts';
import { bytesSource } from '../../src/core/io/source.ts';
import { fitHere, run } from '../../src/core/pipeline/run.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';
import { selectKernels } from '../../src/kernels/select.ts';
import { chromiumPath, openProfile } from './chromium.ts';
import type { Harness } from './harness/main.ts';
import { buildHarness, serveHarness, type Served } from './serve.ts';

declare const harness: Harness;
const here = chromiumPath !== null && existsSync('node_modules/vega-datasets/data/penguins.json');
if (!here) console.warn('parity: skipped, no Chromium or no vega-datasets');

describe.skipIf(!here)('browser and Node', () => {
  let served: Served;
  const profiles: string[] = [];
  const browsers: BrowserContext[] = [];
  async function open(webgpu: boolean): Promise<Page> {
    profiles.push(mkdtempSync(join(tmpdir(), 'barnacle-browser-')));
    browsers.push(await openProfile(profiles.at(-1)!, webgpu));
    const page = await browsers.at(-1)!.newPage();
    await page.goto(`${served.url}${webgpu ? '?backend=webgpu&fallbackAdapter' : ''}`);
    await page.waitForFunction(() => 'harness' in globalThis);
    return page;
  }
  beforeAll(async () => {
    await buildHarness();
    served = await serveHarness(true);
  }, 120_000);
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    for (const folder of profiles) rmSync(folder, { recursive: true, force: true });
    await served?.close();
  });

  const trainPenguins = (page: Page, learners: { type: string; params: { [key: string]: number | number[] } }[]) =>
    page.evaluate(async (asked) => {
      const { engine } = harness;
      const file = await (await fetch('data/penguins.json')).blob();
      const card = await engine.importFile('i', 'penguins.json', file, {}, () => {});
      await engine.profile('p', card.id, () => {});
      const { recipe, split } = await engine.suggest(card.id, 'Species', null);
      const specs = asked.map((learner) => ({ data: card.id, recipe, split, learner, metrics: ['log-loss', 'accuracy'], seed: 1 }));
      return engine.train('t', card.id, specs, () => {}, () => {});
    }, learners);

  test('give the same models and bundles for the same specs', async () => {
    const found = await trainPenguins(await open(false), ['baseline', 'linear', 'gbt'].map((type) => ({ type, params: {} })));
    const { table } = await readTable(bytesSource('penguins.json', new Uint8Array(readFileSync('node_modules/vega-datasets/data/penguins.json'))), {}, quiet);
    const { kernels } = await selectKernels({ backend: 'wasm' });
    const made = async () => ({ barnacle: '', kernels: '', backend: '', threads: 1, extra: {} });
    for (const theirs of found) {
      expect(theirs.spec.data).toBe(hashTable(table));
      const ours = await run(theirs.spec, table, { ...quiet, clock: () => 0, fit: fitHere(kernels, made), prepared: null, resamples: 200 });
      expect([theirs.spec.learner.type, theirs.modelHash, theirs.bundle]).toEqual([theirs.spec.learner.type, ours.run.modelHash, ours.run.bundle]);
    }
  });

  test.each([false, true])('train a net, WebGPU %s', async (webgpu) => {
    const [net] = await trainPenguins(await open(webgpu), [{ type: 'mlp', params: webgpu ? { hidden: [16], epochs: 12, batch: 64 } : {} }]);
    expect([net.status, net.error]).toEqual(['done', null]);
    expect(net.made!.backend).toBe(webgpu ? 'webgpu' : 'wasm');
    expect(net.evaluation!.metrics['accuracy'].value).toBeGreaterThan(webgpu ? 0.6 : 0.9);
  });
});
