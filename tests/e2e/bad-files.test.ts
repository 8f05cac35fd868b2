// Files that are empty, odd, damaged, too new or not ours: the studio says in words what is wrong and the way out,
// stays standing, and opens the next good file. One page sees them all, so nothing that one leaves behind can hide.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashTail } from '../../src/core/bundle/format.ts';
import { chooseTarget, downloaded, dropFile, fileInput, goTo, openStudio, photograph, root, runRow, textFile, type FileGiven, type Studio } from './support.ts';

const golden = (path: string) => readFileSync(join(root, 'tests/golden', path));
const bytes = (name: string, buffer: Buffer): FileGiven => ({ name, mimeType: 'application/octet-stream', buffer });
const model = golden('bundle/v1-trees-8.barnacle');

function flipped(buffer: Buffer, at: number): Buffer {
  const copy = Buffer.from(buffer);
  copy[at] ^= 1;
  return copy;
}
/** The same model with a version that is to come, and a hash that is right. */
function newer(buffer: Buffer): Buffer {
  const copy = Buffer.from(buffer);
  copy.writeUInt32LE(99, 8);
  copy.set(hashTail(new Uint8Array(copy.subarray(0, -16))), copy.length - 16);
  return copy;
}
const random = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * i * 31 + i * 7) % 256));
const wide = [Array.from({ length: 10_000 }, (_, k) => `c${k}`).join(','), ...Array.from({ length: 40 }, (_, i) => Array.from({ length: 10_000 }, (_, k) => (k === 0 ? (i % 2 ? 'yes' : 'no') : (i * k * 7919) % 1009)).join(','))].join('\n');
const good = textFile('good.csv', ['a,b,y', ...Array.from({ length: 200 }, (_, i) => `${i % 17},${(i * 7) % 13},${i % 17 > 8 ? 'yes' : 'no'}`)].join('\n'));

const refused: { what: string; file: FileGiven; title: RegExp }[] = [
  { what: 'an empty file', file: textFile('nothing.csv', ''), title: /^The file is empty$/ },
  { what: 'a file of blank lines', file: textFile('blank.csv', '\n\n\n'), title: /^The file is empty$/ },
  { what: 'a truncated Parquet', file: bytes('cut.parquet', golden('io/small.parquet').subarray(0, 700)), title: /^The file could not be read$/ },
  { what: 'a Parquet without its footer length', file: bytes('odd.parquet', Buffer.concat([golden('io/small.parquet').subarray(0, -8), Buffer.from([255, 255, 255, 127]), Buffer.from('PAR1')])), title: /^The file could not be read$/ },
  { what: 'a damaged gzip', file: bytes('table.csv.gz', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), random])), title: /^The file could not be read$/ },
  { what: 'a workbook', file: bytes('book.xlsx', Buffer.concat([Buffer.from('PK\x03\x04\x14\x00\x06\x00', 'latin1'), random])), title: /not supported|could not be read/ },
  { what: 'a pickle', file: bytes('frame.pkl', Buffer.concat([Buffer.from([0x80, 4, 0x95]), random])), title: /not supported|could not be read/ },
  { what: 'JSON that ends early', file: textFile('early.json', '[{"a": 1}, {"a":'), title: /^The file could not be read$/ },
  { what: 'a bundle with a flipped byte', file: bytes('flipped.barnacle', flipped(model, model.length >> 1)), title: /^This model file is damaged/ },
  { what: 'a bundle of a newer version', file: bytes('newer.barnacle', newer(model)), title: /was made by a newer Barnacle$/ },
  { what: 'a project file that is none', file: bytes('random.barnacle-project', random), title: /./ },
];

