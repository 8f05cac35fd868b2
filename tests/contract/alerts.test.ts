// What every quality alert must hold: found where it is planted, silent and safe on odd tables, plain JSON, and a fix that
// can be carried out as it stands and after which the alert is gone.
import { describe, expect, test } from 'vitest';
import { defaults } from '../../src/core/base/params.ts';
import { sequence } from '../../src/core/base/random.ts';
import { quiet } from '../../src/core/base/task.ts';
import { applyClean } from '../../src/core/clean/apply-clean.ts';
import { alone } from '../../src/core/clean/clean.ts';
import { alerts } from '../../src/core/profile/alerts/index.ts';
import { profileTable, type ProfileOptions } from '../../src/core/profile/profile-table.ts';
import { steps } from '../../src/core/recipe/steps/index.ts';
import { categoriesOf, makeBoolean, makeNumber, makeTable, makeTime, numbersOf, textsOf } from '../../src/core/table/build.ts';
import { hashTable } from '../../src/core/table/hash-table.ts';
import type { Column, Table } from '../../src/core/table/table.ts';

const DAY = 86_400_000;
const r = sequence(4, 'planted');
const list = <T>(n: number, f: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => f(i));
const number = (n: number, f: (i: number) => number | null, name = 'x') => numbersOf(name, list(n, f));
const level = (n: number, f: (i: number) => string | null, name = 'x') => categoriesOf(name, list(n, f));
const time = (n: number, f: (i: number) => number) => makeTime('x', Float64Array.from(list(n, f)), 'day');
const pick = (words: readonly string[]) => (i: number) => words[i % words.length];

