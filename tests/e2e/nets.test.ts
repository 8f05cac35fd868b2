// A net in the built app: its curves and layers grow while it trains, a stop keeps a model that predicts, pause or reload in
// mid-run end with the model of training straight through, and a GPU that is lost on the way leaves the rest to WASM.
// SHOTS names a folder for screenshots in both themes.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chooseTarget, dropFile, goTo, openExample, openStudio, road, runRow, scoreOf, stored, textFile, violations, wear, webgpuFlags, type Studio } from './support.ts';

type Point = { step: number; train: number | null; valid: number | null; extra?: { [name: string]: number } };
type StoredRun = { id: string; status: string; modelHash: string | null; resumed?: number; curve: Point[]; spec: { learner: { type: string; params: { epochs?: number } } }; made: { backend: string; extra: { [name: string]: unknown } } | null };

/** Leaves the net alone checked, with those settings. */
async function setNet(page: Page, settings: readonly (readonly [label: string, value: string])[]): Promise<void> {
  await page.getByRole('checkbox', { name: 'Neural net', exact: true }).check();
  const names = (await page.getByRole('region', { name: 'Learners' }).getByRole('checkbox', { checked: true }).evaluateAll((boxes) => boxes.map((box) => box.closest('label')!.innerText.trim()))).filter((name) => name !== 'Neural net');
  for (const name of names) await page.getByRole('checkbox', { name, exact: true }).uncheck();
  const fields = page.getByRole('textbox', { name: 'Epochs', exact: true });
  if ((await fields.count()) === 0) await page.getByRole('button', { name: 'Settings of Neural net' }).click();
  for (const [label, value] of settings) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(value);
    await page.getByRole('textbox', { name: label, exact: true }).press('Tab');
  }
}

const train = (page: Page) => page.getByRole('button', { name: 'Train 1 model' }).click();
const layers = (page: Page) => page.getByRole('figure').filter({ has: page.locator('svg.chart-layer-watch') });
const losses = (page: Page) => page.getByRole('figure').filter({ has: page.locator('svg.chart-loss-curve') });
/** The last step of what the chart of losses shows. */
const lastStep = async (page: Page): Promise<number> => Number(/after ([\d\s]+)/.exec((await page.locator('svg.chart-loss-curve').getAttribute('aria-label').catch(() => '')) ?? '')?.[1]?.replace(/\s/g, '') ?? 0);

