// The bars of issue 3 on Raha's two dirty/clean pairs, and few false alarms on clean tables; figures: npm run bench -- raha.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pairOf, tableOf } from '../../src/cli/bench/raha-data.ts';
import { scoreOf } from '../../src/cli/bench/raha-score.ts';
import { quiet } from '../../src/core/base/task.ts';
import { findSuspects } from '../../src/core/profile/suspects/find-suspects.ts';
import { cellText } from '../../src/core/table/cell.ts';

const isHere = (file: string) => existsSync(new URL(`../../../shared/data/${file}`, import.meta.url));
const pairs = ([['hospital', 0.95], ['beers', 0.98]] as const).filter(([name]) => isHere(`raha_${name}_dirty.csv`));
const clean = ['telco_churn.csv', 'german_credit.csv', 'penguins.csv', 'wine_quality.csv'].filter(isHere);
if (pairs.length < 2 || clean.length < 4) console.log('skipped: raha_*.csv or clean tables are absent from ../shared/data');
test.skipIf(pairs.length + clean.length > 0)('no data to measure on', () => {});

test.each(pairs)('%s: F1 of cells found wrong without labels above %d', async (name, bar) => {
  const pair = (await pairOf(name))!;
  const place = new Map(pair.dirty.columns.map((column, c) => [column.name, c]));
  const { cells } = await findSuspects(pair.dirty, quiet, { most: Infinity });
  const found = new Map(cells.map((cell) => [`${cell.row} ${place.get(cell.column)!}`, cell.detector]));
  pair.raw.columns.forEach((column, c) => {
    for (let row = 0; row < pair.raw.rows; row++) if (cellText(column, row) && cellText(pair.dirty.columns[c], row) === null) found.set(`${row} ${c}`, 'reader');
  });
  expect(scoreOf(pair.raw, pair.clean, found).all.f1).toBeGreaterThan(bar);
});
test.each(clean)('%s is clean: at most 1 cell in 10,000 is flagged', async (file) => {
  const table = (await tableOf(file))!;
  const { total } = await findSuspects(table, quiet);
  expect(total / (table.rows * table.columns.length)).toBeLessThanOrEqual(1e-4);
});