/** At least one planted table for each alert. */
const planted: { [type: string]: { columns: Column[]; options?: ProfileOptions }[] } = {
  empty: [{ columns: [number(30, () => null)] }],
  constant: [{ columns: [number(30, () => 4)] }],
  identifier: [{ columns: [number(100, (i) => 500 + i)] }, { columns: [level(100, (i) => `n${i}`)] }],
  'high-cardinality': [{ columns: [level(600, (i) => `n${i % 120}`)] }],
  missing: [{ columns: [number(50, (i) => (i % 5 ? i % 7 : null))] }, { columns: [level(300, (i) => (i % 40 ? 'ab'[i % 2] : null))] }],
  'not-finite': [{ columns: [makeNumber('x', Float64Array.from(list(40, (i) => (i === 3 ? Infinity : (i * 7) % 11))))] }],
  'disguised-missing': [
    { columns: [number(300, (i) => (i % 30 ? (i * 31) % 47 : -999))] },
    { columns: [number(300, (i) => (i % 30 ? ((i * 31) % 47) - 10.5 : -200))] },
    { columns: [number(300, (i) => (i % 30 ? 1 + ((i * 31) % 9) : 99))] },
    { columns: [level(60, pick(['red', 'Unknown', 'blue']))] },
    { columns: [time(100, (i) => (i % 20 ? (18000 + ((i * 37) % 90)) * DAY : -2208988800000))] },
  ],
  'mixed-nulls': [{ columns: [level(90, pick(['red', 'blue', 'n/a', '-', 'green']))] }],
  'suspect-zeros': [{ columns: [number(200, (i) => (i % 20 ? 50 + ((i * 37) % 61) : 0))] }],
  zeros: [{ columns: [number(100, (i) => (i % 2 ? 0 : (i * 7) % 13))] }, { columns: [number(1000, (i) => (i % 10 ? r.unit() * 5 - 2 : 0))] }],
  inliers: [{ columns: [number(1000, (i) => (i % 12 ? r.normal() : 0.5))] }],
  skew: [{ columns: [number(300, (i) => (i % 17) + (i % 100 === 7 ? 900 + i : 0))] }],
  outliers: [{ columns: [number(500, (i) => (i === 7 ? 90 : i === 11 ? -70 : r.normal() * 3))] }],
  uniform: [{ columns: [number(3000, (i) => ((i * 1301) % 3000) / 3 + 0.1)] }],
  imbalance: [{ columns: [level(200, (i) => (i % 50 ? 'no' : 'yes'))] }],
  'spelling-variants': [{ columns: [level(60, pick(['Male', 'male ', 'female']))] }, { columns: [level(80, pick(['São Paulo', 'Sao Paulo', 'Rio', 'Sao Paulo']))] }, { columns: [level(60, pick(['OK', 'ok.', 'failed']))] }],
  'similar-levels': [{ columns: [level(300, (i) => (i === 5 ? 'birminghxm' : i % 2 ? 'birmingham' : 'manchester'))] }],
  'mixed-types': [{ columns: [level(200, (i) => (i % 50 ? String(i % 37) : 'none yet'))] }, { columns: [level(200, (i) => (i % 60 ? `2024-01-${10 + (i % 20)}` : 'later'))] }],
  'numbers-as-text': [{ columns: [level(60, (i) => `1,${100 + i * 13}.5`)] }],
  'dates-as-text': [{ columns: [level(60, (i) => `${1 + (i % 28)}/3/2024`)] }],
  units: [{ columns: [level(60, (i) => `${i % 9}.5 ${['oz', 'ounce', 'oz.'][i % 3]}`)] }, { columns: [level(60, (i) => (i % 3 ? `0.${10 + i}` : `0.${10 + i}%`))] }, { columns: [level(60, (i) => `$${i + 5}`)] }],
  blanks: [{ columns: [level(60, pick(['yes', 'no ', ' no', 'perhaps']))] }],
  'odd-characters': [{ columns: [level(60, pick(['CafÃ©', 'Bar', 'Haus']))] }],
  'length-outliers': [{ columns: [textsOf('x', list(200, (i) => (i === 9 ? 'w'.repeat(300) : `word ${i % 90}`)))] }],
  'personal-data': [
    { columns: [textsOf('x', list(40, (i) => `person${i}@mail.example.org`))] },
    { columns: [textsOf('x', list(40, () => 'DE89 3704 0044 0532 0130 00'))] },
    { columns: [level(40, (i) => `Name ${i}`, 'last_name')] },
    { columns: [textsOf('x', list(40, (i) => `192.168.7.${i}`))] },
  ],
  'date-gaps': [{ columns: [time(100, (i) => (18000 + i + (i > 60 ? 5 : 0)) * DAY)] }],
  'future-dates': [{ columns: [time(100, (i) => (18000 + (i === 9 ? 4000 : i)) * DAY)], options: { today: 19000 * DAY } }],
  'row-order': [{ columns: [number(400, (i) => Math.abs(((i * 2) % 200) - 100) + r.unit())] }],
  'broken-dependency': [{ columns: [level(400, (i) => `z${i % 20}`, 'zip'), level(400, (i) => (i === 7 ? 'c9' : `c${(i % 20) >> 1}`), 'city')] }],
  'conflicting-labels': [{ columns: [number(100, (i) => i % 10), level(100, (i) => (i < 90 ? 'a' : 'b'), 'y')], options: { target: 'y' } }],
  'duplicate-rows': [{ columns: [number(100, (i) => i % 50)] }],
  'near-duplicate-rows': [{ columns: [number(100, (i) => i, 'id'), number(100, (i) => (i < 60 ? i : i - 40) * 1.5, 'a'), level(100, (i) => 'uvw'[(i < 60 ? i : i - 40) % 3], 'b'), number(100, (i) => ((i < 60 ? i : i - 40) * 7) % 11, 'c')] }],
  'high-correlation': [{ columns: [number(100, (i) => (i * 37) % 89), number(100, (i) => ((i * 37) % 89) * 2 + (i % 2), 'y')] }],
  'pairs-skipped': [{ columns: list(130, (c) => number(30, () => r.unit(), `c${c}`)) }],
  sum: [{ columns: [number(60, (i) => ((i * 7) % 31) + ((i * 11) % 17), 't'), number(60, (i) => (i * 7) % 31, 'a'), number(60, (i) => (i * 11) % 17, 'b')] }],
};

/** Tables that no rule may stumble over. */
const odd: [string, Table][] = [
  ['no columns', { rows: 0, columns: [] }],
  ['no rows', makeTable([numbersOf('n', []), categoriesOf('c', []), textsOf('t', []), makeTime('d', new Float64Array(0), 'day'), makeBoolean('b', new Uint8Array(0))])],
  ['one row', makeTable([numbersOf('n', [1]), categoriesOf('c', ['a']), textsOf('t', ['']), makeTime('d', Float64Array.of(8.64e15), 'ms'), makeBoolean('b', Uint8Array.of(1))])],
  ['all missing', makeTable([number(30, () => null, 'n'), level(30, () => null, 'c'), textsOf('t', list(30, () => null))])],
  ['extremes', makeTable([makeNumber('n', Float64Array.from(list(60, (i) => [1e308, -1e308, 5e-324, NaN, Infinity, 0][i % 6]))), level(60, (i) => ['', ' ', '\u0000', '__proto__', 'constructor', '\ud800', '9'.repeat(400)][i % 7], 'c'), textsOf('t', list(60, (i) => '('.repeat(i * 30)))])],
];