async function shoot(page: Page, name: string): Promise<void> {
  if (!process.env.SHOTS) return;
  await page.setViewportSize({ width: 1280, height: 1700 });
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
    await page.screenshot({ path: join(process.env.SHOTS, `${name}-${theme}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

describe('a net, watched, stopped and resumed', () => {
  let studio: Studio;
  let page: Page;
  let straight: StoredRun;
  const stage = road(() => studio);
  const long = [['Epochs', '10000'], ['Patience', '10000']] as const;
  const short = [['Epochs', '300'], ['Patience', '300']] as const;
  const row = (epochs: number) => runRow(page, new RegExp(`Neural net, epochs ${epochs}`));
  const runOf = async (epochs: number) => (await stored<StoredRun>(page, 'runs')).find((run) => run.spec.learner.type === 'mlp' && run.spec.learner.params.epochs === epochs)!;
  const kept = async () => (await stored<unknown>(page, 'checkpoints')).length;
  /** Takes the finished run away and trains it anew until epochs are kept. */
  const begin = async () => {
    await row(300).getByRole('button', { name: /off the leaderboard/ }).click();
    await setNet(page, short);
    await train(page);
    await row(300).getByText(/epoch \d+ of at most/).waitFor();
    await expect.poll(kept).toBe(1);
  };

  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    await page.goto(`${studio.address}?keepEvery=100`);
  });
  afterAll(() => studio?.close());

  stage('its curves grow, and every layer is drawn', async () => {
    await openExample(page, 'Penguins');
    await goTo(page, 'Train');
    await setNet(page, long);
    await train(page);
    await row(10000).getByText(/epoch \d+ of at most/).waitFor();
    await losses(page).getByText(/rows\/s/).waitFor();
    const first = await lastStep(page);
    await expect.poll(() => lastStep(page)).toBeGreaterThan(first + 4);
    await layers(page).waitFor();
    const told = await page.locator('svg.chart-layer-watch').getAttribute('aria-label');
    for (const part of [/Layer 1: gradient norm [\d.]+/, /Output: gradient norm [\d.]+, weight norm [\d.]+/]) expect(told).toMatch(part);
    for (const line of ['Accuracy on validation rows', 'Learning rate', 'Memory held', 'Tensors held', 'Rows per second']) await page.getByRole('cell', { name: line, exact: true }).waitFor();
    await shoot(page, 'net-training');
  });

  stage('stopped, it keeps a model that predicts', async () => {
    await row(10000).getByRole('button', { name: /^Stop Neural net.*keep the best so far$/ }).click();
    await row(10000).getByText('stopped early').waitFor();
    expect(await scoreOf(row(10000)), 'log loss; a guess by the classes alone has 1.05').toBeLessThan(0.5);
    const run = await runOf(10000);
    expect(run.curve.length).toBeGreaterThan(4);
    expect(run.curve.map((point) => point.step)).toEqual(run.curve.map((_, i) => i + 1));
    await row(10000).getByRole('button', { name: /^Keep Neural net/ }).click();
    await goTo(page, 'Deploy');
    const panel = page.getByRole('region', { name: 'Try it' });
    await panel.getByRole('combobox', { name: /^Island/ }).selectOption('Biscoe');
    for (const [label, value] of [['Beak Length (mm)', '47.5'], ['Beak Depth (mm)', '14.2'], ['Flipper Length (mm)', '221'], ['Body Mass (g)', '5400']] as const) {
      await panel.getByRole('textbox', { name: label }).fill(value);
      await panel.getByRole('textbox', { name: label }).press('Tab');
    }
    await expect.poll(() => panel.getByRole('status').innerText()).toMatch(/Species\s+Gentoo/);
  });

  stage('trained straight through, it is what the next two must come to', async () => {
    await goTo(page, 'Train');
    await setNet(page, short);
    await train(page);
    await row(300).getByText('±').waitFor();
    straight = await runOf(300);
    expect([straight.status, straight.curve.at(-1)?.step]).toEqual(['done', 300]);
    expect(straight.curve.every((point) => (point.extra?.['gradient.1'] ?? 0) > 0 && (point.extra?.['held.bytes'] ?? 0) > 0)).toBe(true);
    expect(straight.curve.at(-1)!.train!).toBeLessThan(straight.curve[0]!.train!);
    expect(new Set(straight.curve.map((point) => point.extra?.['held.tensors'])).size).toBe(1);
  });

  const isStraight = async () => {
    await row(300).getByText(/resumed at epoch \d+/).waitFor();
    await row(300).getByText('±').waitFor();
    const run = await runOf(300);
    expect([run.id, run.modelHash, run.status]).toEqual([straight.id, straight.modelHash, 'done']);
    const figures = (curve: readonly Point[]) => curve.map((point) => [point.step, point.train, point.valid, point.extra?.['gradient.1']]);
    expect(figures(run.curve)).toEqual(figures(straight.curve));
    expect(run.resumed).toBeGreaterThan(0);
    expect(run.resumed).toBeLessThan(300);
    await expect.poll(kept).toBe(0);
  };

  stage('paused, reloaded and resumed, it is the same model with the same curve', async () => {
    await begin();
    await row(300).getByRole('button', { name: /^Pause/ }).click();
    await row(300).getByText(/at epoch \d+; kept on this machine/).waitFor();
    await page.reload();
    await row(300).getByRole('button', { name: /^Resume/ }).click();
    await isStraight();
  });

  stage('a reload in mid-run goes on from the last epoch that was kept', async () => {
    await begin();
    await page.reload();
    await page.getByText(/Training was interrupted and goes on by itself: 1 model/).waitFor();
    await isStraight();
  });

  stage('nothing went wrong, and the page is open to all', async () => {
    await page.getByRole('combobox', { name: 'Run', exact: true }).selectOption({ label: 'Neural net, epochs 300, patience 300' });
    await layers(page).waitFor();
    for (const scheme of ['light', 'dark'] as const) {
      await wear(page, scheme);
      expect(await violations(page)).toEqual([]);
    }
    expect([...studio.seen.errors, ...studio.seen.failed, ...studio.seen.foreign]).toEqual([]);
  });
});

describe('a net on a GPU that is lost', () => {
  let studio: Studio;
  const stage = road(() => studio);
  const lines = Array.from({ length: 400 }, (_, i) => {
    const [a, b] = [((i * 7919) % 1009) / 1009, ((i * 104_729) % 977) / 977];
    return `${a.toFixed(4)},${b.toFixed(4)},${a + b > 1 ? 'yes' : 'no'}`;
  });

  beforeAll(async () => {
    studio = await openStudio(webgpuFlags);
  });
  afterAll(() => studio?.close());

  stage('finishes on WASM, and says so', async () => {
    const { page } = studio;
    await page.goto(`${studio.address}?backend=webgpu&fallbackAdapter`);
    await page.getByRole('button', { name: /^Drop a file here/ }).waitFor();
    await dropFile(page, textFile('halves.csv', ['a,b,y', ...lines].join('\n')));
    await chooseTarget(page, 'y');
    await goTo(page, 'Train');
    await setNet(page, [['Hidden layers', '16'], ['Epochs', '40'], ['Patience', '40']]);
    await train(page);
    const row = runRow(page, /Neural net/);
    await row.getByText(/epoch \d+ of at most/).waitFor();
    // The next command that a worker encodes finds its device destroyed.
    const struck = await Promise.all(page.workers().map((worker) => worker.evaluate(() => {
      if (!('GPUDevice' in globalThis)) return false;
      const real = GPUDevice.prototype.createCommandEncoder;
      GPUDevice.prototype.createCommandEncoder = function (...given) {
        GPUDevice.prototype.createCommandEncoder = real;
        this.destroy();
        return real.apply(this, given);
      };
      return true;
    }).catch(() => false)));
    expect(struck).toContain(true);
    await page.getByText(/The GPU was lost while training; the fit went on from its last epoch on wasm/).waitFor();
    await row.getByText('±').waitFor();
    expect(await scoreOf(row)).toBeGreaterThan(0.9);
    const [run] = (await stored<StoredRun>(page, 'runs')).filter((one) => one.spec.learner.type === 'mlp');
    expect([run!.status, run!.made?.backend, run!.made?.extra['lost']]).toEqual(['done', 'wasm', 'webgpu']);
    expect(run!.curve.map((point) => point.step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    await page.getByText(/The GPU was lost while training/).waitFor();
    await shoot(page, 'net-lost');
    expect([...studio.seen.failed, ...studio.seen.foreign]).toEqual([]);
  }, 240_000);
});
