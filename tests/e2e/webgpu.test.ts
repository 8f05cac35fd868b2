// A net trains on WebGPU (an adapter in software, which the page's query allows) and on WASM; badge, System page and
// run record say which. The scores agree, since only the arithmetic differs.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chooseTarget, dropFile, goTo, openStudio, photograph, runRow, scoreOf, textFile, webgpuFlags, type Studio } from './support.ts';

const lines = Array.from({ length: 600 }, (_, i) => {
  const [a, b] = [((i * 7919) % 1009) / 1009, ((i * 104_729) % 977) / 977];
  return `${a.toFixed(4)},${b.toFixed(4)},${a + b > 1 ? 'yes' : 'no'}`;
});
const file = textFile('halves.csv', ['a,b,y', ...lines].join('\n'));

/** Trains the net alone for a few epochs; its score, and what its record says made it. */
async function trainNet(page: Page): Promise<{ score: number; backend: string; nets: string }> {
  await page.getByRole('button', { name: /^Drop a file here/ }).waitFor();
  await dropFile(page, file);
  await chooseTarget(page, 'y');
  await goTo(page, 'Train');
  for (const name of ['Baseline', 'Linear', 'Gradient-boosted trees', 'Random forest']) await page.getByRole('region', { name: 'Learners' }).getByRole('checkbox', { name, exact: true }).uncheck();
  await page.getByRole('button', { name: 'Settings of Neural net' }).click();
  for (const [label, value] of [['Hidden layers', '16'], ['Epochs', '12'], ['Learning rate', '0.02']] as const) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(value);
    await page.getByRole('textbox', { name: label, exact: true }).press('Tab');
  }
  await page.getByRole('button', { name: 'Train 1 model' }).click();
  const row = runRow(page, /Neural net/);
  await row.getByText('±').waitFor({ timeout: 120_000 });
  const score = await scoreOf(row);
  const backend = await page.evaluate(() => new Promise<string>((done, fail) => {
    const asked = indexedDB.open('barnacle');
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => {
      const all = asked.result.transaction('runs').objectStore('runs').getAll();
      all.onerror = () => fail(all.error);
      all.onsuccess = () => done((all.result as { spec: { learner: { type: string } }; made: { backend: string } }[]).find((run) => run.spec.learner.type === 'mlp')?.made.backend ?? 'no run is kept');
    };
  }));
  await goTo(page, 'System');
  await page.getByRole('term').filter({ hasText: 'Nets run on' }).waitFor();
  const nets = await page.getByRole('region', { name: 'Compute' }).innerText();
  return { score, backend, nets };
}

async function on(flags: readonly string[], query: string, work: (studio: Studio) => Promise<void>): Promise<void> {
  const studio = await openStudio(flags);
  try {
    await studio.page.goto(`${studio.address}${query}`);
    await work(studio);
    expect([...studio.seen.errors, ...studio.seen.failed, ...studio.seen.foreign]).toEqual([]);
  } catch (error) {
    await photograph(studio.page, `net ${query}`);
    throw error;
  } finally {
    await studio.close();
  }
}

describe('where a net is trained', () => {
  const scores: number[] = [];

  test('on WebGPU, where an adapter is offered and allowed', () => on(webgpuFlags, '?backend=webgpu&fallbackAdapter', async ({ page }) => {
    const { score, backend, nets } = await trainNet(page);
    expect(backend).toBe('webgpu');
    expect(nets).toMatch(/Nets run on\s+webgpu/);
    await page.getByRole('button', { name: /^WebGPU, \d+ threads?/ }).click();
    await expect.poll(() => page.getByRole('group', { name: 'Compute' }).innerText(), { timeout: 10_000 }).toMatch(/Nets\s+webgpu/);
    scores.push(score);
  }));

  test('on WASM, where there is no adapter', () => on([], '', async ({ page }) => {
    const { score, backend, nets } = await trainNet(page);
    expect(backend).toBe('wasm');
    expect(nets).toMatch(/Nets run on\s+wasm/);
    expect(nets).toMatch(/GPU adapter\s+none offered/);
    await page.getByRole('button', { name: /^WASM, \d+ threads?/ }).waitFor();
    scores.push(score);
  }));

  test('a software adapter is not taken for a GPU unasked', () => on(webgpuFlags, '', async ({ page }) => {
    await page.getByRole('button', { name: /^WASM, \d+ threads?.*software/i }).waitFor();
  }));

  test('and both learned the same', (context) => {
    if (scores.length < 2) context.skip('one of them did not train');
    expect(Math.min(...scores)).toBeGreaterThan(0.9);
    expect(Math.abs(scores[0] - scores[1])).toBeLessThan(0.02);
  });
});
