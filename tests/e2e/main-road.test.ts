// The main road, offline: from one click to an exported model that predicts alike everywhere, and all of it still there
// after a reload. Each test goes on where the one before it ended; the server is gone from the second on.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dist, downloaded, fileInput, goTo, openExample, openStudio, readCsv, road, runRow, scoreOf, textFile, waitUntilOffline, watch, type Studio } from './support.ts';

type Row = { [column: string]: string | number | null };
type Served = { prediction: string; probabilities: { [level: string]: number }; breaches: unknown[] };
type Predict = (rows: readonly Row[]) => Served[];

const classes = ['Adelie', 'Chinstrap', 'Gentoo'];
const folder = mkdtempSync(join(tmpdir(), 'barnacle-e2e-'));

/** A thousand rows that no training saw: cells drawn from all the penguins, some missing, one in fifty never seen before. */
function newRows(): Row[] {
  const penguins = JSON.parse(readFileSync(join(dist, 'examples/penguins.json'), 'utf8')) as Row[];
  const names = Object.keys(penguins[0]).filter((name) => name !== 'Species');
  let state = 12345;
  const draw = (n: number) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % 65_536 % n;
  const cell = (name: string) => {
    if (draw(20) === 0) return null;
    if (name === 'Island' && draw(50) === 0) return 'Atlantis';
    return penguins[draw(penguins.length)][name] ?? null;
  };
  const rows = Array.from({ length: 1000 }, () => Object.fromEntries(names.map((name) => [name, cell(name)])));
  rows[0] = { ...rows[1], Island: 'Atlantis', 'Body Mass (g)': null };
  return rows;
}
const csvOf = (rows: readonly Row[]) => [Object.keys(rows[0]).join(','), ...rows.map((row) => Object.values(row).map((value) => value ?? '').join(','))].join('\n');

/** The largest difference of any probability, and where labels differ. */
function differences(served: readonly Served[], table: readonly { [column: string]: string }[]) {
  let most = 0;
  let labels = 0;
  for (const [i, { prediction, probabilities }] of served.entries()) {
    for (const level of classes) most = Math.max(most, Math.abs(probabilities[level] - Number(table[i][`probability of ${level}`])));
    if (prediction !== table[i].prediction) labels++;
  }
  return { most, labels };
}

const walk = (path: string): string[] => readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(path, entry.name)) : [join(path, entry.name)]));

