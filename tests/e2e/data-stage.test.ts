// The Data stage on the built app: a messy file is mended, merged, undone, redone, checked, kept in versions and saved by mouse
// and offline; and the other ways in. What is saved is held against what was meant.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { cellAt, dialog, isKind, kindButton, messyOrders, sheet, showTab, type Order } from './data-support.ts';
import { chooseTarget, downloaded, dropFile, dropFiles, goTo, openStudio, readCsv, road, root, runRow, textFile, violations, waitUntilOffline, wear, type Studio } from './support.ts';

const messy = messyOrders();
const names = Object.keys(messy.meant[0]!) as (keyof Order)[];
const few = { timeout: 20_000 };

/** Adds the step in the open editor once its preview says what it does. */
async function addStep(page: Page, title: string | RegExp, told: string | RegExp): Promise<void> {
  const box = dialog(page, title);
  await box.getByRole('region', { name: 'Preview' }).getByText(told).first().waitFor();
  await box.getByRole('button', { name: 'Add the step' }).click();
  await box.waitFor({ state: 'hidden' });
}
const stepBoxes = (page: Page) => page.getByRole('checkbox', { name: /, step \d+, is on$/ });

describe('by mouse, offline', () => {
  let studio: Studio;
  let page: Page;
  const stage = road(() => studio);
  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    await page.goto(studio.address);
    await page.getByRole('button', { name: /^Drop a file here/ }).waitFor();
  });
  afterAll(async () => studio?.close());

  stage('a messy file is dropped with the server gone: what did not fit is told by line and reason', async () => {
    await waitUntilOffline(page, ['./']);
    await expect.poll(() => page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (key) => (await (await caches.open(key)).keys()).length))).reduce((a, b) => a + b, 0)), few).toBeGreaterThan(20);
    await dropFile(page, messy.file);
    await page.getByRole('heading', { level: 1, name: /^240 rows, 7 columns; 2 things need a decision$/ }).waitFor();
    await showTab(page, 'Import');
    const rejected = page.getByRole('table', { name: 'Rows that did not fit' });
    await rejected.getByRole('row', { name: /102 3 cells where 7 were expected 1,2,3/ }).waitFor();
    await rejected.getByRole('row', { name: /202 9 cells where 7 were expected.*left over,and more/ }).waitFor();
  });

  stage('a reading is mended on the Import tab: a word for missing, undone and redone', async () => {
    await page.getByRole('textbox', { name: 'Also missing' }).fill('nil');
    await page.getByRole('textbox', { name: 'Also missing' }).press('Tab');
    await page.getByText('not applied yet').waitFor();
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('Read again. Ctrl+Z brings the reading before back.').first().waitFor();
    await showTab(page, 'Table');
    await isKind(page, 'size', 'integer');
    await page.keyboard.press('Control+z');
    await isKind(page, 'size', 'category');
    await page.keyboard.press('Control+Shift+Z');
    await isKind(page, 'size', 'integer');
  });

  stage('a wrong kind is mended from its evidence', async () => {
    await kindButton(page, 'price').click();
    const box = dialog(page, 'What price holds');
    await box.getByText(/237 of 240 values are numbers; 3 are not: line 11 “tbc”/).waitFor();
    await box.getByRole('button', { name: /^number/ }).click();
    await addStep(page, /^Change type: price$/, /changed 3 cells|3 cells/);
    await isKind(page, 'price', 'integer');
    await expect.poll(() => cellAt(page, 9, 3).innerText()).toBe('missing');
    await page.getByRole('button', { name: 'Day first' }).first().click();
    await addStep(page, /^Change type: ordered$/, /./);
    await isKind(page, 'ordered', 'time');
    await expect.poll(() => cellAt(page, 1, 1).innerText()).toBe(messy.meant[1]!.ordered);
  });

  stage('variants are merged by the checklist, undone with Ctrl+Z and redone', async () => {
    await sheet(page).getByRole('button', { name: 'Column city' }).click();
    await page.getByRole('menuitem', { name: 'Merge spellings' }).click();
    const box = dialog(page, /^Merge variants: city$/);
    const tick = (name: string) => box.getByRole('checkbox', { name, exact: true });
    for (const [name, ticked] of [['berlin', true], ['BERLIN', true], ['hamburg', true], ['Munchen', true], ['Hambrug', false]] as const) await expect.poll(() => tick(name).isChecked(), { message: name }).toBe(ticked);
    await tick('Hambrug').check();
    await box.getByText(/6 rows would change/).waitFor();
    await addStep(page, /^Merge variants: city$/, /6 cells/);
    await isKind(page, 'city', 'category · 4');
    await expect.poll(() => cellAt(page, 6, 2).innerText()).toBe('Berlin');
    await page.keyboard.press('Control+z');
    await isKind(page, 'city', 'category · 9');
    await expect.poll(() => cellAt(page, 6, 2).innerText()).toBe('berlin');
    await page.keyboard.press('Control+Shift+Z');
    await isKind(page, 'city', 'category · 4');
    await expect.poll(() => cellAt(page, 6, 2).innerText()).toBe('Berlin');
  });

  stage('an alert is fixed by its button and taken back', async () => {
    await showTab(page, 'Alerts');
    const fix = page.getByRole('button', { name: 'Leave out source', exact: true });
    await fix.click();
    const back = page.getByRole('button', { name: /^Take back: Leave out source/ });
    await back.waitFor();
    await page.getByRole('heading', { level: 1, name: /^240 rows, 6 columns/ }).waitFor();
    await back.click();
    await page.getByRole('heading', { level: 1, name: /^240 rows, 7 columns/ }).waitFor();
    await fix.waitFor();
  });

  stage('the contract is edited, refuses, and tells the rows', async () => {
    await showTab(page, 'Contract');
    await page.getByRole('button', { name: 'price', exact: true }).click();
    const most = page.getByRole('textbox', { name: 'Range of price: at most' });
    await most.fill('80');
    await most.press('Tab');
    await page.getByRole('combobox', { name: 'Outside the range of price' }).selectOption('refuse');
    await page.getByRole('combobox', { name: 'Other values of size' }).selectOption('refuse');
    await page.getByRole('combobox', { name: 'Add a rule' }).selectOption('Expression');
    await page.getByRole('textbox', { name: 'Expression' }).fill('size < 40 or paid = "no"');
    await page.getByRole('button', { name: 'Add the rule' }).click();
    await page.getByRole('heading', { name: '3 rules across columns' }).waitFor();
    await page.getByRole('button', { name: 'Check now' }).click();
    const over = messy.meant.flatMap((row, i) => (Number(row.price) > 80 ? [i + 1] : []));
    const panel = page.getByRole('region', { name: new RegExp(`findings? in 240 rows; ${over.length} rows refused`) });
    await panel.waitFor();
    const refused = panel.getByRole('listitem').filter({ hasText: 'price' }).filter({ hasText: 'refused' });
    await expect.poll(() => refused.innerText()).toContain(`rows ${over.slice(0, 12).join(', ')} and ${over.length - 12} more`);
    const both = messy.meant.flatMap((row, i) => (Number(row.size) >= 40 && row.size !== '' && row.paid === 'yes' ? [i + 1] : []));
    expect(both.length).toBeGreaterThan(0);
    await expect.poll(() => panel.getByRole('listitem').filter({ hasText: 'size' }).allInnerTexts().then((all) => all.join('\n'))).toContain(both.slice(0, 12).join(', '));
  });

  stage('versions are saved, compared and restored', async () => {
    await showTab(page, 'Versions');
    await page.getByRole('textbox', { name: 'Name of the version' }).fill('clean');
    await page.getByRole('button', { name: 'Save version' }).click();
    await page.getByRole('heading', { name: '1 version saved' }).waitFor();
    await page.getByRole('button', { name: 'Compare As read with the data as it stands now' }).click();
    const diff = page.getByRole('region', { name: /differ/ });
    await diff.getByText('price: category became number').waitFor();
    await diff.getByText('ordered: category became time').waitFor();
    await page.getByRole('button', { name: 'Restore As read' }).click();
    await page.getByText('As read is the data now. Ctrl+Z takes it back.').first().waitFor();
    await showTab(page, 'Table');
    await isKind(page, 'price', 'category');
    await showTab(page, 'Versions');
    await page.getByRole('button', { name: 'Restore clean', exact: true }).click();
    await page.getByText('clean is the data now.').first().waitFor();
    await showTab(page, 'Table');
    await isKind(page, 'price', 'integer');
  });

  stage('what is saved holds what was meant, as CSV and as Parquet', async () => {
    await page.getByRole('button', { name: 'Save the data' }).click();
    const box = dialog(page, 'Save the data as cleaned');
    await box.getByRole('radio', { name: /^CSV/ }).check();
    const csv = await downloaded(page, () => box.getByRole('button', { name: 'Save as CSV' }).click());
    expect(csv.name).toBe('orders-cleaned.csv');
    await box.waitFor({ state: 'hidden' });
    expect(readCsv(csv.bytes.toString('utf8'))).toEqual(messy.meant);
    await page.getByRole('button', { name: 'Save the data' }).click();
    await box.getByRole('radio', { name: /^Parquet/ }).check();
    const parquet = await downloaded(page, () => box.getByRole('button', { name: 'Save as Parquet' }).click());
    expect(parquet.name).toBe('orders-cleaned.parquet');
    const { buffer, byteOffset, byteLength } = parquet.bytes;
    const rows = (await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer })) as { [name: string]: unknown }[];
    const text = (value: unknown) => (value === null || value === undefined ? '' : value instanceof Date ? value.toISOString().slice(0, 10) : String(value));
    expect(rows.map((row) => Object.fromEntries(names.map((name) => [name, text(row[name])])))).toEqual(messy.meant);
  });

  stage('a reload in the middle finds the cleaning, the contract and the versions again', async () => {
    await page.reload();
    await page.getByRole('heading', { level: 1, name: /^240 rows, 7 columns/ }).waitFor();
    await isKind(page, 'price', 'integer');
    await expect.poll(() => cellAt(page, 6, 2).innerText()).toBe('Berlin');
    await showTab(page, 'Clean');
    await expect.poll(() => stepBoxes(page).count()).toBe(3);
    await showTab(page, 'Contract');
    await page.getByText('size < 40 or paid = "no"').first().waitFor();
    await expect.poll(() => page.getByRole('combobox', { name: 'Other values of price' }).inputValue()).toBe('refuse');
    await showTab(page, 'Versions');
    await page.getByRole('button', { name: 'Compare As read with the data as it stands now' }).waitFor();
    await page.getByRole('heading', { name: '1 version saved' }).waitFor();
    await showTab(page, 'Table');
  });

  stage('a model of the cleaned data takes a raw row, and refuses what the contract refuses', async () => {
    await chooseTarget(page, 'paid');
    await goTo(page, 'Train');
    for (const name of ['Neural net', 'Gradient-boosted trees', 'Random forest']) await page.getByRole('region', { name: 'Learners' }).getByRole('checkbox', { name }).uncheck();
    await page.getByRole('button', { name: 'Train 2 models' }).click();
    await runRow(page, /^Linear/).getByText('±').waitFor();
    await page.getByRole('button', { name: 'All trained' }).waitFor();
    await goTo(page, 'Deploy');
    await page.getByRole('heading', { name: 'Choose the model to deploy' }).waitFor();
    await page.getByRole('button', { name: 'Keep Linear' }).click();
    const form = page.getByRole('region', { name: 'Try it' });
    await form.getByRole('status').waitFor();
    const answer = () => form.getByRole('status').innerText();
    const price = form.getByRole('combobox', { name: /^price/ });
    await price.selectOption('70');
    await expect.poll(answer).toMatch(/^paid\s+yes/);
    await form.getByRole('combobox', { name: /^city/ }).selectOption('another value …');
    const city = form.getByRole('textbox', { name: /^city/ });
    await city.fill('BERLIN');
    await city.press('Tab');
    await expect.poll(answer).toMatch(/^paid\s+yes/);
    await price.selectOption('tbc');
    await expect.poll(answer).toMatch(/^paid\s+(yes|no)/);
    const size = form.getByRole('textbox', { name: /^size/ });
    await size.fill('99');
    await size.press('Tab');
    await expect.poll(answer).toMatch(/^paid\s+Refused[^]*size[^]*99/);
    await size.fill('12');
    await size.press('Tab');
    await price.selectOption('20');
    await expect.poll(answer).toMatch(/^paid\s+no/);
  });

  stage('every tab of the Data page is without fault for axe, in light and in dark', async () => {
    await goTo(page, 'Data');
    const found: string[] = [];
    for (const tab of ['Table', 'Import', 'Clean', 'Alerts', 'Contract', 'Dictionary', 'Versions'] as const) {
      await showTab(page, tab);
      if (tab === 'Contract') { await page.getByRole('button', { name: 'price', exact: true }).click(); await page.getByRole('button', { name: 'Check now' }).click(); await page.getByRole('region', { name: /findings in 240 rows/ }).waitFor(); }
      if (tab === 'Versions') { await page.getByRole('button', { name: 'Compare As read with the data as it stands now' }).click(); await page.getByRole('region', { name: /differ/ }).waitFor(); }
      for (const scheme of ['light', 'dark'] as const) {
        await wear(page, scheme);
        found.push(...(await violations(page, scheme === 'light' ? null : ['color-contrast', 'link-in-text-block'])).map((line) => `${tab}, ${scheme}: ${line}`));
      }
    }
    await showTab(page, 'Table');
    await sheet(page).getByRole('button', { name: 'Column city' }).click();
    await page.getByRole('menuitem', { name: 'Merge spellings' }).click();
    const box = dialog(page, /^Merge variants: city$/);
    await box.getByText(/nothing to merge/).waitFor();
    await box.getByRole('button', { name: 'Close' }).click();
    await kindButton(page, 'city').click();
    await dialog(page, 'What city holds').waitFor();
    await wear(page, 'dark');
    found.push(...(await violations(page)).map((line) => `the evidence: ${line}`));
    await page.keyboard.press('Escape');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(found).toEqual([]);
  });

  stage('nothing went wrong on the way, nothing was asked of anywhere', async () => {
    expect([...studio.seen.errors, ...studio.seen.foreign]).toEqual([]);
  });
});

