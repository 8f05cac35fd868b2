import { expect, test } from 'vitest';
import { BarnacleError } from '../../../../src/core/base/errors.ts';
import { Announcer } from '../../../../src/studio/state/announcer.svelte.ts';
import { JobsState } from '../../../../src/studio/state/jobs-state.svelte.ts';
import { NetworkState } from '../../../../src/studio/state/network-state.svelte.ts';
import { keysOf, PaletteState } from '../../../../src/studio/state/palette-state.svelte.ts';
import { RowsState } from '../../../../src/studio/state/rows-state.svelte.ts';
import { ThemeState } from '../../../../src/studio/state/theme-state.svelte.ts';
import { fakeEngine } from '../fake-engine.ts';

const settled = () => new Promise((done) => setTimeout(done, 0));

test('a stopped job is said, not shown as a failure', async () => {
  const announcer = new Announcer(() => {});
  const jobs = new JobsState(fakeEngine(), announcer, () => 0);
  expect(await jobs.run('Work', async () => { throw new BarnacleError('stopped', 'stopped', { job: 'j' }); })).toBeUndefined();
  expect([announcer.toasts.length, announcer.spoken.startsWith('Stopped'), jobs.current]).toEqual([0, true, null]);
});

test('time left follows from the share done', async () => {
  let now = 0;
  const jobs = new JobsState(fakeEngine(), new Announcer(() => {}), () => now);
  await jobs.run('Work', async (_job, report) => {
    now = 1000;
    report({ stage: 's', done: 0.25, text: '' });
    expect(jobs.timeLeft(jobs.current!)).toBe(3000);
  });
});

test('the counter tells own files from foreign requests and forgets blobs', () => {
  const net = new NetworkState('http://here');
  for (const url of ['http://here/a.js', 'blob:http://here/1', 'data:text/plain,x']) net.saw({ url, bytes: 10 });
  expect([net.own, net.ownBytes, net.clean, net.text]).toEqual([1, 10, true, '0 bytes sent']);
  net.saw({ url: 'https://elsewhere.example/x', bytes: 0 });
  expect([net.clean, net.text]).toEqual([false, '1 foreign request']);
});

test('what was refused is counted over the lives of the service worker, and named', () => {
  const net = new NetworkState('http://here');
  const refused = (since: number, requests: number) => ({ since, requests, bytes: requests * 10, last: Array.from({ length: requests }, (_, i) => `POST https://x.example/${since}/${i}`) });
  for (const at of [100, 101]) net.refusedByPolicy('https://y.example/', at);
  for (const said of [refused(1, 1), refused(1, 2), refused(1, 2), refused(7, 1)]) net.refusedByWorker(said);
  net.saw({ url: 'https://x.example/1/0', bytes: 0 });
  expect([net.refusals, net.refusedBytes, net.clean]).toEqual([4, 30, true]);
  expect(net.refused).toEqual(['https://y.example/', 'POST https://x.example/1/0', 'POST https://x.example/1/1', 'POST https://x.example/7/0']);
});

test('the palette finds by every word and runs by keys', () => {
  const palette = new PaletteState();
  const ran: string[] = [];
  const take = palette.add([{ id: 'a', title: 'Go to Train', group: 'Go', keys: 'alt+4', run: () => ran.push('a') }, { id: 'b', title: 'Train the chosen', group: 'Train', run: () => ran.push('b') }, { id: 'c', title: 'Hidden train', group: 'x', run: () => {}, when: () => false }]);
  expect(palette.find('train').map((command) => command.id)).toEqual(['b', 'a']);
  expect([palette.press('alt+4'), palette.press('alt+9'), ran]).toEqual([true, false, ['a']]);
  take();
  expect(palette.all).toEqual([]);
});

test('keys are named in a fixed order', () => {
  expect(keysOf({ key: 'Z', ctrlKey: true, metaKey: false, shiftKey: true, altKey: false })).toBe('shift+mod+z');
  expect(keysOf({ key: '?', ctrlKey: false, metaKey: false, shiftKey: true, altKey: false })).toBe('?');
});

test('the theme follows the system until one is chosen, and is remembered', () => {
  const kept = new Map<string, string>();
  const keep = { get: (key: string) => kept.get(key) ?? null, set: (key: string, value: string) => void kept.set(key, value) };
  const theme = new ThemeState(keep, true);
  expect(theme.shown).toBe('dark');
  theme.choose('light');
  expect([theme.shown, new ThemeState(keep, true).choice]).toEqual(['light', 'light']);
});

test('rows come by pages and a wish is fetched once', async () => {
  const engine = fakeEngine();
  const rows = new RowsState(engine, 'd', 1_000_000, 5);
  rows.want(390, 420);
  rows.want(395, 425);
  await settled();
  await settled();
  expect([rows.cell(399, 0), rows.cell(400, 0), rows.cell(0, 0)]).toEqual(['399', '400', undefined]);
  expect(engine.asked.length).toBe(2);
});

test('rows are asked for once more after a lost engine, and no more than that', async () => {
  let losses = 1;
  const page = async (_d: string, from: number, count: number) => {
    if (losses-- > 0) throw new BarnacleError('worker-lost', 'gone', { worker: 'engine', reason: 'gone' });
    return { from, rows: count, columns: ['x'], cells: [[String(from)]] };
  };
  const rows = new RowsState(fakeEngine({ page }), 'd', 1000, 5);
  rows.want(0, 10);
  await settled();
  expect([rows.cell(0, 0), rows.error]).toEqual(['0', null]);
  losses = 2;
  rows.want(400, 410);
  await settled();
  expect([rows.cell(400, 0), (rows.error as BarnacleError).code]).toEqual([undefined, 'worker-lost']);
});

test('very wide tables ask for fewer rows at once', () => {
  expect(new RowsState(fakeEngine(), 'd', 10, 10_000).size).toBe(10);
});
