// The Debug tab of a run in the built app: one check alone, all that suit a net, charts of both kinds, and what stays after a
// reload. SHOTS names a folder for screenshots in both themes.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { goTo, openExample, openStudio, road, type Studio } from './support.ts';

async function shoot(page: Page, name: string, what = 'section[aria-label="Debug"]'): Promise<void> {
  if (!process.env.SHOTS) return;
  for (const theme of ['light', 'dark']) {
    await page.evaluate((next) => { document.documentElement.dataset['theme'] = next; }, theme);
    await page.waitForTimeout(200);
    await page.locator(what).last().screenshot({ path: join(process.env.SHOTS, `${name}-${theme}.png`) });
  }
}

describe('debug', () => {
  let studio: Studio;
  let page: Page;
  const stage = road(() => studio);
  const showDebug = async (name: RegExp) => {
    const models = page.getByRole('combobox', { name: 'Model' });
    await models.selectOption({ label: await models.locator('option', { hasText: name }).first().innerText() });
    await page.getByRole('radiogroup', { name: 'What is shown of the model' }).getByText('Debug').click();
  };

  const choose = async (name: RegExp) => {
    await goTo(page, 'Evaluate');
    await showDebug(name);
  };

  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    await page.goto(studio.address);
  });
  afterAll(() => studio?.close());

  stage('one check alone, on trees', async () => {
    await openExample(page, 'Penguins');
    await choose(/trees/i);
    expect(await page.getByRole('button', { name: /^Run: / }).count()).toBe(3);
    await page.getByRole('button', { name: 'Run: Seed sweep' }).click();
    await page.locator('svg.chart-seed-spread').waitFor();
    expect(await page.locator('svg.chart-seed-spread circle.dot').count()).toBe(5);
    await shoot(page, 'debug-trees');
  });

  stage('all checks of a net, with the range of its learning rate', async () => {
    await choose(/net/i);
    await page.getByRole('button', { name: 'Run all checks' }).click();
    await page.locator('svg.chart-rate-range').waitFor({ timeout: 170_000 });
    await expect.poll(() => page.getByRole('button', { name: /^Run again: / }).count(), { timeout: 120_000 }).toBe(7);
    await expect.poll(() => page.getByRole('button', { name: 'Run all checks' }).isEnabled(), { timeout: 60_000 }).toBe(true);
    expect(await page.getByRole('region', { name: 'Debug' }).locator('.tag.bad').count()).toBe(0);
    await shoot(page, 'debug-net');
    await shoot(page, 'debug-rates', 'figure:has(svg.chart-rate-range)');
  }, 360_000);

  stage('what was found stays with the run', async () => {
    await page.reload();
    await showDebug(/net/i);
    await page.locator('svg.chart-rate-range').waitFor();
    expect(await page.getByRole('button', { name: /^Run again: / }).count()).toBe(7);
    expect(studio.seen.errors).toEqual([]);
  });
});
