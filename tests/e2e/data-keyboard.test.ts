// The Data stage by keyboard alone: no click and no pointer once the file is there. A file of the dirty set where it is at
// hand, a generated one always: a reading and a kind mended, variants merged, undone, redone, checked, versioned, saved.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { cellAt, dialog, isKind, Keyboard, messyOrders } from './data-support.ts';
import { downloaded, dropFile, openStudio, readCsv, road, root, type FileGiven, type Studio } from './support.ts';

const messy = messyOrders();

/** What a file needs done to it, and how that is seen. */
type Plan = {
  what: string; file: FileGiven; rows: string; columns: number;
  reread: { word: string; column: string; before: string; after: string };
  kind: { column: string; at: number; evidence: RegExp; changed: RegExp; after: string; cell: { row: number; is: string } };
  variants: { column: string; at: number; tick: readonly string[]; changed: RegExp; cell: { row: number; before: string; after: string } };
  /** The button of an alert; null = there are too many alerts to find one fixed again. */ fix: string | null; columnsFixed: number;
  contract: { column: string; most: string; refused: RegExp };
  saved: (rows: readonly { [column: string]: string }[]) => void;
};
const generated: Plan = {
  what: 'a generated file', file: messy.file, rows: '240', columns: 7,
  reread: { word: 'nil', column: 'size', before: 'category', after: 'integer' },
  kind: { column: 'price', at: 3, evidence: /237 of 240 values are numbers; 3 are not: line 11 “tbc”/, changed: /changed 3 cells/, after: 'integer', cell: { row: 9, is: 'missing' } },
  variants: { column: 'city', at: 2, tick: ['Hambrug'], changed: /changed 6 cells/, cell: { row: 6, before: 'berlin', after: 'Berlin' } },
  fix: 'Leave out source', columnsFixed: 6,
  contract: { column: 'price', most: '80', refused: new RegExp(`${messy.meant.filter((row) => Number(row.price) > 80).length} rows refused`) },
  saved: (rows) => expect(rows.map((row) => [row.order, row.city, row.price, row.size])).toEqual(messy.meant.map((row) => [row.order, row.city, row.price, row.size])),
};
const shared = resolve(root, '../shared/data');
const hospitalIsHere = existsSync(join(shared, 'raha_hospital_dirty.csv'));
/** Of the Raha pair: an x in place of letters. What is merged must be what the clean file says. */
function hospital(): Plan {
  const dirty = readCsv(readFileSync(join(shared, 'raha_hospital_dirty.csv'), 'utf8'));
  const clean = readCsv(readFileSync(join(shared, 'raha_hospital_clean.csv'), 'utf8'));
  const first = dirty.findIndex((row) => row.city === 'birminghxm');
  const wrong = dirty.filter((row, i) => row.city !== clean[i]!.City).length;
  return {
    what: 'a file of the dirty set', file: { name: 'hospital.csv', mimeType: 'text/csv', buffer: readFileSync(join(shared, 'raha_hospital_dirty.csv')) }, rows: '1\\s?000', columns: 20,
    reread: { word: 'empty', column: 'address_2', before: 'category · 1', after: 'number · 0' },
    kind: { column: 'provider_number', at: 1, evidence: /972 of 1\s?000 values are numbers; 28 are not: line 15 “1xx19”/, changed: /changed 28 cells/, after: 'integer', cell: { row: 13, is: 'missing' } },
    variants: { column: 'city', at: 6, tick: [], changed: /changed 26 cells/, cell: { row: first, before: 'birminghxm', after: 'birmingham' } },
    fix: null, columnsFixed: 20,
    contract: { column: 'provider_number', most: '20000', refused: new RegExp(`${dirty.filter((row) => Number(row.provider_number) > 20_000).length} rows refused`) },
    saved: (rows) => {
      expect(rows.map((row) => row.provider_number)).toEqual(dirty.map((row) => (/^\d+$/.test(row.provider_number!) ? row.provider_number : '')));
      expect(rows.every((row) => row.address_2 === '')).toBe(true);
      expect(rows.filter((row, i) => row.city !== dirty[i]!.city && row.city !== clean[i]!.City)).toEqual([]);
      expect(rows.filter((row, i) => row.city !== clean[i]!.City).length).toBe(wrong - 26);
    },
  };
}

