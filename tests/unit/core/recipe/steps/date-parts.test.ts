import { expect, test } from 'vitest';
import { defaults } from '../../../../../src/core/base/params.ts';
import { dateParts } from '../../../../../src/core/recipe/steps/date-parts.ts';
import { makeTable, makeTime } from '../../../../../src/core/table/build.ts';
import type { NumberColumn } from '../../../../../src/core/table/table.ts';

const context = () => ({ seed: 1, target: null, training: false, sources: new Map<string, string>() });
const parts = (values: Float64Array, params = defaults(dateParts.params)) => {
  const table = makeTable([makeTime('t', values, 'second')]);
  const out = dateParts.apply(table, ['t'], params, dateParts.fit(table, ['t'], params, context()), context());
  return Object.fromEntries(out.columns.map((c) => [c.name, (c as NumberColumn).values]));
};

test('agrees with Date over centuries, before 1970 too', () => {
  const values = Float64Array.from({ length: 4000 }, (_, i) => (i - 2000) * 86400000 * 53.37);
  const out = parts(values);
  values.forEach((ms, i) => {
    const date = new Date(ms);
    const firstDay = Date.UTC(date.getUTCFullYear(), 0, 1);
    const wanted = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), (date.getUTCDay() + 6) % 7, Math.floor((ms - firstDay) / 86400000) + 1, date.getUTCHours()];
    expect(['t year', 't month', 't day', 't weekday', 't day of year', 't hour'].map((name) => out[name][i])).toEqual(wanted);
  });
});
test('parts that never vary are left out; on a circle, December is next to January', () => {
  expect(Object.keys(parts(Float64Array.of(0, 3600000)))).toEqual(['t hour']);
  const out = parts(Float64Array.of(Date.UTC(2020, 11, 15), Date.UTC(2020, 0, 15), Date.UTC(2020, 6, 15)), { ...defaults(dateParts.params), cyclic: true });
  const distance = (a: number, b: number) => Math.hypot(out['t month sine'][a] - out['t month sine'][b], out['t month cosine'][a] - out['t month cosine'][b]);
  expect(distance(0, 1)).toBeCloseTo(2 * Math.sin(Math.PI / 12), 6);
  expect(distance(1, 2)).toBeCloseTo(2, 6);
});
