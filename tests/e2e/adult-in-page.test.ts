// The claim of issue 2 in a page: a module that the CLI exported gives the CLI's predictions on 1,000 held-out raw rows.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { chromiumPath, flags } from '../browser/chromium.ts';
import { barnacleJson, buildCli } from '../flow/command-line.ts';
import { csvOf, gapBetween, heldOut, type Served } from '../flow/held-out.ts';
import { hasSharedData, sharedData, sharedTable } from '../flow/shared-data.ts';

test.skipIf(!hasSharedData).each(['gbt', 'linear'])('adult, %s: the exported module in a page equals the CLI', async (learner) => {
  buildCli();
  const at = (name: string) => join(mkdtempSync(join(tmpdir(), 'barnacle-page-')), name);
  const [bundle, module] = [at('adult.barnacle'), at('adult.mjs')];
  await barnacleJson(['train', join(sharedData, 'adult.csv.gz'), '--target', 'income', '--learner', learner, '--seed', '1', '--save', bundle]);
  await barnacleJson(['export', bundle, '--format', 'js', '--out', module]);
  const rows = heldOut(bundle, await sharedTable('adult.csv.gz'), 1000);
  const { predictions } = await barnacleJson<{ predictions: Served[] }>(['predict', bundle, '-'], csvOf(rows));
  const browser = await chromium.launch({ executablePath: chromiumPath!, args: flags });
  try {
    const page = await browser.newPage();
    const text = readFileSync(module, 'utf8');
    await page.route('http://elsewhere.test/**', (route) => route.fulfill(route.request().url().endsWith('.mjs') ? { contentType: 'text/javascript', body: text } : { contentType: 'text/html', body: "<!doctype html><title>Elsewhere</title><script type=module>import { predict } from './model.mjs'; globalThis.predict = predict;</script>" }));
    await page.goto('http://elsewhere.test/');
    await page.waitForFunction(() => 'predict' in globalThis);
    const served = await page.evaluate((given) => (globalThis as unknown as { predict: (rows: unknown) => Served[] }).predict(given), rows);
    expect(served).toHaveLength(1000);
    expect(gapBetween(served, predictions)).toBeLessThan(1e-6);
  } finally {
    await browser.close();
  }
});
