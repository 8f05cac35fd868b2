// Every chart of the registry: draws typical, one-row and empty data without NaN, is named, and looks as it did (digits as #).
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import type { Chart } from '../../../src/charts/chart.ts';
import { charts } from '../../../src/charts/index.ts';
import { samples } from './samples.ts';

const document = new Window().document as unknown as Document;
const all = Object.entries(charts) as unknown as [keyof typeof samples, Chart<object>][];
const normal = (svg: string): string => svg.replace(/\d+(\.\d+)?(e-?\d+)?/g, '#').replace(/(L#,#|L-#,#)+/g, 'L').replace(/></g, '>\n<');
/** Equal neighbours once, so that a snapshot says what is drawn and not how often. */
const brief = (text: string): string => text.split('\n').filter((line, index, lines) => line !== lines[index - 1]).join('\n');

it('has every chart under its own type', () => {
  for (const [type, chart] of all) expect(chart.type).toBe(type);
  expect(Object.keys(samples).sort()).toEqual(Object.keys(charts).sort());
});

describe.each(all)('%s', (type, chart) => {
  it.each(['typical', 'one', 'empty'] as const)('draws %s data without NaN and without style attributes', (size) => {
    const svg = chart.draw(samples[type][size], {}, document);
    expect(svg.outerHTML).not.toMatch(/NaN|Infinity|undefined| style=/);
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.getAttribute('aria-label')?.length).toBeGreaterThan(8);
  });
  it('gives the same picture for the same data, and leaves the data alone', () => {
    const before = JSON.stringify(samples[type].typical);
    expect(chart.draw(samples[type].typical, {}, document).outerHTML).toBe(chart.draw(samples[type].typical, {}, document).outerHTML);
    expect(JSON.stringify(samples[type].typical)).toBe(before);
  });
  it('fits the width it is given, even a narrow one', () => {
    const svg = chart.draw(samples[type].typical, { width: 180 }, document);
    expect(svg.getAttribute('width')).toBe('180');
    expect(svg.outerHTML).not.toMatch(/NaN|width="-|height="-|r="-/);
  });
  it('lists its figures, one cell per column', () => {
    const table = chart.rows(samples[type].typical);
    expect(table.cells.length).toBeGreaterThan(0);
    for (const row of table.cells) expect(row.length).toBe(table.columns.length);
    expect(chart.rows(samples[type].empty).cells.length).toBeLessThanOrEqual(1);
  });
  it('looks as it did', () => expect(brief(normal(chart.draw(samples[type].typical, {}, document).outerHTML))).toMatchSnapshot());
});

describe('by-target', () => {
  const bins = ['Married-civ-spouse', 'Never-married', 'Divorced', 'missing'].map((label, i) => ({ label, from: null, to: null, count: 10 * (4 - i), mean: 5 + i, low: 4 + i, high: 6 + i }));
  it.each(['classes', 'value'] as const)('writes long level names beside their rows (%s)', (kind) => {
    const data = kind === 'value' ? { kind, column: 'status', bins, rows: 100, sampled: 100 } : { kind, column: 'status', classes: ['no', 'yes'], bins: bins.map((bin) => ({ label: bin.label, from: null, to: null, counts: [bin.count, 5] })), rows: 100, sampled: 100 };
    const svg = charts['by-target'].draw(data, { levels: 3 }, document);
    expect(svg.textContent).toContain('Married');
    expect(svg.textContent).toContain('and 1 more');
    expect(svg.outerHTML).not.toMatch(/NaN|height="-|width="-/);
  });
  it('puts ranges at their true places when empty bins were left out, and missing apart', () => {
    const range = (from: number) => ({ label: `${from} to ${from + 1}`, from, to: from + 1, count: 1, mean: 1, low: 1, high: 1 });
    const svg = charts['by-target'].draw({ kind: 'value', column: 'x', bins: [range(0), range(9), { label: 'missing', from: null, to: null, count: 1, mean: 2, low: 2, high: 2 }], rows: 3, sampled: 3 }, {}, document);
    const [first, second, third] = [...svg.querySelectorAll('circle')].map((dot) => Number(dot.getAttribute('cx')));
    expect(second! - first!).toBeGreaterThan(5 * (third! - second!));
  });
});
