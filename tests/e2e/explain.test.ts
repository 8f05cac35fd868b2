// Why, in the built app: contributions, gain and splits of boosted trees on Evaluate, the waterfall of a row by hand on Deploy, and
// what is said of a model that is no trees. SHOTS names a folder for screenshots in both themes.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { goTo, openExample, openStudio, road, runRow, type Studio } from './support.ts';

async function shoot(page: Page, name: string, what: string): Promise<void> {
  if (!process.env.SHOTS) return;
  for (const theme of ['light', 'dark']) {
    await page.evaluate((next) => { document.documentElement.dataset['theme'] = next; }, theme);
    await page.waitForTimeout(200);
    await page.locator(what).last().screenshot({ path: join(process.env.SHOTS, `${name}-${theme}.png`) });
  }
}

describe('why', () => {
  let studio: Studio;
  let page: Page;
  const stage = road(() => studio);
  const choose = (name: RegExp) => page.getByRole('radiogroup', { name: 'How importance is measured' }).getByText(name).click();

  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    await page.goto(studio.address);
  });
  afterAll(() => studio?.close());

  stage('trees say how they use each column, in five ways', async () => {
    await openExample(page, 'Penguins');
    await goTo(page, 'Evaluate');
    const models = page.getByRole('combobox', { name: 'Model' });
    await models.selectOption({ label: await models.locator('option', { hasText: /trees/i }).first().innerText() });
    await choose(/^Contributions$/);
    const swarm = page.locator('svg.chart-beeswarm');
    await swarm.waitFor();
    expect(await swarm.getAttribute('aria-label')).toMatch(/Contributions of 6 columns to score of Adelie/);
    expect(await swarm.locator('path.swarm').count()).toBeGreaterThan(8);
    await shoot(page, 'contributions', 'figure');
    await page.getByRole('combobox', { name: 'Class' }).selectOption('Gentoo');
    await expect.poll(() => swarm.getAttribute('aria-label')).toMatch(/Gentoo/);
    for (const kind of [/^Gain$/, /^Splits$/, /^Cover$/]) {
      await choose(kind);
      await expect.poll(() => page.locator('svg.chart-column-bars rect.mark').count()).toBe(6);
    }
    await shoot(page, 'cover', 'figure');
    await choose(/^Shuffling$/);
    await page.getByRole('button', { name: 'Compute importance' }).waitFor();
  });

  stage('a row by hand is explained, and again when it changes', async () => {
    const keep = page.getByRole('button', { name: /^(Keep this model|Kept for deployment)$/ });
    if (await keep.isEnabled()) await keep.click();
    await goTo(page, 'Deploy');
    const fall = page.locator('svg.chart-waterfall');
    await fall.waitFor();
    const said = await fall.getAttribute('aria-label');
    expect(said).toMatch(/From .+ when nothing is known to .+ for this row/);
    await shoot(page, 'why', 'figure');
    await page.getByRole('textbox', { name: /^Flipper/ }).fill('231');
    await page.keyboard.press('Tab');
    await expect.poll(() => fall.getAttribute('aria-label')).not.toBe(said);
  });

  stage('a linear model says why there is no such explanation', async () => {
    await goTo(page, 'Train');
    await runRow(page, /Logistic|Linear/).first().click();
    await goTo(page, 'Evaluate');
    const models = page.getByRole('combobox', { name: 'Model' });
    await models.selectOption({ label: await models.locator('option', { hasText: /linear|logistic/i }).first().innerText() });
    await page.getByText('this model has none, so only shuffling is offered').waitFor();
    const weights = page.getByRole('region', { name: 'Table of coefficients' });
    await weights.getByRole('rowheader', { name: 'Beak Length (mm)', exact: true }).waitFor();
    expect(await weights.getByRole('row').count()).toBeGreaterThan(8);
    const row = weights.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Beak Length (mm)', exact: true }) });
    const before = await row.innerText();
    await page.getByRole('combobox', { name: 'Class', exact: true }).selectOption('Gentoo');
    await expect.poll(() => row.innerText()).not.toBe(before);
    await page.getByRole('button', { name: 'Keep this model' }).click();
    await goTo(page, 'Deploy');
    await page.getByText('Exact contributions are read from trees').waitFor();
    await shoot(page, 'no-why', 'main');
    expect(studio.seen.errors).toEqual([]);
  });

  stage('Explore finds components and clusters, and says what sets them apart', async () => {
    await goTo(page, 'Explore');
    await page.getByRole('button', { name: /^Find structure in 344 rows$/ }).click();
    await page.getByRole('button', { name: 'Found', exact: true }).waitFor();
    await page.getByText('What sets the clusters apart').waitFor();
    await page.getByRole('combobox', { name: /^Clusters/ }).selectOption({ label: '3' });
    await page.getByRole('button', { name: 'Find again' }).click();
    await page.getByText(/^3 groups/).waitFor();
    expect(studio.seen.errors).toEqual([]);
  });
});