describe('bad files', () => {
  let studio: Studio;
  let page: Page;
  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    await page.goto(studio.address);
    await page.getByRole('button', { name: /^Drop a file here/ }).waitFor();
  });
  afterAll(async () => studio?.close());
  const pictured = (name: string, work: () => Promise<void>) => test(name, async () => {
    try {
      await work();
    } catch (error) {
      await photograph(page, `bad ${name}`);
      throw error;
    }
  });

  /** The error that is shown: its title, and all it says. Closes it. */
  async function toldError(): Promise<{ title: string; text: string }> {
    const told = page.getByRole('group', { name: 'Error' });
    await told.first().waitFor({ timeout: 20_000 });
    const title = await told.first().locator('b').innerText();
    const text = await told.first().innerText();
    await told.first().getByRole('button', { name: 'Close this message' }).click();
    await expect.poll(() => told.count()).toBe(0);
    return { title, text };
  }

  async function choose(column: string): Promise<void> {
    const box = page.getByRole('combobox', { name: 'What should be predicted?' });
    await box.click();
    await box.fill(column);
    await page.getByRole('option', { name: column }).first().click();
  }

  for (const { what, file, title } of refused) {
    pictured(`${what} is refused in words`, async () => {
      await dropFile(page, file);
      const told = await toldError();
      expect(told.title).toMatch(title);
      expect(told.title).not.toMatch(/Something went wrong/);
      expect(told.text.split('\n').filter((line) => line.trim() !== '').length).toBeGreaterThanOrEqual(3);
      expect(told.text).not.toMatch(/undefined|\[object|NaN|: *\.$/m);
      await page.getByRole('heading', { level: 1, name: /^From a file to a model/ }).waitFor();
    });
  }

  pictured('a file of a header only is read, and said to have no rows', async () => {
    await dropFile(page, textFile('header.csv', 'a,b,y\n'));
    await page.getByRole('heading', { level: 1, name: '3 column names and no rows: there is nothing to learn from' }).waitFor();
    await page.getByText('the file holds column names and no rows').waitFor();
    await choose('y');
    await page.getByText('There is nothing to learn:').waitFor();
    await goTo(page, 'Train');
    await page.getByText('This target cannot be learned').waitFor();
  });

  pictured('one column leaves nothing to learn from', async () => {
    await dropFile(page, textFile('one.csv', ['y', ...Array.from({ length: 50 }, (_, i) => (i % 2 ? 'yes' : 'no'))].join('\n')));
    await page.getByRole('heading', { level: 1, name: /^50 rows, 1 column/ }).waitFor();
    await chooseTarget(page, 'y');
    await goTo(page, 'Train');
    await page.getByRole('button', { name: /^Train \d models$/ }).click();
    await runRow(page, /Gradient/).getByText(/No feature is left to learn from/).waitFor();
    await page.getByRole('button', { name: /^Train \d models?$/ }).waitFor();
  });

  pictured('a target with one class, or with nothing in it, is refused in words', async () => {
    await dropFile(page, textFile('same.csv', ['a,same,none', ...Array.from({ length: 50 }, (_, i) => `${i},always,`)].join('\n')));
    await page.getByRole('heading', { level: 1, name: /^50 rows, 3 columns/ }).waitFor();
    for (const [column, words] of [['same', '“same” has one value only'], ['none', '“none” has no value at all']] as const) {
      await goTo(page, 'Data');
      await choose(column);
      await page.getByText(words).waitFor();
      await goTo(page, 'Train');
      await page.getByText('This target cannot be learned').waitFor();
      expect(await page.getByRole('button', { name: /^Train/ }).count()).toBe(0);
    }
  });

  pictured('double and empty names are repaired, and said', async () => {
    await dropFile(page, textFile('names.csv', ['a,a,,y', ...Array.from({ length: 50 }, (_, i) => `${i},${i % 7},${i % 3},${i % 2}`)].join('\n')));
    await page.getByRole('heading', { level: 1, name: /^50 rows, 4 columns/ }).waitFor();
    await page.getByRole('tab', { name: /^Import/ }).click();
    await page.getByRole('heading', { name: /^\d+ remarks? from reading$/ }).waitFor();
  });

  pictured('ten thousand columns open, and the page stays alive', async () => {
    await dropFile(page, textFile('wide.csv', wide));
    await page.getByRole('heading', { level: 1, name: /^40 rows, 10\s?000 columns/ }).waitFor();
    await chooseTarget(page, 'c0');
    await goTo(page, 'Features');
    await page.getByRole('heading', { name: /of 9999 take part|of 9\s?999 take part/ }).waitFor();
  });

  pictured('and then a good model and a good file open and work', async () => {
    await dropFile(page, bytes('trees.barnacle', model));
    await page.getByRole('heading', { level: 1, name: /ready to predict/ }).waitFor();
    await expect.poll(() => page.getByRole('region', { name: 'Try it' }).getByRole('status').innerText()).not.toMatch(/…/);
    await fileInput(page, 'File to predict').setInputFiles(textFile('other.csv', 'unknown\n1\n'));
    expect((await toldError()).title).toMatch(/is missing|do not fit/);

    await dropFile(page, good);
    await chooseTarget(page, 'y');
    await goTo(page, 'Train');
    await page.getByRole('button', { name: /^Train \d models$/ }).click();
    await runRow(page, /Gradient/).getByText('±').waitFor();
    const project = await downloaded(page, async () => {
      await page.getByRole('button', { name: /^Project good/ }).click();
      await page.getByRole('button', { name: 'Export as one file' }).click();
    });
    await page.goto(`${studio.address}#/`);
    await fileInput(page, 'Project file').setInputFiles(bytes(project.name, flipped(project.bytes, project.bytes.length >> 1)));
    expect((await toldError()).title).toMatch(/damaged|could not be read/);
  });

  test('no page error on the way, nothing asked of anywhere', () => {
    expect([...studio.seen.errors, ...studio.seen.failed, ...studio.seen.foreign]).toEqual([]);
  });
});
