// The built app in a real Chromium for end-to-end tests: served with its headers, every request and error recorded.
// BARNACLE_DIST names another build than dist/app. Elements are found by role and name, as a person finds them.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Download, type Locator, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';
import { expect, test } from 'vitest';
import { chromiumPath, flags } from '../browser/chromium.ts';

export const root = resolve(import.meta.dirname, '../..');
export const dist = resolve(root, process.env.BARNACLE_DIST ?? 'dist/app');
export const webgpuFlags = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
/** Two busy cores may be slow; nothing here waits longer than it must. */
const patience = 60_000;

export interface Seen {
  /** Every request of pages and workers, with who answered it. */
  readonly requests: { url: string; local: boolean }[];
  readonly foreign: string[];
  readonly failed: string[];
  readonly errors: string[];
}
export interface Studio {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly address: string;
  readonly seen: Seen;
  /** Ends the server only: what still works comes from this machine's cache. */
  stopServer(): Promise<void>;
  close(): Promise<void>;
}

/** Serves the build and opens a browser on an empty profile; `more` are extra Chromium flags. */
export async function openStudio(more: readonly string[] = []): Promise<Studio> {
  if (!chromiumPath) throw new Error('no Chromium found; npm test installs one, or set BARNACLE_CHROMIUM');
  if (!existsSync(join(dist, 'index.html'))) throw new Error(`no build in ${dist}; run node tools/build.mjs app`);
  const server: PreviewServer = await preview({ root, logLevel: 'error', build: { outDir: dist }, preview: { port: 4190, strictPort: false } });
  const address = server.resolvedUrls!.local[0];
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...flags, ...more] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  context.setDefaultTimeout(patience);
  const seen = watch(context, address);
  const page = await context.newPage();
  let isServing = true;
  const stopServer = async () => {
    if (isServing) await server.close();
    isServing = false;
  };
  const close = async () => {
    await browser.close();
    await stopServer();
  };
  return { browser, context, page, address, seen, stopServer, close };
}

/** Records what a context asks for and what goes wrong in it, workers included. */
export function watch(context: BrowserContext, address: string): Seen {
  const seen: Seen = { requests: [], foreign: [], failed: [], errors: [] };
  const isOwn = (url: string) => /^(blob|data):/.test(url) || new URL(url).origin === new URL(address).origin;
  context.on('request', (request) => {
    if (!isOwn(request.url())) seen.foreign.push(request.url());
  });
  context.on('response', (response) => {
    const url = response.url();
    seen.requests.push({ url, local: /^(blob|data):/.test(url) || response.fromServiceWorker() });
    if (response.status() >= 400) seen.failed.push(`${response.status()} ${url}`);
  });
  context.on('requestfailed', (request) => seen.failed.push(`${request.failure()?.errorText ?? 'failed'} ${request.url()}`));
  context.on('weberror', (error) => seen.errors.push(String(error.error())));
  context.on('console', (message) => void (message.type() === 'error' && seen.errors.push(message.text())));
  return seen;
}

/** Tests that build on each other: after one fails the others are skipped and say so; a failure leaves a screenshot. */
export function road(studioOf: () => Studio | undefined): (name: string, work: () => Promise<void>, timeout?: number) => void {
  let broken: string | null = null;
  return (name, work, timeout = 180_000) => {
    test(name, { timeout }, async (context) => {
      if (broken !== null) context.skip(`“${broken}” failed before`);
      try {
        await work();
      } catch (error) {
        broken = name;
        const studio = studioOf();
        await photograph(studio?.page, name);
        if (studio) console.error(JSON.stringify({ failed: studio.seen.failed, errors: studio.seen.errors, foreign: studio.seen.foreign }, null, 1));
        throw error;
      }
    });
  };
}

export async function photograph(page: Page | undefined, name: string): Promise<void> {
  const folder = join(root, 'test-results');
  mkdirSync(folder, { recursive: true });
  await page?.screenshot({ path: join(folder, `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60)}.png`), timeout: 10_000 }).catch(() => {});
}

export type StageName = 'Data' | 'Explore' | 'Features' | 'Train' | 'Evaluate' | 'Deploy' | 'System';
/** Goes to a stage by the rail, as a person does. */
export async function goTo(page: Page, stage: StageName): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Stages' }).getByRole('link', { name: new RegExp(`^${stage}`) });
  await link.click();
  await page.waitForURL(new RegExp(`/${stage.toLowerCase()}(/[a-z]+)?$`));
}

