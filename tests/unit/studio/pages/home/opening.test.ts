import { expect, test } from 'vitest';
import { gatherFiles, named } from '../../../../../src/studio/pages/home/gather-files.ts';
import { endingOf, OpeningState, PLAN_FROM } from '../../../../../src/studio/pages/home/opening-state.svelte.ts';
import { looksLikeTable, pastedName } from '../../../../../src/studio/pages/home/pasted.ts';

const file = (name: string, size = 5) => { const made = new File(['x'], name); Object.defineProperty(made, 'size', { value: size }); return made; };
const entry = (path: string) => ({ isFile: true, isDirectory: false, name: path.split('/').at(-1)!, fullPath: path, file: (done: (f: File) => void) => done(file(path.split('/').at(-1)!)) });
const folder = (path: string, inner: object[]) => ({ isFile: false, isDirectory: true, name: path.slice(1), fullPath: path, createReader: () => { let at = 0; return { readEntries: (done: (e: never[]) => void) => { done(inner.slice(at, at + 2) as never[]); at += 2; } }; } });
const item = (of: object) => ({ kind: 'file', webkitGetAsEntry: () => of as never });

function studio() {
  const calls: string[] = [];
  const plan = { format: 'csv', sourceBytes: 1, rows: 1, bytes: 9e9, budget: 1e9, fits: false, columns: [], ways: [{ label: 'A sample', text: '', options: { rows: 100 }, rows: 100, bytes: 1 }] };
  return {
    calls, plan,
    engine: { planRead: async () => plan } as never,
    jobs: { run: async (_title: string, work: (job: string, report: () => void) => unknown) => work('j', () => {}) } as never,
    announcer: { tell: (text: string) => calls.push(`tell ${text.slice(0, 20)}`) } as never,
    fail: (error: unknown) => { calls.push(`fail ${String(error)}`); },
    openFile: async (one: { name: string }, options?: object) => { calls.push(`open ${one.name} ${JSON.stringify(options ?? {})}`); },
    importParts: async (name: string, files: { name: string }[]) => { calls.push(`parts ${name} ${files.map((each) => each.name).join()}`); },
  };
}

test('a dropped folder gives its files in the order of their numbers, hidden ones left out', async () => {
  const found = await gatherFiles({ items: [item(folder('/days', [entry('/days/part-10.csv'), entry('/days/.DS_Store'), entry('/days/part-2.csv'), folder('/days/more', [entry('/days/more/x.csv')])]))] });
  expect(found.map((each) => each.name)).toEqual(['days/more/x.csv', 'days/part-2.csv', 'days/part-10.csv']);
});
test('plain files come as they are listed', async () => {
  expect((await gatherFiles({ items: [item(entry('/b.csv'))], files: [file('b.csv')] })).map((each) => each.name)).toEqual(['b.csv']);
  expect(named([file('.hidden')]).length).toBe(1);
});
test('the ending of a packed file is the one below', () => {
  expect([endingOf('a.csv.gz'), endingOf('a.b/c.PARQUET'), endingOf('none')]).toEqual(['csv', 'parquet', '']);
});
test('one file opens; several of a kind ask to be one table, others are left out', async () => {
  const world = studio();
  const opening = new OpeningState(world);
  await opening.open(named([file('a.csv')]));
  await opening.open(named([file('a.csv'), file('b.csv.gz'), file('read.me')]));
  expect(opening.parts?.left.map((each) => each.name)).toEqual(['read.me']);
  await opening.openParts();
  expect(world.calls).toEqual(['open a.csv {}', 'parts 2 csv files a.csv,b.csv.gz']);
  expect(opening.parts).toBeNull();
  await opening.open(named([file('a.csv'), file('b.json')]));
  expect(world.calls.at(-1)).toMatch(/^tell/);
});
test('a large file is planned: one that fits is read, else the person chooses a way', async () => {
  const world = studio();
  const opening = new OpeningState(world);
  await opening.open(named([file('big.csv', PLAN_FROM)]));
  expect(opening.plan?.plan.ways[0]?.label).toBe('A sample');
  expect(world.calls).toEqual([]);
  await opening.openPlanned({ format: 'csv', rows: 100 });
  world.plan.fits = true;
  await opening.open(named([file('big.csv', PLAN_FROM)]));
  expect(world.calls).toEqual(['open big.csv {"format":"csv","rows":100}', 'open big.csv {}']);
});
test('pasted text that is a table is known, and named by what it is', async () => {
  expect(looksLikeTable('a\tb\n1\t2')).toBe(true);
  expect(looksLikeTable('Dear all,\nthis is a letter without cells')).toBe(false);
  expect(looksLikeTable('one line, only')).toBe(false);
  expect([pastedName('a\tb\n1\t2'), pastedName('a,b\n1,2'), pastedName('[{"a":1}]'), pastedName('{"a":1}\n{"a":2}')]).toEqual(['pasted.tsv', 'pasted.csv', 'pasted.json', 'pasted.ndjson']);
});
