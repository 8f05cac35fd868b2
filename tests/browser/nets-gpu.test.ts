// Nets on WebGPU, by Chromium's software adapter.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { kernelPlugin } from '../../tools/kernel-plugin.ts';
import { chromiumPath, openProfile } from './chromium.ts';
import type { NetsPage } from './nets-gpu/main.ts';

declare const page: NetsPage;
if (!chromiumPath) console.warn('nets on WebGPU: skipped, no Chromium');

const root = resolve(import.meta.dirname, 'nets-gpu');
const outDir = resolve(import.meta.dirname, '../../build/nets-gpu');
const types: { [ending: string]: string } = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

describe.skipIf(!chromiumPath)('nets on WebGPU', () => {
  let server: Server;
  let browser: BrowserContext;
  let tab: Page;
  const profile = mkdtempSync(join(tmpdir(), 'barnacle-nets-'));

  beforeAll(async () => {
    await build({ root, configFile: false, base: './', publicDir: false, logLevel: 'warn', define: { __VERSION__: '"test"' }, plugins: [kernelPlugin()], build: { outDir, emptyOutDir: true, minify: false, target: 'es2023' } });
    server = createServer((request, response) => {
      const path = join(outDir, new URL(request.url ?? '/', 'http://x').pathname.replace(/^\/$/, '/index.html'));
      readFile(path).then(
        (bytes) => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    browser = await openProfile(profile, true);
    tab = await browser.newPage();
    tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.warn(message.text().slice(0, 2000)));
    await tab.goto(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
    await tab.waitForFunction(() => 'page' in globalThis);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await new Promise((done) => server?.close(done));
    rmSync(profile, { recursive: true, force: true });
  });

  test('every case does what the reference does, and holds nothing afterwards', async () => {
    const told = await tab.evaluate(async () => {
      const { kernels, reasons } = await page.loadTfjsNets({ allowFallbackAdapter: true });
      if (kernels?.backend !== 'webgpu') return [kernels?.backend ?? 'nothing', ...reasons];
      const before = kernels.tensors();
      const differences: string[] = [];
      for (const asked of page.netCases()) for (const text of await page.compareNets(kernels, asked)) differences.push(`${asked.name}: ${text}`);
      const long = page.caseOf('long sums', { inputs: { numbers: 6, flags: 0, encoding: null, categories: [] }, layers: [{ kind: 'dense', units: 12, bias: true }, { kind: 'norm', by: 'layer' }, { kind: 'activate', by: 'silu', mixed: false }, { kind: 'dense', units: 2, bias: true }] }, { kind: 'softmax', focal: 0 }, 7, [2100, 40], { clip: 0.1 });
      for (const text of await page.compareNets(kernels, long)) differences.push(`long sums: ${text}`);
      for (let seed = 1; seed <= 2; seed++) for (const text of await page.compareNets(kernels, page.randomCase(seed))) differences.push(`random ${seed}: ${text}`);
      return kernels.tensors() === before ? differences : [...differences, `${kernels.tensors() - before} tensors outlived their sessions`];
    });
    expect(told).toEqual([]);
  });

  test('2,000 steps hold tensors, bytes and GPU buffers where they were', async () => {
    const told = await tab.evaluate(async () => {
      const { kernels } = await page.loadTfjsNets({ allowFallbackAdapter: true });
      return page.holdsStill(kernels!, 2000, () => ({ ...page.gpuHeld() }));
    });
    expect(told).toEqual([]);
  });

  test('the same steps give the same bits', async () => {
    const isSame = await tab.evaluate(async () => {
      const { kernels } = await page.loadTfjsNets({ allowFallbackAdapter: true });
      const asked = page.netCases().find(({ name }) => name === 'TabM')!;
      const runs: Float32Array[] = [];
      for (let i = 0; i < 2; i++) {
        const session = await kernels!.open(asked.open);
        asked.batches.forEach((batch, s) => session.step(batch, asked.ats[s]));
        runs.push(await session.weights());
        session.dispose();
      }
      return runs[0].every((w, i) => Object.is(w, runs[1][i]));
    });
    expect(isSame).toBe(true);
  });

  test('without subgroups too', async () => {
    await tab.goto(`${tab.url()}?plain`);
    await tab.waitForFunction(() => 'page' in globalThis);
    const told = await tab.evaluate(async () => {
      const { kernels } = await page.loadTfjsNets({ allowFallbackAdapter: true });
      const asked = page.netCases().find(({ name }) => name === 'layer norm')!;
      return [kernels!.backend, page.hasSubgroups(), ...(await page.compareNets(kernels!, asked))];
    });
    expect(told).toEqual(['webgpu', false]);
  });

  test('what a device cannot do is told at the next read, not trained on', async () => {
    const told = await tab.evaluate(async () => {
      const { kernels } = await page.loadTfjsNets({ allowFallbackAdapter: true });
      const [asked] = page.netCases();
      const session = await kernels!.open(asked.open);
      page.devices.at(-1)!.createBuffer({ size: 2 ** 50, usage: GPUBufferUsage.STORAGE });
      session.step(asked.batches[0], asked.ats[0]);
      const code = await session.loss().then(() => 'answered', (error: { code?: string }) => error.code ?? String(error));
      session.dispose();
      return code;
    });
    expect(told).toBe('no-backend');
  });

  test('a fit whose device is destroyed in mid-run finishes on our own WASM', async () => {
    await tab.reload();
    await tab.waitForFunction(() => 'page' in globalThis);
    expect(await tab.evaluate(() => page.fitAndLose())).toEqual({ points: 4, said: ['webgpu was lost; epoch 3 starts again on wasm'], held: ['webgpu 0', 'wasm 0'], later: ['webgpu: its device was lost earlier in this worker'] });
  });
});