describe('other ways in', () => {
  let studio: Studio;
  let page: Page;
  const stage = road(() => studio);
  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    await page.goto(studio.address);
    await page.getByRole('button', { name: /^Drop a file here/ }).waitFor();
  });
  afterAll(async () => studio?.close());

  stage('pasted text is a project', async () => {
    await page.getByRole('button', { name: 'Paste a table' }).click();
    const box = dialog(page, 'Open a pasted table');
    await box.getByRole('textbox', { name: 'The table as text' }).fill('name\tcups\nAda\t3\nGrace\t12\nEmmy\t7\n');
    await box.getByRole('button', { name: 'Open it' }).click();
    await page.getByRole('heading', { level: 1, name: /^3 rows, 2 columns/ }).waitFor();
    await isKind(page, 'cups', 'integer');
    await expect.poll(() => cellAt(page, 1, 0).innerText()).toBe('Grace');
  });

  stage('two parts are one table', async () => {
    await page.goto(`${studio.address}#/`);
    const part = (name: string, from: number) => textFile(name, ['id,even', ...Array.from({ length: 50 }, (_, i) => `${from + i},${(from + i) % 2 ? 'no' : 'yes'}`)].join('\n'));
    await dropFiles(page, [part('part-1.csv', 0), part('part-2.csv', 50)]);
    await dialog(page, /^One table in 2 parts/).getByRole('button', { name: 'Open as one table' }).click();
    await page.getByRole('heading', { level: 1, name: /^100 rows, 2 columns/ }).waitFor();
    await isKind(page, 'id', 'integer · 0 to 99');
  });

  stage('a workbook opens', async () => {
    const buffer = readFileSync(join(root, 'tests/golden/io/sales.xlsx'));
    await dropFile(page, { name: 'sales.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer });
    await page.getByRole('heading', { level: 1, name: /^3 rows, 6 columns/ }).waitFor();
    await isKind(page, 'when', 'time');
    await expect.poll(() => cellAt(page, 0, 5).innerText()).toBe('007');
    await expect.poll(() => cellAt(page, 0, 2).innerText()).toBe('1234.5');
  });

  stage('nothing went wrong on the way, nothing was asked of anywhere', async () => {
    expect([...studio.seen.errors, ...studio.seen.failed, ...studio.seen.foreign]).toEqual([]);
  });
});