describe('the main road, offline', () => {
  let studio: Studio;
  let page: Page;
  let asked = 0;
  let board: string[] = [];
  let module: { name: string; bytes: Buffer };
  let bundle: { name: string; bytes: Buffer };
  let project: { name: string; bytes: Buffer };
  let batch: { [column: string]: string }[] = [];
  const rows = newRows();
  const stage = road(() => studio);
  const names = () => page.getByRole('region', { name: 'Leaderboard table' }).getByRole('row').evaluateAll((all) => all.slice(1).map((row) => [...row.querySelectorAll('td')].slice(0, 2).map((cell) => cell.textContent?.trim().replace(/\s+/g, ' ')).join(' | ')));

  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
  });
  afterAll(async () => {
    await studio?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  stage('after the first load everything is on this machine', async () => {
    await page.goto(studio.address);
    await page.getByRole('button', { name: /^Penguins/ }).waitFor();
    const promised = walk(dist).filter((file) => !/(sw\.js|_headers)$/.test(file) && (statSync(file).size <= 2_000_000 || /\.(js|wasm)$/.test(file))).map((file) => relative(dist, file));
    expect(promised.length).toBeGreaterThan(20);
    await waitUntilOffline(page, ['./', ...promised]);
    await studio.stopServer();
    await studio.context.setOffline(true);
    asked = studio.seen.requests.length;
  });

  stage('one click opens Penguins as a finished project', async () => {
    await openExample(page, 'Penguins');
    board = await names();
    expect(board).toHaveLength(4);
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toMatch(/leads?/);
  });

  stage('the recipe is edited, undone and redone', async () => {
    await goTo(page, 'Features');
    const steps = page.getByRole('region', { name: 'Steps' }).getByRole('listitem');
    const first = page.getByRole('checkbox', { name: /, step 1, is on$/ });
    await first.waitFor();
    const before = await steps.count();
    await first.uncheck();
    await page.getByText('switched off').waitFor();
    await page.getByRole('button', { name: /^Undo: Switch off/ }).click();
    await expect.poll(() => first.isChecked()).toBe(true);
    await page.getByRole('button', { name: /^Redo: Switch off/ }).click();
    await expect.poll(() => first.isChecked()).toBe(false);
    await page.getByRole('button', { name: /^Undo: Switch off/ }).click();
    await page.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('dialog', { name: 'Add a step' }).getByRole('button', { name: /^Logarithm/ }).click();
    await expect.poll(() => steps.count()).toBe(before + 1);
    await page.getByRole('button', { name: `Move Logarithm, step ${before + 1}, up` }).click();
    await page.getByRole('checkbox', { name: `Logarithm, step ${before}, is on` }).waitFor();
    await goTo(page, 'Train');
    await page.getByRole('button', { name: 'Train 4 models' }).waitFor();
    await expect.poll(() => page.getByText('older recipe').count(), { timeout: 10_000 }).toBeGreaterThan(0);
  });

  stage('a run that is stopped keeps its best; the others finish', async () => {
    await page.getByRole('button', { name: 'Settings of Neural net' }).click();
    const give = async (label: string, value: string) => {
      await page.getByRole('textbox', { name: label, exact: true }).fill(value);
      await page.getByRole('textbox', { name: label, exact: true }).press('Tab');
    };
    await give('Epochs', '10000');
    await give('Patience', '10000');
    await page.getByText('2 settings changed').waitFor();
    await page.getByRole('button', { name: 'Train 4 models' }).click();
    const net = runRow(page, /Neural net, epochs 10000/);
    await net.getByText(/epoch \d+ of at most 10000: loss/).waitFor();
    await net.getByRole('button', { name: /^Stop Neural net.*keep the best so far$/ }).click();
    await net.getByText('stopped early').waitFor();
    expect(await scoreOf(net)).toBeGreaterThan(0);
    await page.getByRole('button', { name: /^(All trained|Train 1 model)$/ }).waitFor();
    board = await names();
    expect(board).toHaveLength(8);
    expect(board.filter((row) => /\d (±|no interval)/.test(row))).toHaveLength(8);
    expect(await page.getByRole('region', { name: 'Leaderboard table' }).evaluate((region) => region.scrollWidth - region.clientWidth), 'pixels of the leaderboard that are cut').toBe(0);
  });

  stage('evaluation shows the errors, the curves and what matters', async () => {
    await goTo(page, 'Evaluate');
    const model = page.getByRole('combobox', { name: 'Model' });
    await model.selectOption({ label: await model.getByRole('option', { name: /^Gradient-boosted trees(?!.*older)/ }).first().innerText() });
    for (const caption of [/most probable class/, /^ROC on/, /^Precision by recall on/, /Wilson intervals/]) {
      const chart = page.getByRole('figure').filter({ has: page.getByText(caption) });
      await chart.locator('svg').waitFor();
      await expect.poll(() => chart.locator('svg path, svg rect, svg circle').count(), { timeout: 10_000 }).toBeGreaterThan(3);
    }
    const matrix = page.getByRole('figure').filter({ has: page.getByText(/most probable class/) });
    await matrix.getByText('⋯').click();
    await matrix.getByRole('button', { name: 'Show as table' }).click();
    const counts = await matrix.getByRole('row').evaluateAll((all) => all.slice(1).flatMap((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)).filter((value) => Number.isInteger(value))));
    const tested = Number(/Scored on (\d+) test rows/.exec(await page.getByRole('main').innerText())![1]);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(tested);
    await page.getByRole('button', { name: 'Compute importance' }).click();
    await page.getByText(/How much worse .* gets when one raw column is shuffled/).waitFor();
    await expect.poll(() => page.getByRole('heading', { name: /matters most/ }).count(), { timeout: 10_000 }).toBe(1);
    await page.getByRole('button', { name: 'Keep this model' }).click();
    await page.getByRole('button', { name: 'Kept for deployment' }).waitFor();
  });

  stage('8 bits make the model smaller, with the score before and after', async () => {
    await goTo(page, 'Deploy');
    await page.getByRole('radio', { name: /^8 bit/ }).check();
    await page.getByRole('heading', { name: /^8 bits: \d+(\.\d+)?\s?% smaller/ }).waitFor();
    await page.getByRole('heading', { level: 1, name: /ready to predict Species/ }).waitFor();
  });

  stage('a batch file comes back with predictions beside its rows', async () => {
    await fileInput(page, 'File to predict').setInputFiles(textFile('new penguins.csv', csvOf(rows)));
    await page.getByRole('heading', { name: /^1\s?000 rows predicted/ }).waitFor();
    await page.getByText(/Atlantis/).first().waitFor();
    const { name, bytes } = await downloaded(page, () => page.getByRole('button', { name: /^Save CSV/ }).click());
    expect(name).toBe('new penguins-predicted.csv');
    batch = readCsv(bytes.toString('utf8'));
    expect(batch).toHaveLength(1000);
    expect(new Set(batch.map((row) => row.prediction))).toEqual(new Set(classes));
    for (const row of batch.slice(0, 50)) expect(classes.reduce((sum, level) => sum + Number(row[`probability of ${level}`]), 0)).toBeCloseTo(1, 6);
  });

  stage('the exported module predicts in Node as the studio does', async () => {
    module = await downloaded(page, () => page.getByRole('button', { name: 'Export the javascript module' }).click());
    bundle = await downloaded(page, () => page.getByRole('button', { name: 'Export the bundle' }).click());
    expect(bundle.name).toMatch(/\.barnacle$/);
    const path = join(folder, 'model.mjs');
    writeFileSync(path, module.bytes);
    const { predict } = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { predict: Predict };
    const served = predict(rows);
    const { most, labels } = differences(served, batch);
    expect(most).toBeLessThan(1e-6);
    expect(labels).toBe(0);
    expect(served[0].breaches.length).toBeGreaterThan(0);
  });

  stage('and in a page that is not the studio’s', async () => {
    const other = await studio.browser.newContext();
    try {
      await other.route('http://elsewhere.test/**', (route) => route.fulfill(route.request().url().endsWith('.mjs') ? { contentType: 'text/javascript', body: module.bytes } : { contentType: 'text/html', body: "<!doctype html><title>Elsewhere</title><script type=module>import { predict } from './model.mjs'; globalThis.predict = predict;</script>" }));
      const blank = await other.newPage();
      await blank.goto('http://elsewhere.test/');
      const served = await blank.evaluate((given) => (globalThis as unknown as { predict: (rows: unknown) => unknown }).predict(given), rows);
      const { most, labels } = differences(served as Served[], batch);
      expect(most).toBeLessThan(1e-6);
      expect(labels).toBe(0);
    } finally {
      await other.close();
    }
  });

  const cli = join(dist, '../cli/main.js');
  test.skipIf(!existsSync(cli))('and the bundle on the command line, where the CLI is built', (context) => {
    if (!bundle) context.skip('no bundle was exported');
    writeFileSync(join(folder, 'model.barnacle'), bundle.bytes);
    writeFileSync(join(folder, 'rows.csv'), csvOf(rows));
    const { stdout, status, stderr } = spawnSync(process.execPath, [cli, 'predict', join(folder, 'model.barnacle'), join(folder, 'rows.csv')], { encoding: 'utf8', maxBuffer: 1 << 26 });
    expect(status, stderr).toBe(0);
    const table = readCsv(stdout);
    expect(table).toHaveLength(1000);
    const apart = table.map((row, i) => Math.max(...classes.map((level) => Math.abs(Number(row[`probability of ${level}`]) - Number(batch[i][`probability of ${level}`])))));
    expect(Math.max(...apart)).toBeLessThan(1e-6);
  }, 60_000);

  stage('the try-it form answers as the module does', async () => {
    const panel = page.getByRole('region', { name: 'Try it' });
    await panel.getByRole('combobox', { name: /^Island/ }).selectOption('Biscoe');
    const fill = async (label: string, value: string) => {
      await panel.getByRole('textbox', { name: label }).fill(value);
      await panel.getByRole('textbox', { name: label }).press('Tab');
    };
    await fill('Beak Length (mm)', '47.5');
    await fill('Beak Depth (mm)', '14.2');
    await fill('Flipper Length (mm)', '221');
    await fill('Body Mass (g)', '5400');
    const { predict } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'model.mjs')).href)) as { predict: Predict };
    const sex = await panel.getByRole('combobox', { name: /^Sex/ }).inputValue();
    const [answer] = predict([{ Island: 'Biscoe', 'Beak Length (mm)': 47.5, 'Beak Depth (mm)': 14.2, 'Flipper Length (mm)': 221, 'Body Mass (g)': 5400, Sex: sex === '' ? null : sex }]);
    expect(answer.prediction).toBe('Gentoo');
    await expect.poll(() => panel.getByRole('status').innerText()).toMatch(/Species\s+Gentoo/);
    await fill('Body Mass (g)', '90000');
    await panel.getByText(/90\s?000/).first().waitFor();
  });

  stage('the project is saved as one file', async () => {
    project = await downloaded(page, () => page.getByRole('button', { name: 'Export the whole project' }).click());
    expect(project.name).toMatch(/\.barnacle-project$/);
  });

  const stillThere = async (where: Page) => {
    await goTo(where, 'Train');
    await runRow(where, /kept/).waitFor();
    const now = await where.getByRole('region', { name: 'Leaderboard table' }).getByRole('row').evaluateAll((all) => all.slice(1).map((row) => [...row.querySelectorAll('td')].slice(0, 2).map((cell) => cell.textContent?.trim().replace(/\s+/g, ' ')).join(' | ')));
    expect(now.map((row) => row.replace(' kept', '')).sort()).toEqual(board.map((row) => row.replace(' kept', '')).sort());
    await expect.poll(() => runRow(where, /Gradient-boosted trees.*kept/).count(), { timeout: 10_000 }).toBe(1);
    await expect.poll(() => runRow(where, /stopped early/).count(), { timeout: 10_000 }).toBe(1);
    await goTo(where, 'Features');
    await where.getByRole('checkbox', { name: /^Logarithm, step \d+, is on$/ }).waitFor();
    await goTo(where, 'Deploy');
    await where.getByRole('heading', { name: /^8 bits: .* smaller/ }).waitFor();
    await expect.poll(() => where.getByRole('radio', { name: /^8 bit/ }).isChecked(), { timeout: 10_000 }).toBe(true);
    await fileInput(where, 'File to predict').setInputFiles(textFile('again.csv', csvOf(rows)));
    const { bytes } = await downloaded(where, () => where.getByRole('button', { name: /^Save CSV/ }).click());
    expect(readCsv(bytes.toString('utf8'))).toEqual(batch);
  };

  stage('a reload finds everything still there', async () => {
    await page.reload();
    await page.getByRole('heading', { level: 1, name: /ready to predict Species/ }).waitFor();
    await stillThere(page);
    await goTo(page, 'Evaluate');
    await page.getByText(/How much worse .* gets when one raw column is shuffled/).waitFor();
    await page.goto(`${studio.address}#/`);
    await page.getByRole('link', { name: /Penguins.*predicts Species, 8 runs, a model is kept/ }).waitFor();
  });

  stage('nothing was asked of anywhere, and nothing went wrong', async () => {
    expect(studio.seen.foreign).toEqual([]);
    expect(studio.seen.requests.slice(asked).filter((request) => !request.local)).toEqual([]);
    expect(studio.seen.failed).toEqual([]);
    expect(studio.seen.errors).toEqual([]);
    await page.getByText(/^0 bytes sent$/).waitFor();
  });

  stage('the project file brings it all back in an empty browser', async () => {
    const fresh = await openStudio();
    const seen = watch(fresh.context, fresh.address);
    try {
      await fresh.page.goto(fresh.address);
      await fresh.page.getByText('None yet.').waitFor();
      await fileInput(fresh.page, 'Project file').setInputFiles({ name: project.name, mimeType: '', buffer: project.bytes });
      await fresh.page.getByRole('group', { name: 'Message' }).getByText('Penguins is here again').waitFor();
      await stillThere(fresh.page);
      expect([...seen.errors, ...seen.failed, ...seen.foreign]).toEqual([]);
    } finally {
      await fresh.close();
    }
  });
});
