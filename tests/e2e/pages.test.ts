// Every page, full and empty, in light and dark: axe finds nothing, nothing overflows at two widths, the keyboard
// reaches every control and shows where it is, and the palette and shortcuts do what they say.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chooseTarget, dropFile, goTo, openExample, openStudio, road, runRow, textFile, violations, type StageName, type Studio } from './support.ts';

const stages: readonly StageName[] = ['Data', 'Explore', 'Features', 'Train', 'Evaluate', 'Deploy', 'System'];
const small = textFile('no target yet.csv', ['a,b,y', ...Array.from({ length: 240 }, (_, i) => `${i % 17},${(i * 7) % 13},${i % 17 > 8 ? 'yes' : 'no'}`)].join('\n'));

/** Waits until the page has drawn what it has: a heading, no job, charts where charts belong, animations at their end. */
async function settled(page: Page): Promise<void> {
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

async function wear(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe(scheme);
  await settled(page);
}

/** All that a theme can change for axe; the rest is one structure, looked at once. */
const byTheme = ['color-contrast', 'link-in-text-block'];

/** What is wrong with the page as it stands, in both themes: lines that name it. */
async function faults(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await wear(page, scheme);
    found.push(...(await violations(page, scheme === 'light' ? null : byTheme)).map((line) => `${name}, ${scheme}: ${line}`));
  }
  return found;
}

/** Parts that are wider than the window; parts that scroll within themselves by design are regions or tables and may. */
async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) wide.push(`the page: ${root.scrollWidth} > ${innerWidth}`);
    const main = document.getElementById('main')!;
    if (main.scrollWidth > main.clientWidth) wide.push(`main: ${main.scrollWidth} > ${main.clientWidth}`);
    for (const element of main.querySelectorAll('h1, h2, h3, button, a, input, select, label, section, figure, p')) {
      const box = element.getBoundingClientRect();
      const hidden = element.closest('[role=table], [role=grid], [role=region][tabindex], .quiet, .scroll') !== null || box.width === 0;
      if (!hidden && box.right > innerWidth + 1) wide.push(`${element.tagName} “${(element.textContent ?? '').trim().slice(0, 40)}”: ends at ${Math.round(box.right)}`);
    }
    return wide;
  });
}

type Reached = { name: string; visible: boolean };
/** Tabs from the top until the page is left; every stop, and the tabbable controls of the page that were not reached. */
async function tabThrough(page: Page): Promise<{ stops: Reached[]; missed: string[] }> {
  for (const card of await page.getByRole('figure').all()) await card.scrollIntoViewIfNeeded();
  await settled(page);
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    document.getElementById('main')!.scrollTop = 0;
    getSelection()?.removeAllRanges();
    document.querySelector<HTMLElement>('a.skip')!.focus();
    (globalThis as unknown as { reached: Set<Element> }).reached = new Set();
  });
  const stops: Reached[] = [];
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const { reached } = globalThis as unknown as { reached: Set<Element> };
      const element = document.activeElement;
      if (element === null || element === document.body || reached.has(element)) return null;
      reached.add(element);
      const shows = (one: Element | null) => one !== null && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 1;
      const box = element.getBoundingClientRect();
      const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const name = `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? element.textContent ?? ''}`.trim().replace(/\s+/g, ' ').slice(0, 60);
      return { name, visible: inView && (shows(element) || shows(element.closest('label'))) };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  const missed = await page.evaluate(() => {
    const { reached } = globalThis as unknown as { reached: Set<Element> };
    const radios = new Set<string>();
    for (const one of reached) if (one instanceof HTMLInputElement && one.type === 'radio') radios.add(one.name);
    return [...document.querySelectorAll('main :is(a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"])')]
      .filter((one) => one.checkVisibility() && !(one instanceof HTMLInputElement && one.type === 'radio' && radios.has(one.name)) && (one as HTMLElement).tabIndex >= 0 && !reached.has(one))
      .map((one) => `${one.tagName.toLowerCase()} ${one.getAttribute('aria-label') ?? one.textContent ?? ''}`.trim().slice(0, 60));
  });
  return { stops, missed };
}

