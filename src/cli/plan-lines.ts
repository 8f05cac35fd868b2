// A ReadPlan in words: what reading would cost, whether that fits, and what to do when it does not.
import type { ReadPlan } from '../core/io/plan.ts';
import { bytesText, count, textTable } from './print.ts';

const BASIS: Record<ReadPlan['basis'], string> = { whole: 'exact', sample: 'from a sample of its bytes', footer: 'from its footer and a sample of rows', size: 'from its size alone' };
const SHOWN = 60;

export function planLines(file: string, plan: ReadPlan): string[] {
  const { rows, columns, bytes, peak, budget, fits, basis, ways } = plan;
  const about = basis === 'whole' || basis === 'footer' ? '' : 'about ';
  const shown = columns.slice(0, SHOWN).map((c) => [c.name, c.kind, bytesText(c.bytes)]);
  return [
    `${file}: ${plan.format}, ${bytesText(plan.sourceBytes)}; ${about}${count(rows, 'row')}, ${count(columns.length, 'column')} (${BASIS[basis]})`,
    textTable(['column', 'kind', 'in memory'], shown, [false, false, true]),
    ...(columns.length > SHOWN ? [`... and ${columns.length - SHOWN} more columns`] : []),
    `in memory ${bytesText(bytes)}, at most ${bytesText(peak)} while reading; ${fits ? 'fits in' : 'does not fit in'} ${bytesText(budget)}`,
    ...ways.map((way, k) => `${k === 0 ? 'recommended' : 'or'}: ${way.label} (${bytesText(way.bytes)}): ${way.text}`),
    ...(fits ? [] : ['"profile" streams such a file: all rows, in memory that does not grow with them']),
  ];
}
