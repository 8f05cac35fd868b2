// What the tests of the Data stage share: a messy table whose right values are known, the sheet's cells, and a person who
// has only a keyboard, for whom the focus must be somewhere and be seen after every key.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { textFile, type FileGiven } from './support.ts';

export type Order = { order: string; ordered: string; city: string; price: string; size: string; source: string; paid: string };
export type Messy = { file: FileGiven; /** The rows as they are written. */ raw: Order[]; /** The rows as they were meant. */ meant: Order[] };

const cities = ['Berlin', 'Berlin', 'Hamburg', 'Hamburg', 'München', 'Köln'];
const misspelt: { readonly [row: number]: string } = { 6: 'berlin', 24: 'BERLIN', 33: 'hamburg', 44: 'hamburg', 58: 'Munchen', 62: 'Hambrug' };
const pad = (n: number) => String(n).padStart(2, '0');

/** 240 orders: words among the prices, "nil" among the sizes, days that may be months, cities in several spellings, and two
 * lines that do not fit (102 and 202). */
export function messyOrders(): Messy {
  const both = Array.from({ length: 240 }, (_, i) => {
    const [day, month, price] = [1 + ((i * 5) % 12), 1 + ((i * 7) % 12), 10 + ((i * 7) % 45) * 2];
    const always = { order: String(1000 + i), source: 'web', paid: price > 54 ? 'yes' : 'no' };
    const raw: Order = { ...always, ordered: `${pad(day)}/${pad(month)}/2021`, city: misspelt[i] ?? cities[i % 6]!, price: i % 80 === 9 ? 'tbc' : String(price), size: i % 12 === 5 ? 'nil' : String((i * 13) % 41) };
    const meant: Order = { ...raw, ordered: `2021-${pad(month)}-${pad(day)}`, city: cities[i % 6]!, price: raw.price === 'tbc' ? '' : raw.price, size: raw.size === 'nil' ? '' : raw.size };
    return { raw, meant };
  });
  const names = ['order', 'ordered', 'city', 'price', 'size', 'source', 'paid'] as const;
  const lines = both.map(({ raw }) => names.map((name) => raw[name]).join(','));
  lines.splice(100, 0, '1,2,3');
  lines.splice(200, 0, '1,02/03/2021,Berlin,9,4,web,yes,left over,and more');
  return { file: textFile('orders.csv', [names.join(','), ...lines].join('\n')), raw: both.map(({ raw }) => raw), meant: both.map(({ meant }) => meant) };
}

export type DataTab = 'Table' | 'Import' | 'Clean' | 'Alerts' | 'Contract' | 'Dictionary' | 'Versions';
export async function showTab(page: Page, tab: DataTab): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
  await page.getByRole('tabpanel', { name: new RegExp(`^${tab}`) }).waitFor();
}

export const sheet = (page: Page): Locator => page.getByRole('grid', { name: /^Rows of/ });
/** A cell of the sheet, rows and columns from 0. */
export const cellAt = (page: Page, row: number, column: number): Locator => sheet(page).locator(`[role=row][aria-rowindex="${row + 2}"] [role=gridcell][aria-colindex="${column + 1}"]`);
/** The button that says what a column holds: "price is number · 10 to 98: why". */
export const kindButton = (page: Page, column: string): Locator => sheet(page).getByRole('button', { name: new RegExp(`^${column} is `) });
export const isKind = (page: Page, column: string, kind: string): Promise<void> => sheet(page).getByRole('button', { name: new RegExp(`^${column} is ${kind}`) }).waitFor();
export const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });

/** Waits until nothing is being worked out: the badge of a running job is gone and no edit waits. */
export async function idle(page: Page): Promise<void> {
  await expect.poll(() => page.getByText(/^(Working it out|Reading|Profiling|Trying it on the rows)$/).count()).toBe(0);
}

type Spot = { is: string; shows: boolean; dialog: string | null };
/** Where the focus is, and whether it is in view with an outline of its own (or of the label around it). */
export async function spot(page: Page): Promise<Spot> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return { is: '', shows: false, dialog: null };
    const outlined = (one: Element | null) => one !== null && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 1;
    const box = element.getBoundingClientRect();
    const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const label = element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent ?? '';
    const box2 = element.closest('dialog[open], [role=dialog], [role=menu]');
    return { is: `${element.tagName.toLowerCase()} ${label.trim().replace(/\s+/g, ' ').slice(0, 70)}`, shows: inView && (outlined(element) || outlined(element.closest('label'))), dialog: box2 === null ? null : (box2.getAttribute('aria-label') ?? box2.querySelector('h2')?.textContent ?? '') };
  });
}

