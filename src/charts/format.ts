// Numbers and dates as the eye wants them: few digits, thin grouping, true minus, never "NaN".
// Locale is fixed so that a chart drawn twice is the same.
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
const significant = (digits: number): Intl.NumberFormat => new Intl.NumberFormat('en-US', { maximumSignificantDigits: digits });
const plain4 = significant(4);
const minus = (text: string): string => text.replace('-', '\u2212').replaceAll(',', '\u202f').replace('K', 'k');

/** 12 345, with a narrow no-break space as on every page. */
export const count = (value: number): string => (Number.isFinite(value) ? minus(grouped.format(value)) : '\u2013');
/** 12.3K, 3M: for axes. */
export const compact = (value: number): string => (Number.isFinite(value) ? minus(Math.abs(value) < 1000 ? plain4.format(value) : short.format(value)) : '\u2013');
/** Four significant digits; scientific beyond 1e-4..1e9. */
export function figure(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '\u2013';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return minus(value.toExponential(2));
  return minus(size >= 1000 ? grouped.format(value) : plain4.format(value));
}
/** A score: always four decimals, so that columns align. */
export const score = (value: number): string => (Number.isFinite(value) ? minus(Math.abs(value) >= 1000 ? grouped.format(value) : value.toFixed(Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 4)) : '\u2013');
/** 0.1234 -> 12 %; one decimal under 10 %, "<0.1 %" instead of a false zero. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '\u2013';
  const value = share * 100;
  if (value > 0 && value < 0.1) return '<0.1\u00a0%';
  if (value < 100 && value > 99.9) return '>99.9\u00a0%';
  return `${minus(value < 10 || value > 99 ? String(Number(value.toFixed(1))) : value.toFixed(0))}\u00a0%`;
}
/** 1,536,000 -> 1.54 MB (decimal units). */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let rest = value;
  while (rest >= 1000 && unit < units.length - 1) { rest /= 1000; unit++; }
  return `${rest >= 100 || unit === 0 ? rest.toFixed(0) : significant(3).format(rest)} ${units[unit] ?? ''}`;
}
/** Milliseconds since 1970 as a date, with as much as `span` (ms shown at once) needs. */
export function date(ms: number, span = 1e12): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return '\u2013';
  const iso = new Date(ms).toISOString();
  const day = 86_400_000;
  if (span < 2 * day) return iso.slice(11, 16);
  if (span < 90 * day) return iso.slice(5, 10);
  return span < 900 * day ? iso.slice(0, 7) : iso.slice(0, 4);
}
/** The whole date (and time, when it has one), for hover. */
export const fullDate = (ms: number): string => (Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString().replace('T', ' ').replace(/( 00:00)?:00\.000Z$|\.\d+Z$/, '') : '\u2013');

/** Cut to about `width` pixels of 11-px text; the whole text belongs into a title. */
export function clip(text: string, width: number): string {
  const letters = Math.max(2, Math.floor(width / 6.1 + 1e-6));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}\u2026`;
}
/** Pixels that 11-px text takes, roughly; for layout without a browser. */
export const textWidth = (text: string): number => text.length * 6.1;
