// Pause, reload, resume in the built studio: the model is the one that training straight through gives; a reload in the
// middle goes on from what was kept; a paused run can be ended with what it has, or thrown away.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { learners } from '../../src/core/learners/index.ts';
import { chooseTarget, dropFile, goTo, openStudio, runRow, stored, textFile, type Studio } from '../e2e/support.ts';
import { chromiumPath } from './chromium.ts';

type StoredRun = { id: string; status: string; modelHash: string | null; resumed?: number; curve: { step: number }[] };
type StoredProject = { pending: { paused?: boolean }[] };

const resumes = learners.get('gbt').resumes === true;
if (!resumes) console.log('skipped: gbt reports no checkpoints yet');

describe.skipIf(!chromiumPath || !resumes)('pause', () => {
  let studio: Studio;
  let page: Page;
  let straight: StoredRun;
  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    const lines = ['a,b,c,d,y', ...Array.from({ length: 80_000 }, (_, i) => `${(i * 7919) % 1009},${(i * 104729) % 977},${(i * 31) % 211},${(i * 97) % 613},${((i * 7919) % 1009) * ((i * 31) % 211) + ((i * 97) % 613) * 50}`)];
    await page.goto(`${studio.address}?keepEvery=100`);
    await page.getByRole('button', { name: /Penguins/ }).waitFor();
    await dropFile(page, textFile('made.csv', lines.join('\n')));
    await chooseTarget(page, 'y');
    await goTo(page, 'Train');
    await onlyTrees();
    await train();
    await row().getByText(/±/).waitFor();
    [straight] = (await stored<StoredRun>(page, 'runs')) as [StoredRun];
  });
  afterAll(() => studio?.close());

  const onlyTrees = async () => {
    await page.getByRole('checkbox', { name: 'Gradient-boosted trees' }).waitFor();
    const others = (await page.getByRole('checkbox', { checked: true }).evaluateAll((boxes) => boxes.map((box) => box.closest('label')!.innerText.trim()))).filter((name) => name !== 'Gradient-boosted trees');
    for (const name of others) await page.getByRole('checkbox', { name, exact: true }).uncheck();
  };
  const train = () => page.getByRole('button', { name: /^Train 1 model/ }).click();
  const row = () => runRow(page, /Gradient-boosted trees/);
  const kept = async () => (await stored<{ step: number }>(page, 'checkpoints')).length;
  /** Trains anew until some trees stand. */
  const begin = async () => {
    await row().getByRole('button', { name: /off the leaderboard/ }).click();
    await onlyTrees();
    await train();
    await row().getByText(/tree \d\d+ of at most/).waitFor();
  };

  test('paused, reloaded and resumed by a click, a run ends with the model and the curve of training straight through', async () => {
    await begin();
    await row().getByRole('button', { name: /^Pause/ }).click();
    await row().getByText(/at tree \d+; kept on this machine/).waitFor();
    expect([await kept(), (await stored<StoredProject>(page, 'projects'))[0]!.pending[0]!.paused]).toEqual([1, true]);
    await page.reload();
    await row().getByText(/at tree \d+; kept on this machine/).waitFor();
    await row().getByRole('button', { name: /^Resume/ }).click();
    await row().getByText(/resumed at tree \d+/).waitFor();
    await row().getByText(/±/).waitFor();
    const [run] = await stored<StoredRun>(page, 'runs');
    expect([run!.id, run!.modelHash, run!.status]).toEqual([straight.id, straight.modelHash, 'done']);
    expect(run!.curve.map((point) => point.step)).toEqual(straight.curve.map((point) => point.step));
    expect(run!.resumed).toBeGreaterThan(9);
    await expect.poll(kept).toBe(0);
  });

  test('a reload in the middle goes on from the last tree that was kept', async () => {
    await begin();
    await expect.poll(kept).toBe(1);
    await page.reload();
    await page.getByText(/Training was interrupted and goes on by itself: 1 model/).waitFor();
    await row().getByText(/±/).waitFor();
    const [run] = await stored<StoredRun>(page, 'runs');
    expect([run!.modelHash, run!.status]).toEqual([straight.modelHash, 'done']);
    expect(run!.resumed).toBeGreaterThan(0);
  });

  test('a paused run is made a model of what it has', async () => {
    await begin();
    await page.keyboard.press('Alt+p');
    await row().getByText(/at tree \d+; kept on this machine/).waitFor();
    await row().getByRole('button', { name: /^Stop/ }).click();
    await row().getByText('stopped early').waitFor();
    const [run] = await stored<StoredRun>(page, 'runs');
    expect([run!.status, run!.curve.length < straight.curve.length]).toEqual(['stopped', true]);
    expect(run!.modelHash).not.toBe(straight.modelHash);
    await expect.poll(kept).toBe(0);
  });

  test('a paused run that is discarded leaves nothing behind', async () => {
    await begin();
    await row().getByRole('button', { name: /^Pause/ }).click();
    await row().getByText(/at tree \d+; kept on this machine/).waitFor();
    await row().getByRole('button', { name: /^Discard/ }).click();
    await row().getByText('stopped, no model').waitFor();
    await expect.poll(kept).toBe(0);
    expect((await stored<StoredProject>(page, 'projects'))[0]!.pending).toEqual([]);
  });
});
