// A plain static host that sends no header of ours: the service worker isolates the page, works without the host, and
// closes page and workers: a canary request to anywhere else is refused, before it leaves, and counted.
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumPath, flags } from '../browser/chromium.ts';
import { dist } from './support.ts';

const types: { [extension: string]: string } = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json' };
const outside: string[] = [];
let host: Server;
let canary: Server;
let browser: Browser;
let page: Page;

const listen = (server: Server) => new Promise<string>((done) => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)));
let address = '';
let elsewhere = '';

beforeAll(async () => {
  host = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').split('?')[0]);
    try {
      const bytes = readFileSync(join(dist, path.endsWith('/') ? `${path}index.html` : path));
      response.setHeader('Content-Type', types[extname(path) || '.html'] ?? 'application/octet-stream').end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  canary = createServer((request, response) => {
    outside.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*').end('heard');
  });
  [address, elsewhere] = await Promise.all([listen(host), listen(canary)]);
  browser = await chromium.launch({ executablePath: chromiumPath!, args: flags });
  page = await (await browser.newContext()).newPage();
});
afterAll(async () => {
  await browser?.close();
  host?.close();
  canary?.close();
});

test('the service worker isolates the page after one reload', async () => {
  await page.goto(address);
  await page.waitForFunction(() => crossOriginIsolated && navigator.serviceWorker.controller !== null, null, { timeout: 60_000 });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('page and worker cannot reach another address, and nothing arrived there', async () => {
  await page.getByRole('button', { name: /Penguins/ }).waitFor();
  const reach = (url: string) => fetch(url, { method: 'POST', body: 'secret', mode: 'no-cors' }).then(() => 'sent', () => 'refused');
  expect(await page.evaluate(reach, `${elsewhere}page`)).toBe('refused');
  const engine = page.workers().find((worker) => worker.url().includes('engine'));
  expect(await engine!.evaluate(reach, `${elsewhere}worker`)).toBe('refused');
  expect(outside).toEqual([]);
});

test('the studio opens with its host gone', async () => {
  await page.waitForFunction(() => caches.keys().then((names) => names.some((name) => name.startsWith('barnacle-'))));
  await new Promise((done) => host.close(done).closeAllConnections());
  await page.reload();
  await page.getByRole('button', { name: /Penguins/ }).waitFor();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
