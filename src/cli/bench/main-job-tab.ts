// The main job as a person does it: the built app in Chromium, one click on Late flights, until all its learners are done.
// Stage times are the page's own User Timing measures; blocking is the browser's longtask entries (tasks over 50 ms on
// the main thread) and the longest gap between two turns of a 10 ms timer; memory is the peak of the tab's process.
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Door } from '../command.ts';
import { withTab } from './tab.ts';

export type TabJob = { stages: { stage: string; ms: number; note: string }[]; longestTaskMs: number; peakBytes: number };

const watch = `
  window.benchLongest = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.benchLongest = Math.max(window.benchLongest, entry.duration); }).observe({ type: 'longtask', buffered: true });
  window.benchGap = 0;
  window.benchStart = () => { let last = performance.now(); window.benchLongest = 0; window.benchGap = 0; setInterval(() => { const now = performance.now(); window.benchGap = Math.max(window.benchGap, now - last - 10); last = now; }, 10); };`;

/** Runs it once; a sentence when it could not. */
export function lateFlightsInTab(door: Door): Promise<TabJob | string> {
  return withTab(async (page, _browser, address) => {
    await page.addInitScript(watch);
    await page.goto(address);
    const card = page.getByRole('button', { name: /Late flights/ });
    await card.waitFor();
    await page.waitForTimeout(1500);
    await page.evaluate('benchStart()');
    let peakBytes = 0;
    const meter = setInterval(() => (peakBytes = Math.max(peakBytes, largestRenderer())), 200);
    try {
      await card.click();
      await finished(page, door);
    } finally {
      clearInterval(meter);
    }
    const measures = (await page.evaluate(`performance.getEntriesByType('measure').map((m) => ({ name: m.name, ms: m.duration }))`)) as { name: string; ms: number }[];
    const blocked = (await page.evaluate('({ longest: benchLongest, gap: benchGap })')) as { longest: number; gap: number };
    const board = page.getByRole('table').first().getByRole('row');
    const rows = await board.evaluateAll((nodes) => nodes.slice(1).map((node) => [...node.querySelectorAll('td, th')].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()).filter((text) => text).join(', ')));
    const stages = measures.map(({ name, ms }) => ({ stage: name, ms, note: '' }));
    stages.push(...rows.map((note) => ({ stage: 'leaderboard', ms: 0, note })));
    stages.push({ stage: 'longest gap between timer turns', ms: blocked.gap, note: '' }, { stage: 'longest main-thread task', ms: blocked.longest, note: '' });
    stages.push({ stage: 'peak memory of the tab', ms: 0, note: `${(peakBytes / 1e9).toFixed(2)} GB` });
    return { stages, longestTaskMs: Math.max(blocked.longest, 0), peakBytes };
  });
}

/** Waits until every job that the click started has ended; fails after 15 minutes or when the page shows an error. */
async function finished(page: Page, door: Door): Promise<void> {
  const start = performance.now();
  for (;;) {
    await page.waitForTimeout(500);
    const seconds = (performance.now() - start) / 1000;
    const ended = (await page.evaluate(`performance.getEntriesByType('measure').filter((m) => m.name.startsWith('job: ')).map((m) => m.name)`)) as string[];
    door.progress(`tab: ${seconds.toFixed(0)} s, done: ${ended.join(', ') || 'nothing yet'}`, null);
    if (ended.some((name) => /train/i.test(name))) return;
    const alert = await page.getByRole('alert').allTextContents();
    if (alert.some((text) => text.trim())) throw new Error(`the studio says: ${alert.join(' ')}`);
    if (seconds > 900) throw new Error('the tab did not finish within 15 minutes');
  }
}

/** Resident bytes of the largest Chromium renderer process (the tab with its workers); 0 where /proc is absent. */
function largestRenderer(): number {
  let largest = 0;
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue;
        const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
        largest = Math.max(largest, Number(rss?.[1] ?? 0) * 1024);
      } catch {
        continue;
      }
    }
  } catch {
    return 0;
  }
  return largest;
}
