// A reload in the middle of training, in the built studio: the run goes on by itself once the project is open again,
// ends as the same run with the same model, and a run that was discarded stays away.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseTarget, dropFile, goTo, openStudio, runRow, stored, textFile, type Studio } from '../e2e/support.ts';
import { chromiumPath } from './chromium.ts';

type StoredRun = { id: string; status: string; modelHash: string | null };
type StoredProject = { runs: string[]; pending: object[] };

describe.skipIf(!chromiumPath)('resume', () => {
  let studio: Studio;
  let page: Page;
  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    const lines = ['a,b,c,y', ...Array.from({ length: 60_000 }, (_, i) => `${(i * 7919) % 1009},${(i * 104729) % 977},${(i * 31) % 211},${(i * 7919) % 1009 > (i * 31) % 700 ? 'yes' : 'no'}`)];
    await page.goto(studio.address);
    await page.getByRole('button', { name: /Penguins/ }).waitFor();
    await dropFile(page, textFile('made.csv', lines.join('\n')));
    await chooseTarget(page, 'y');
    await goTo(page, 'Train');
    await onlyTrees();
  });
  afterAll(() => studio?.close());

  const onlyTrees = async () => {
    await page.getByRole('checkbox', { name: 'Boosted trees' }).waitFor();
    const others = (await page.getByRole('checkbox', { checked: true }).evaluateAll((boxes) => boxes.map((box) => box.closest('label')!.innerText.trim()))).filter((name) => !/trees/i.test(name));
    for (const name of others) await page.getByRole('checkbox', { name, exact: true }).uncheck();
  };
  const train = () => page.getByRole('button', { name: /^Train 1 model/ }).click();
  const row = () => runRow(page, /trees/i);
  const isUnderWay = async () => {
    await row().getByRole('progressbar').waitFor();
    await expect.poll(async () => (await stored<StoredProject>(page, 'projects'))[0]!.pending.length).toBe(1);
  };

  test('a run that a reload cut short is begun again by itself and ends with the same model', async () => {
    await train();
    await page.getByRole('button', { name: 'All trained' }).waitFor();
    const [before] = await stored<StoredRun>(page, 'runs');
    expect(before).toMatchObject({ status: 'done' });
    await row().getByRole('button', { name: /off the leaderboard/ }).click();
    await train();
    await isUnderWay();
    await page.reload();
    await page.getByText(/Training was interrupted and goes on by itself: 1 model/).waitFor();
    await row().getByText(/±/).waitFor();
    await page.getByText(/Training was interrupted and has gone on by itself/).waitFor();
    const after = await stored<StoredRun>(page, 'runs');
    expect(after.map((run) => [run.id, run.modelHash, run.status])).toEqual([[before!.id, before!.modelHash, 'done']]);
    expect((await stored<StoredProject>(page, 'projects'))[0]).toMatchObject({ pending: [], runs: [before!.id] });
  });

  test('a run that was discarded does not come back', async () => {
    await onlyTrees();
    await row().getByRole('button', { name: /off the leaderboard/ }).click();
    await train();
    await isUnderWay();
    await row().getByRole('button', { name: /^Discard/ }).click();
    await row().getByText('stopped, no model').waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^Train 1 model|^Train \d models/ }).waitFor();
    expect(await page.getByText(/Training was interrupted/).count()).toBe(0);
    expect((await stored<StoredProject>(page, 'projects'))[0]!.pending).toEqual([]);
  });

  test('a lost engine is noticed, restarted, and its training goes on', async () => {
    await onlyTrees();
    await train();
    await isUnderWay();
    const engine = page.workers().filter((worker) => worker.url().includes('/engine-')).at(-1)!;
    void engine.evaluate(() => void setTimeout(() => self.close(), 0)).catch(() => {});
    await page.getByText(/Training was interrupted and goes on by itself: 1 model/).waitFor();
    await row().getByText(/±/).waitFor();
  });
});
