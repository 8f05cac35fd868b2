// The memory meter against the browser's own measure: a table of 192 MB in the engine's worker, on a real isolated page.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chromiumPath, openProfile } from './chromium.ts';
import type { Harness } from './harness/main.ts';
import { buildHarness, serveHarness } from './serve.ts';

declare const harness: Harness;
if (!chromiumPath) console.warn('memory: skipped, there is no Chromium');

test.skipIf(!chromiumPath)('what is counted is what the browser measures, within a fifth', { retry: 2, timeout: 300_000 }, async () => {
  await buildHarness();
  const served = await serveHarness(true);
  const profile = mkdtempSync(join(tmpdir(), 'barnacle-browser-'));
  const browser = await openProfile(profile);
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'harness' in globalThis);
    const found = await page.evaluate(async () => {
      const { engine, changes } = harness;
      const measure = async (): Promise<number> => (await (performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }).measureUserAgentSpecificMemory()).bytes;
      await engine.probe();
      const empty = await measure();
      const columns = 12;
      let state = 1;
      const cell = (): string => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967.296).toFixed(5);
      const block = Array.from({ length: 50_000 }, () => Array.from({ length: columns }, cell).join(',')).join('\n');
      const names = Array.from({ length: columns }, (_, c) => `x${c}`).join(',');
      const file = new Blob([`${names}\n`, ...Array.from({ length: 40 }, () => `${block}\n`)]);
      const card = await engine.importFile('i', 'big.csv', file, {}, () => {});
      while (!changes.some((change) => (change as { kind: string }).kind === 'dataset')) await new Promise((later) => setTimeout(later, 50));
      const counted = (await engine.memory()).data;
      const measured = await measure();
      let told = (await engine.memory()).page;
      for (let k = 0; k < 600 && told === null; k++) {
        await new Promise((later) => setTimeout(later, 100));
        told = (await engine.memory()).page;
      }
      await engine.clearCaches();
      return { rows: card.rows, bytes: card.bytes, empty, counted, measured, told, after: (await engine.memory()).data };
    });
    console.log(JSON.stringify(found));
    expect(found.rows).toBe(2_000_000);
    expect(found.counted).toBe(found.bytes);
    expect(found.counted).toBeGreaterThan(190e6);
    expect(Math.abs(found.counted / (found.measured - found.empty) - 1)).toBeLessThan(0.2);
    expect(found.told).not.toBeNull();
    expect(Math.abs(found.told! / found.measured - 1)).toBeLessThan(0.2);
    expect(found.after).toBe(0);
  } finally {
    await browser.close();
    await served.close();
    rmSync(profile, { recursive: true, force: true });
  }
});
