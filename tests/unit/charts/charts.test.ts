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