/** A person at the keyboard. Every stop of Tab must be visible; the focus is never nowhere. */
export class Keyboard {
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
  }

  press = (key: string): Promise<void> => this.#page.keyboard.press(key);
  type = (text: string): Promise<void> => this.#page.keyboard.type(text);

  /** The focus is on it: waited for, since a dialog gives the focus when it has been drawn. */
  async isAt(there: Locator, what: string): Promise<void> {
    await expect.poll(() => this.#isOn(there), { message: `the focus is on ${what}` }).toBe(true);
    await this.seen();
  }
  /** The focus is on it or on something in it. */
  async isIn(there: Locator, what: string): Promise<void> {
    await expect.poll(() => this.#isWithin(there), { message: `the focus is in ${what}` }).toBe(true);
    await this.seen();
  }
  /** The focus is somewhere, and shows where. */
  async seen(): Promise<Spot> {
    await expect.poll(async () => { const now = await spot(this.#page); return now.shows ? 'seen' : `not seen: “${now.is}”`; }, { timeout: 10_000 }).toBe('seen');
    return spot(this.#page);
  }
  /** Tab, or Shift+Tab, until the focus is there; once it may go through the browser's own bar, from the last to the first. */
  async tabTo(there: Locator, what: string, { back = false, most = 150 } = {}): Promise<void> {
    await there.first().waitFor();
    const passed: string[] = [];
    let hasLeft = false;
    for (let i = 0; i <= most; i++) {
      if (await this.#isOn(there)) { await this.seen(); return; }
      await this.press(back ? 'Shift+Tab' : 'Tab');
      if (!hasLeft && (await spot(this.#page)).is === '') {
        hasLeft = true;
        continue;
      }
      passed.push((await this.seen()).is);
    }
    throw new Error(`${what} was not reached by ${back ? 'Shift+Tab' : 'Tab'}; passed ${passed.slice(-60).join(' | ')}`);
  }
  /** A button reached and pressed. */
  async push(there: Locator, what: string, way: { back?: boolean; most?: number } = {}): Promise<void> {
    await this.tabTo(there, what, way);
    await this.press('Enter');
  }
  /** Alt and a digit: a stage. */
  async stage(digit: number, name: string): Promise<void> {
    await this.press(`Alt+${digit}`);
    await this.#page.waitForURL(new RegExp(`/${name}(/[a-z]+)?$`));
  }
  /** A tab of the Data page, by Tab and the arrow keys. */
  async tab(name: DataTab, way: { back?: boolean } = {}): Promise<void> {
    const tab = this.#page.getByRole('tablist', { name: 'Parts of the data' }).getByRole('tab', { name: new RegExp(`^${name}`) });
    await this.tabTo(this.#page.locator('[role=tab]:focus, [role=tab][tabindex="0"]'), 'the tabs', way);
    for (let i = 0; i < 7 && !(await this.#isOn(tab)); i++) await this.press('ArrowRight');
    await this.isAt(tab, `the tab ${name}`);
    await this.press('Enter');
    await this.#page.getByRole('tabpanel', { name: new RegExp(`^${name}`) }).waitFor();
  }
  /** A tab of the Data page, by the palette. */
  async show(name: DataTab): Promise<void> {
    await this.palette(`Data: show ${name}`);
    await this.#page.getByRole('tabpanel', { name: new RegExp(`^${name}`) }).waitFor();
  }
  /** The header of a column of the sheet, and Enter: its menu; then the item with these letters. */
  async columnMenu(column: number, item: string): Promise<void> {
    const grid = sheet(this.#page);
    if (await this.#isWithin(grid)) await this.press('ArrowDown');
    else await this.tabTo(grid, 'the sheet');
    await this.isAt(grid, 'the sheet');
    const at = () => grid.evaluate((one) => { const cell = document.getElementById(one.getAttribute('aria-activedescendant') ?? ''); return cell === null ? null : { head: cell.getAttribute('role') === 'columnheader', column: Number(cell.getAttribute('aria-colindex')) - 1 }; });
    if ((await at()) === null) await this.press('ArrowDown');
    await this.press('Control+Home');
    await this.press('ArrowUp');
    for (let i = 0; i < column; i++) await this.press('ArrowRight');
    await expect.poll(at).toEqual({ head: true, column });
    await this.press('Enter');
    const menu = this.#page.getByRole('menu');
    await menu.waitFor();
    const lit = menu.locator('[role=menuitem]:focus');
    for (let i = 0; i < 30 && !(await lit.allInnerTexts()).join().startsWith(item); i++) await this.press('ArrowDown');
    await expect.poll(() => lit.innerText()).toMatch(new RegExp(`^${item}`));
    await this.press('Enter');
    await menu.waitFor({ state: 'hidden' });
  }
  /** Ctrl+K, the words, Enter: what was chosen is done, and the focus is back. */
  async palette(words: string): Promise<void> {
    await this.press('Control+k');
    const box = this.#page.getByRole('dialog', { name: 'Command palette' });
    await expect.poll(() => this.#isOn(box.getByRole('combobox')), { message: 'the palette has the caret' }).toBe(true);
    await this.type(words);
    await expect.poll(() => box.getByRole('option').first().innerText()).toMatch(new RegExp(words.replace(/[^a-z0-9 ]/gi, '.'), 'i'));
    await this.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }
  /** A list that is closed: the letters of its option. */
  async choose(list: Locator, option: string, what: string): Promise<void> {
    await this.tabTo(list, what);
    await this.type(option);
    await expect.poll(() => list.evaluate((one) => (one as HTMLSelectElement).selectedOptions[0]?.textContent?.trim() ?? '')).toMatch(new RegExp(`^${option}`, 'i'));
  }

  async #isWithin(there: Locator): Promise<boolean> {
    return (await there.count()) > 0 && there.first().evaluate((one) => one.contains(document.activeElement));
  }
  async #isOn(there: Locator): Promise<boolean> {
    return (await there.count()) > 0 && there.first().evaluate((one) => one === document.activeElement);
  }
}
