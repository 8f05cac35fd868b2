// What a profile must hold for any table: counts add up, it is plain JSON, it is repeatable, it leaves the table alone.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { quiet } from '../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../src/core/io/index.ts';
import { profileTable } from '../../src/core/profile/profile-table.ts';
import { steps } from '../../src/core/recipe/steps/index.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';

const data = new URL('../../../shared/data/', import.meta.url);
const files = ['penguins.csv', 'titanic_kaggle.csv', 'air_quality_uci.csv', 'dirty_horse_colic.csv', 'raha_beers_dirty.csv', 'automobile_1985.csv', 'mushroom.csv', 'bike_sharing_day.csv', 'dirty_facebook_live.csv'];
for (const file of files) {
  const here = existsSync(new URL(file, data));
  if (!here) console.log(`skipped: shared/data/${file} is absent`);
  test.skipIf(!here)(file, async () => {
    const { table } = await readTable(bytesSource(file, readFileSync(new URL(file, data))), {}, quiet);
    const before = hashTable(table);
    const profile = await profileTable(table, quiet);
    expect(hashTable(table)).toBe(before);
    expect(await profileTable(table, quiet)).toEqual(profile);
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
    for (const column of profile.columns) {
      const present = column.rows - column.missing;
      expect(column.distinct).toBeLessThanOrEqual(present);
      if (column.number) {
        const { min, max, mean, quantiles, histogram } = column.number;
        expect(histogram.reduce((n, b) => n + b.count, 0)).toBe(present);
        expect(histogram.length).toBeLessThanOrEqual(61);
        expect(min <= mean && mean <= max).toBe(true);
        for (let i = 1; i < quantiles.length; i++) expect(quantiles[i].value).toBeGreaterThanOrEqual(quantiles[i - 1].value);
        expect(histogram[0].from).toBeLessThanOrEqual(min);
        expect(histogram[histogram.length - 1].to).toBeGreaterThanOrEqual(max);
      }
      if (column.levels) expect(column.levels.reduce((n, l) => n + l.count, 0) + column.rest).toBe(present);
    }
    const names = new Set(profile.columns.map((c) => c.name));
    for (const alert of profile.alerts) {
      expect(alert.column === null || names.has(alert.column)).toBe(true);
      expect(alert.message).not.toMatch(/undefined|NaN|null/);
      if (alert.fix?.step) {
        const step = steps.get(alert.fix.step.type);
        const kind = profile.columns.find((c) => c.name === alert.column)!.kind;
        expect(step.takes).toContain(kind);
        for (const key of Object.keys(alert.fix.step.params)) expect(Object.keys(step.params)).toContain(key);
      }
    }
  });
}