const profileOf = (columns: readonly Column[], options?: ProfileOptions) => profileTable(makeTable(columns), quiet, options);

describe.each(alerts.all.map((kind) => [kind.type, kind] as const))('alert %s', (type, kind) => {
  test('says what it is', () => {
    expect(kind.label.length).toBeGreaterThan(2);
    expect(kind.help.length).toBeGreaterThan(20);
    for (const param of Object.values(kind.params)) expect((param as { help: string }).help.length).toBeGreaterThan(10);
    expect(planted[type], 'plant a case for it').toBeDefined();
  });
  test.each((planted[type] ?? []).map((p, k) => [k, p] as const))('is found where it was planted (%i); its fix can be taken and ends it', async (_, { columns, options }) => {
    const table = makeTable(columns);
    const before = hashTable(table);
    const found = (await profileTable(table, quiet, options)).alerts;
    const [alert] = found.filter((a) => a.code === type);
    expect(found.map((a) => a.code)).toContain(type);
    expect(hashTable(table)).toBe(before);
    expect(JSON.parse(JSON.stringify(alert))).toEqual(alert);
    expect(`${alert.message} ${alert.evidence} ${alert.fix?.label}`.replace('(NaN or infinite)', '')).not.toMatch(/NaN|Infinity|null|\[object/);
    expect((await profileTable(table, quiet, { ...options, silent: [type] })).alerts.map((a) => a.code)).not.toContain(type);
    if (alert.fix?.step) for (const key of Object.keys(alert.fix.step.params)) expect(Object.keys(steps.get(alert.fix.step.type).params)).toContain(key);
    if (!alert.fix?.clean) return;
    const cleaned = applyClean({ version: 1, steps: alert.fix.clean.map((step, k) => ({ id: `${k}`, ...step })) }, table, alone);
    expect(hashTable(cleaned.table)).not.toBe(before);
    const after = cleaned.table.columns.length ? (await profileTable(cleaned.table, quiet, options)).alerts : [];
    expect(after.filter((a) => a.code === type && a.column === alert.column && a.message === alert.message)).toEqual([]);
  });
});
test.each(odd)('no rule stumbles over a table with %s', async (_, table) => {
  const { alerts: found } = await profileTable(table, quiet, { target: table.columns[0]?.name, today: 0 });
  for (const alert of found) expect(`${alert.message} ${alert.evidence}`.replace('(NaN or infinite)', '')).not.toMatch(/undefined|NaN|\[object/);
});
test('thresholds can be moved, one alert at a time; unknown alerts and bounds are refused', async () => {
  const columns = [number(200, (i) => (i % 10 ? i % 7 : null))];
  const missing = async (options?: ProfileOptions) => (await profileOf(columns, options)).alerts.find((a) => a.code === 'missing');
  expect((await missing())!.severity).toBe('watch');
  expect((await missing({ thresholds: { missing: { many: 0.2 } } }))!.severity).toBe('info');
  expect(await missing({ thresholds: { missing: { some: 0.2 } } })).toBeUndefined();
  await expect(missing({ thresholds: { nonsense: {} } })).rejects.toMatchObject({ code: 'unknown-type' });
  await expect(missing({ thresholds: { missing: { some: 2 } } })).rejects.toMatchObject({ code: 'bad-param' });
});
test('the fallbacks of all thresholds are within their bounds', () => {
  for (const kind of alerts.all) for (const [key, value] of Object.entries(defaults(kind.params as never) as object)) {
    const param = (kind.params as { [key: string]: { min: number; max: number } })[key];
    expect(value).toBeGreaterThanOrEqual(param.min);
    expect(value).toBeLessThanOrEqual(param.max);
  }
});
test('personal values are never quoted in full', async () => {
  const secret = 'jane.doe@mail.example.org';
  const { alerts: found } = await profileOf([textsOf('x', list(40, () => secret))]);
  for (const alert of found.filter((a) => a.code === 'personal-data')) expect(`${alert.message}${alert.evidence}`).not.toContain('doe');
});
