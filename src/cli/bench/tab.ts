// A Chromium with the built app, for benchmarks: serves dist/app with its headers and opens one page.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const candidates = [process.env.BARNACLE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** Opens the app (or, with `configFile`, the page that this Vite configuration builds) and gives it to `use`; returns why not when there is no Chromium or no build. */
export async function withTab<T>(use: (page: Page, browser: Browser, address: string) => Promise<T>, more: readonly string[] = [], configFile: string | null = null): Promise<T | string> {
  const executablePath = candidates.find((path) => path && existsSync(path));
  if (!executablePath) return 'no Chromium found; set BARNACLE_CHROMIUM';
  const root = process.env.BARNACLE_ROOT ?? '.';
  if (!configFile && !existsSync(join(root, 'dist/app/index.html'))) return 'the app is not built; run npm run build';
  const { build, preview } = await import('vite');
  if (configFile) await build({ configFile });
  const { chromium } = await import('playwright-core');
  const server = await preview({ ...(configFile ? { configFile } : { root }), logLevel: 'error', preview: { port: 4187, strictPort: false } });
  const browser = await chromium.launch({ executablePath, args: [...flags, ...more] });
  try {
    const address = server.resolvedUrls!.local[0];
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    return await use(page, browser, address);
  } finally {
    await browser.close();
    await server.close();
  }
}