describe('every page', () => {
  let studio: Studio;
  let page: Page;
  const stage = road(() => studio);
  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    await page.goto(studio.address);
  });
  afterAll(async () => studio?.close());

  stage('home, before anything was opened', async () => {
    await page.getByText('None yet.').waitFor();
    expect(await faults(page, 'home, empty')).toEqual([]);
    for (const width of [1280, 768]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await overflowing(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  stage('these checks see a fault where there is one', async () => {
    await wear(page, 'light');
    await page.evaluate(() => {
      const planted = Object.assign(document.createElement('div'), { id: 'planted' });
      planted.style.cssText = 'width: 3000px; color: #bbb; background: #fff';
      const button = Object.assign(document.createElement('button'), { tabIndex: -1 });
      button.style.outline = 'none';
      planted.append('pale words', button, Object.assign(document.createElement('section'), { textContent: 'wide' }));
      document.getElementById('main')!.prepend(planted);
    });
    expect((await violations(page)).map((line) => line.split(':')[0])).toEqual(expect.arrayContaining(['button-name', 'color-contrast']));
    expect(await overflowing(page)).not.toEqual([]);
    await page.evaluate(() => {
      const button = document.querySelector<HTMLElement>('#planted button')!;
      button.tabIndex = 0;
      button.addEventListener('focus', () => button.blur());
      document.documentElement.style.setProperty('--focus', 'transparent');
      const style = Object.assign(document.createElement('style'), { id: 'planted-style', textContent: '* { outline: none !important }' });
      document.head.append(style);
    });
    const { stops, missed } = await tabThrough(page);
    expect(missed.length).toBeGreaterThan(0);
    expect(stops.every((stop) => !stop.visible)).toBe(true);
    await page.reload();
    await page.getByText('None yet.').waitFor();
    expect(await page.locator('#planted').count()).toBe(0);
  });

  stage('empty: a project without a target', async () => {
    await dropFile(page, small);
    await page.getByRole('heading', { level: 1, name: /^240 rows, 3 columns/ }).waitFor();
    await expect.poll(() => page.getByRole('combobox', { name: 'What should be predicted?' }).isEnabled()).toBe(true);
    const found: string[] = [];
    for (const name of stages.slice(0, 6)) {
      await goTo(page, name);
      await settled(page);
      found.push(...(await faults(page, `${name}, empty`)), ...(await overflowing(page)).map((line) => `${name}, empty: ${line}`));
    }
    expect(found).toEqual([]);
  });

  stage('full: a yes or no, and a number', async () => {
    const found: string[] = [];
    for (const [target, captions] of [['y', [/threshold 0\.\d\d/, /^ROC on .*ring: the threshold/]], ['b', [/on the diagonal the model is right/, /^Truth − prediction on all/]]] as const) {
      await goTo(page, 'Data');
      await chooseTarget(page, target);
      await goTo(page, 'Train');
      for (const name of ['Neural net', 'Gradient-boosted trees', 'Random forest']) await page.getByRole('region', { name: 'Learners' }).getByRole('checkbox', { name }).uncheck();
      await page.getByRole('button', { name: 'Train 2 models' }).click();
      await runRow(page, /^Linear(?!.*older recipe)/).getByText('±').waitFor();
      await page.getByRole('button', { name: 'All trained' }).waitFor();
      await goTo(page, 'Evaluate');
      await settled(page);
      for (const caption of captions) await page.getByRole('figure').filter({ has: page.getByText(caption) }).locator('svg').first().waitFor();
      found.push(...(await faults(page, `Evaluate ${target}`)));
      await page.setViewportSize({ width: 768, height: 800 });
      await settled(page);
      found.push(...[...(await overflowing(page)), ...(await violations(page, ['scrollable-region-focusable']))].map((line) => `Evaluate ${target} at 768: ${line}`));
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    expect(found).toEqual([]);
  });

  stage('full: a finished project, in light and dark', async () => {
    await page.goto(`${studio.address}#/`);
    await openExample(page, 'Penguins');
    const found: string[] = [];
    for (const name of stages) {
      await goTo(page, name);
      await settled(page);
      found.push(...(await faults(page, name)));
    }
    await page.goto(`${studio.address}#/`);
    await page.getByRole('link', { name: /^Penguins/ }).waitFor();
    found.push(...(await faults(page, 'home')));
    await page.getByRole('link', { name: /^Penguins/ }).click();
    expect(found).toEqual([]);
  });

  stage('nothing is wider than its window, at 1280 and at 768', async () => {
    const found: string[] = [];
    for (const width of [1280, 768]) {
      await page.setViewportSize({ width, height: 800 });
      for (const name of stages) {
        await goTo(page, name);
        await settled(page);
        found.push(...[...(await overflowing(page)), ...(await violations(page, ['scrollable-region-focusable']))].map((line) => `${name} at ${width}: ${line}`));
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await goTo(page, 'Train');
    const cut = await page.getByRole('region', { name: 'Leaderboard table' }).evaluate((region) => region.scrollWidth - region.clientWidth);
    if (cut > 0) found.push(`Train at 1280: ${cut} pixels of the leaderboard are cut`);
    expect(found).toEqual([]);
  });

  stage('dialogs and popovers too', async () => {
    const found: string[] = [];
    const look = async (name: string, open: () => Promise<void>) => {
      await open();
      found.push(...(await faults(page, name)));
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
    };
    await goTo(page, 'Features');
    await look('Add a step', () => page.getByRole('button', { name: 'Add a step' }).click());
    await page.getByRole('region', { name: 'Steps' }).getByRole('button', { expanded: false }).first().click();
    found.push(...(await faults(page, 'an open step')));
    await goTo(page, 'Data');
    for (const tab of ['Import', 'Clean', 'Alerts', 'Contract', 'Dictionary', 'Versions', 'Table']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      await settled(page);
      found.push(...(await faults(page, `Data, ${tab}`)), ...(await overflowing(page)).map((line) => `Data, ${tab}: ${line}`));
    }
    await look('Save the data', () => page.getByRole('button', { name: 'Save the data' }).click());
    await look('Command palette', () => page.keyboard.press('Control+k'));
    await look('Shortcuts', () => page.keyboard.press('Shift+Slash'));
    for (const badge of [/^WASM, /, /bytes sent/, /^Project Penguins/]) await look(String(badge), () => page.getByRole('banner').getByRole('button', { name: badge }).click());
    expect(found).toEqual([]);
  });

  stage('the keyboard reaches every control, and shows where it is', async () => {
    for (const name of stages) {
      await goTo(page, name);
      if (name === 'Features') await page.getByRole('region', { name: 'Steps' }).getByRole('button', { expanded: false }).first().click();
      if (name === 'Train') await page.getByRole('button', { name: 'Settings of Neural net' }).click();
      await settled(page);
      const { stops, missed } = await tabThrough(page);
      expect(missed, name).toEqual([]);
      expect(stops.filter((stop) => !stop.visible), name).toEqual([]);
      expect(stops.length, name).toBeGreaterThan(name === 'Features' || name === 'Train' ? 30 : 12);
    }
  });

  stage('Ctrl+K finds and does, ? tells the keys, Escape gives the focus back', async () => {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    const options = palette.getByRole('option');
    await palette.getByRole('combobox').waitFor();
    const all = await options.count();
    await page.keyboard.type('theme');
    await expect.poll(() => options.count()).toBeLessThan(all);
    for (const text of await options.allInnerTexts()) expect(text.toLowerCase()).toContain('theme');
    await palette.getByRole('combobox').fill('dark theme');
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await page.keyboard.press('Control+k');
    await palette.getByRole('combobox').fill('go evaluate');
    await page.keyboard.press('Enter');
    await page.waitForURL(/evaluate$/);
    const keep = page.getByRole('combobox', { name: 'Model' });
    await keep.focus();
    await page.getByRole('button', { name: 'Command palette' }).focus();
    await page.keyboard.press('Enter');
    await palette.getByRole('combobox').fill('nothing has these words');
    await palette.getByText('No action has these words.').waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Command palette');
    await page.keyboard.press('Shift+Slash');
    const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await shortcuts.waitFor();
    expect(await shortcuts.innerText()).toMatch(/Undo the last edit\s*Ctrl\s*Z/);
    await page.keyboard.press('Escape');
    await shortcuts.waitFor({ state: 'hidden' });
  });

  stage('Ctrl+Z and Ctrl+Shift+Z undo and redo, Alt with an arrow moves a step', async () => {
    await page.keyboard.press('Alt+3');
    await page.waitForURL(/features$/);
    const first = page.getByRole('checkbox', { name: /, step 1, is on$/ });
    await first.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => first.isChecked()).toBe(false);
    await page.keyboard.press('Control+z');
    await expect.poll(() => first.isChecked()).toBe(true);
    await page.keyboard.press('Control+Shift+Z');
    await expect.poll(() => first.isChecked()).toBe(false);
    await page.keyboard.press('Control+z');
    await expect.poll(() => first.isChecked()).toBe(true);
    const titles = () => page.getByRole('region', { name: 'Steps' }).getByRole('checkbox', { name: /, step \d+, is on$/ }).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!.split(', step')[0]));
    const before = await titles();
    expect(before.length).toBeGreaterThan(1);
    await page.getByRole('region', { name: 'Steps' }).getByRole('button', { expanded: false }).first().focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(titles).toEqual([before[1], before[0], ...before.slice(2)]);
    await page.keyboard.press('Control+z');
    await expect.poll(titles).toEqual(before);
  });

  stage('nothing went wrong on the way', async () => {
    await goTo(page, 'Train');
    await expect.poll(() => runRow(page, /kept/).count(), { timeout: 10_000 }).toBe(1);
    expect([...studio.seen.errors, ...studio.seen.failed, ...studio.seen.foreign]).toEqual([]);
  });
});
