// Ways to read a file that does not fit: a seeded sample of its rows, without its long texts, or both; each with its cost.
// Recommended is what loses least: all rows without a few columns of text when that fits, else a sample of rows.
import type { Json, JsonObject } from '../../base/json.ts';
import type { ReadPlan, ReadWay } from './read-plan.ts';

/** Share of the budget that a way may fill: estimates are good to a fifth. */
const FILL = 0.8;
/** Of a budget that is hardly more than what reading needs beside the table. */
const LEAST = 0.2;

/** Reading needs `factor` times the bytes of the columns, and `fixed` bytes beside. */
export function waysOf({ rows, columns, budget }: Omit<ReadPlan, 'ways'>, options: { format?: string; params?: Json }, factor: number, fixed: number): ReadWay[] {
  const given = (options.params ?? {}) as JsonObject;
  const room = Math.max(LEAST * budget, FILL * budget - fixed) / factor;
  const sizeOf = (some: ReadPlan['columns']): number => some.reduce((n, column) => n + column.bytes, 0);
  const way = (label: string, text: string, kept: ReadPlan['columns'] | null, sampleRows: number | null): ReadWay => ({
    label,
    text,
    options: { ...(options.format ? { format: options.format } : {}), params: { ...given, ...(kept ? { columns: kept.map((c) => c.name).join('\n') } : {}), ...(sampleRows === null ? {} : { sampleRows, sampleSeed: 1 }) } },
    rows: sampleRows ?? rows,
    bytes: Math.round((sizeOf(kept ?? columns) * (sampleRows ?? rows)) / Math.max(1, rows)),
  });
  const sampleFor = (some: ReadPlan['columns']): number => roundDown(Math.min(rows, (rows * room) / Math.max(1, sizeOf(some))));
  const plain = columns.filter((column) => column.kind !== 'text');
  const isBig = (some: ReadPlan['columns']): boolean => sizeOf(some) > room;
  const ways: ReadWay[] = [];
  const sample = sampleFor(columns);
  if (sample > 0) ways.push(way(`A sample of ${sample.toLocaleString('en')} rows`, `${percent(sample / rows)} of the rows, drawn at random from the whole file, with all columns`, null, sample));
  if (plain.length > 0 && plain.length < columns.length) {
    const names = columns.filter((column) => column.kind === 'text').map((column) => `"${column.name}"`);
    const without = `without ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
    if (!isBig(plain)) ways.unshift(way('All rows without the text columns', `all rows, ${without}`, plain, null));
    else if (sampleFor(plain) > sample * 1.5) ways.push(way(`${sampleFor(plain).toLocaleString('en')} rows without the text columns`, `${percent(sampleFor(plain) / rows)} of the rows, ${without}`, plain, sampleFor(plain)));
  }
  const narrow = narrowest(columns, room);
  if (narrow.length >= 2 && narrow.length < columns.length && !(plain.length < columns.length && !isBig(plain))) ways.push(way(`All rows of ${narrow.length} columns`, `all rows, with only ${narrow.slice(0, 8).map((c) => `"${c.name}"`).join(', ')}${narrow.length > 8 ? ` and ${narrow.length - 8} more` : ''}`, narrow, null));
  return ways;
}

/** As many columns as fit, the smallest first, in the file's order. */
function narrowest(columns: ReadPlan['columns'], room: number): ReadPlan['columns'] {
  let left = room;
  const kept = new Set([...columns].sort((a, b) => a.bytes - b.bytes).filter((column) => (left -= column.bytes) >= 0));
  return columns.filter((column) => kept.has(column));
}

/** To two digits, downwards. */
function roundDown(value: number): number {
  const unit = 10 ** Math.max(0, String(Math.floor(value)).length - 2);
  return Math.floor(value / unit) * unit;
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
