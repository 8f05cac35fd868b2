// The built app in a real Chromium for end-to-end tests: served with its headers, every request and error recorded.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';

export const root = resolve(import.meta.dirname, '../..');
const candidates = [process.env.BARNACLE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const webgpuFlags = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

export interface Studio {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly address: string;
  /** Everything asked of the network by page and workers, and what went wrong. */
  readonly seen: { requests: string[]; foreign: string[]; failed: string[]; errors: string[] };
  close(): Promise<void>;
}

/** Serves dist/app and opens it; `more` are extra Chromium flags. */
export async function openStudio(more: readonly string[] = []): Promise<Studio> {
  const executablePath = candidates.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium found; npm test installs one, or set BARNACLE_CHROMIUM');
  const server: PreviewServer = await preview({ root, logLevel: 'error', preview: { port: 4190, strictPort: false } });
  const address = server.resolvedUrls!.local[0];
  const browser = await chromium.launch({ executablePath, args: [...flags, ...more] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  const seen: Studio['seen'] = { requests: [], foreign: [], failed: [], errors: [] };
  context.on('request', (request) => {
    seen.requests.push(request.url());
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== new URL(address).origin) seen.foreign.push(request.url());
  });
  context.on('response', (response) => void (response.status() >= 400 && seen.failed.push(`${response.status()} ${response.url()}`)));
  const page = await context.newPage();
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('console', (message) => void (message.type() === 'error' && seen.errors.push(message.text())));
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { browser, context, page, address, seen, close };
}

type AxeResult = { violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] };

/** axe's violations on the page as it stands, one line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result = (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })`)) as AxeResult;
  return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help}: ${n.html.slice(0, 160)}`));
}