const hands: { name: string; plan: () => Plan; here: boolean }[] = [
  { name: 'a generated file', plan: () => generated, here: true },
  { name: `raha_hospital_dirty.csv${hospitalIsHere ? '' : ' (left out: ../shared/data is not here)'}`, plan: hospital, here: hospitalIsHere },
];
for (const { name, plan: planOf, here } of hands) {
  describe.skipIf(!here)(`by keyboard alone: ${name}`, () => {
    let studio: Studio;
    let page: Page;
    let keys: Keyboard;
    let plan: Plan;
    const stage = road(() => studio);
    beforeAll(async () => {
      plan = planOf();
      studio = await openStudio();
      page = studio.page;
      keys = new Keyboard(page);
      await page.goto(studio.address);
      await page.getByRole('button', { name: /^Drop a file here/ }).waitFor();
      await dropFile(page, plan.file);
      await page.getByRole('heading', { level: 1, name: new RegExp(`^${plan.rows} rows, ${plan.columns} columns`) }).waitFor();
    });
    afterAll(async () => studio?.close());

    stage('the reading is mended: a word for missing, undone and redone', async () => {
      const { word, column, before, after } = plan.reread;
      await isKind(page, column, before);
      await keys.tab('Import');
      await keys.tabTo(page.getByRole('textbox', { name: 'Also missing' }), 'Also missing');
      await keys.type(word);
      await keys.push(page.getByRole('button', { name: 'Read again' }), 'Read again', { back: true });
      await page.getByText('Read again. Ctrl+Z brings the reading before back.').first().waitFor();
      await keys.tab('Table', { back: true });
      await isKind(page, column, after);
      await keys.press('Control+z');
      await isKind(page, column, before);
      await keys.press('Control+Shift+Z');
      await isKind(page, column, after);
    });

    stage('a wrong kind is mended from its evidence', async () => {
      const { column, at, evidence, changed, after, cell } = plan.kind;
      await keys.columnMenu(at, 'What it holds');
      const box = dialog(page, `What ${column} holds`);
      await box.getByText(evidence).waitFor();
      await keys.push(box.getByRole('button', { name: /^number/ }), 'number');
      const editor = dialog(page, `Change type: ${column}`);
      await editor.getByRole('region', { name: 'Preview' }).getByText(changed).waitFor();
      await keys.press('Control+Enter');
      await editor.waitFor({ state: 'hidden' });
      await isKind(page, column, after);
      await expect.poll(() => cellAt(page, cell.row, at).innerText()).toBe(cell.is);
    });

    stage('variants are merged by the checklist, undone and redone', async () => {
      const { column, at, tick, changed, cell } = plan.variants;
      await keys.columnMenu(at, 'Merge spellings');
      const box = dialog(page, `Merge variants: ${column}`);
      await box.getByText(/rows would change/).waitFor();
      if (tick.length === 0) await keys.push(box.getByRole('button', { name: 'Tick all' }), 'Tick all');
      for (const level of tick) {
        await keys.tabTo(box.getByRole('checkbox', { name: level, exact: true }), level);
        await keys.press('Space');
      }
      await box.getByRole('region', { name: 'Preview' }).getByText(changed).waitFor();
      await keys.push(box.getByRole('button', { name: 'Add the step' }), 'Add the step');
      await box.waitFor({ state: 'hidden' });
      const holds = async (text: string) => {
        for (const key of ['Control+Home', ...Array.from({ length: Math.min(cell.row, 12) }, () => 'ArrowDown')]) await keys.press(key);
        await expect.poll(() => cellAt(page, cell.row, at).innerText()).toBe(text);
      };
      await holds(cell.after);
      await keys.press('Control+z');
      await holds(cell.before);
      await keys.press('Control+Shift+Z');
      await holds(cell.after);
    });

    stage('an alert is fixed by its button and taken back', async () => {
      if (plan.fix === null) return;
      await keys.show('Alerts');
      await keys.push(page.getByRole('button', { name: plan.fix, exact: true }), plan.fix);
      await page.getByRole('heading', { level: 1, name: new RegExp(`^${plan.rows} rows, ${plan.columnsFixed} columns`) }).waitFor();
      await keys.push(page.getByRole('button', { name: new RegExp(`^Take back: ${plan.fix}`) }), 'Take back');
      await page.getByRole('heading', { level: 1, name: new RegExp(`^${plan.rows} rows, ${plan.columns} columns`) }).waitFor();
      await page.getByRole('button', { name: plan.fix, exact: true }).waitFor();
    });

    stage('the contract is edited, refuses, and is checked', async () => {
      const { column, most, refused } = plan.contract;
      await keys.show('Contract');
      await keys.push(page.getByRole('button', { name: column, exact: true }), column);
      await keys.tabTo(page.getByRole('textbox', { name: `Range of ${column}: at most` }), 'at most');
      await keys.press('Control+a');
      await keys.type(most);
      await keys.choose(page.getByRole('combobox', { name: `Outside the range of ${column}` }), 'refuse', 'the policy');
      await keys.push(page.getByRole('button', { name: 'Check now' }), 'Check now', { back: true });
      const found = page.getByRole('region', { name: refused });
      await found.waitFor();
      await found.getByText(/rows \d+, /).first().waitFor();
    });

    stage('a version is saved, compared, and the file as read restored and taken back', async () => {
      await keys.show('Versions');
      await keys.tabTo(page.getByRole('textbox', { name: 'Name of the version' }), 'the name');
      await keys.type('clean');
      await keys.press('Enter');
      await page.getByRole('heading', { name: '1 version saved' }).waitFor();
      await keys.push(page.getByRole('button', { name: 'Compare As read with the data as it stands now' }), 'Compare');
      await page.getByRole('region', { name: /differ/ }).getByText(`${plan.kind.column}: category became number`).waitFor();
      await keys.push(page.getByRole('button', { name: 'Restore As read' }), 'Restore');
      await page.getByText('As read is the data now. Ctrl+Z takes it back.').first().waitFor();
      await keys.press('Control+z');
      await page.getByRole('button', { name: 'Restore As read' }).first().waitFor();
    });

    stage('what is saved holds what was mended', async () => {
      await keys.palette('Save the data as a file');
      const box = dialog(page, 'Save the data as cleaned');
      await box.waitFor();
      await keys.tabTo(box.getByRole('radio').and(page.locator(':checked')), 'the format');
      for (let i = 0; i < 8 && !(await box.getByRole('radio', { name: /^CSV/ }).isChecked()); i++) await keys.press('ArrowDown');
      await keys.tabTo(box.getByRole('button', { name: 'Save as CSV' }), 'Save as CSV');
      const csv = await downloaded(page, () => keys.press('Enter'));
      expect(csv.name).toMatch(/-cleaned\.csv$/);
      plan.saved(readCsv(csv.bytes.toString('utf8')));
      await box.waitFor({ state: 'hidden' });
    });

    stage('nothing went wrong on the way, nothing was asked of anywhere', async () => {
      expect([...studio.seen.errors, ...studio.seen.failed, ...studio.seen.foreign]).toEqual([]);
    });
  });
}