/** Opens Home's example by one click and waits until all its learners are trained and the best is kept. */
export async function openExample(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${title}`) }).click();
  await page.getByRole('button', { name: 'All trained' }).waitFor();
  await runRow(page, /kept/).waitFor();
}

export const runRow = (page: Page, name: RegExp): Locator => page.getByRole('region', { name: 'Leaderboard table' }).getByRole('row').filter({ hasText: name });

/** A row's score; NaN when it has none. */
export const scoreOf = async (row: Locator): Promise<number> => Number(/([\d.]+)\s*(±|no interval)/.exec(await row.innerText())?.[1] ?? NaN);

/** A hidden file input, found by its label (hidden ones are outside the accessibility tree). */
export const fileInput = (page: Page, label: string): Locator => page.locator(`input[type=file][aria-label="${label}"]`);

export type FileGiven = { name: string; mimeType: string; buffer: Buffer };
export const textFile = (name: string, text: string): FileGiven => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** Drops a file anywhere on the page, as a person drags one in. */
export const dropFile = (page: Page, file: FileGiven): Promise<void> => dropFiles(page, [file]);
export async function dropFiles(page: Page, files: readonly FileGiven[]): Promise<void> {
  await page.evaluate((given) => {
    const data = new DataTransfer();
    for (const [name, type, base64] of given) data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
    document.getElementById('main')!.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, files.map((file) => [file.name, file.mimeType, file.buffer.toString('base64')] as const));
}

/** What a click downloads, as bytes. */
export async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer; path: string }> {
  const [download]: [Download, void] = await Promise.all([page.waitForEvent('download'), click()]);
  const path = await download.path();
  return { name: download.suggestedFilename(), bytes: readFileSync(path), path };
}

/** Chooses what to predict by the keyboard, in the picker on the Data page. */
export async function chooseTarget(page: Page, column: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'What should be predicted?' });
  await box.click();
  await box.fill(column);
  await page.getByRole('option', { name: column }).first().click();
  await page.getByText(/^(Binary|Multiclass|Regression)$/).waitFor();
}

/** Waits until the service worker controls the page and holds every file that it promises to. */
export async function waitUntilOffline(page: Page, files: readonly string[]): Promise<void> {
  const missing = () => page.evaluate(async (names) => {
    if (!navigator.serviceWorker.controller) return ['a controller'];
    const held = await Promise.all(names.map((name) => caches.match(new URL(name, document.baseURI).href)));
    return names.filter((_, i) => held[i] === undefined);
  }, [...files]);
  await expect.poll(missing, { timeout: patience, interval: 100 }).toEqual([]);
}

/** Waits until the page has drawn what it has: a heading, no job, charts where charts belong, animations at their end. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await expect.poll(() => page.getByRole('main').getByText(/^(Loading the page|Opening|Asking|Fitting|Reading the contract\.?)$/).count()).toBe(0);
  await page.evaluate(async () => {
    for (let quiet = 0, before = -1; quiet < 2; ) {
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 40)));
      const now = document.querySelectorAll('*').length;
      quiet = now === before ? quiet + 1 : 0;
      before = now;
    }
    await Promise.all(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity).map((one) => one.finished.catch(() => null)));
  });
}

export async function wear(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe(scheme);
  await settled(page);
}

type AxeResult = { violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] };
/** axe's violations on the page as it stands, one line each; `rules` names the only ones to run. */
export async function violations(page: Page, rules: readonly string[] | null = null): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  const result = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResult;
  return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help}: ${n.html.slice(0, 160)} ${(n.failureSummary ?? '').split('\n').slice(1, 3).join(' ').trim()}`));
}

/** CSV -> rows as objects of texts; quotes as RFC 4180 has them. */
export function readCsv(text: string): { [column: string]: string }[] {
  const records: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  for (let match = cells.exec(text); match && (match[0] !== '' || match[2] !== ''); match = cells.exec(text)) {
    records.at(-1)!.push(match[1].startsWith('"') ? match[1].slice(1, -1).replaceAll('""', '"') : match[1]);
    if (match[2] === '') break;
    if (match[2] !== ',') records.push([]);
  }
  const [names = [], ...rows] = records.filter((record) => record.length > 1 || (record[0] ?? '') !== '');
  return rows.map((row) => Object.fromEntries(names.map((name, k) => [name, row[k] ?? ''])));
}

/** All records of a kind, read past the app. */
export const stored = <T>(page: Page, kind: string): Promise<T[]> =>
  page.evaluate((store) => new Promise<never[]>((done, fail) => {
    const request = indexedDB.open('barnacle');
    request.onerror = () => fail(request.error);
    request.onsuccess = () => {
      const all = request.result.transaction(store).objectStore(store).getAll();
      all.onsuccess = () => {
        request.result.close();
        done(all.result as never[]);
      };
    };
  }), kind);
