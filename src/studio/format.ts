// Numbers for the eye: counts with thin separators, sensible digits, units that a person reads at a glance.
// Locale-free on purpose (the same screenshot everywhere); minus signs are real minus signs.
const THIN = '\u202f';

/** 3000000 -> "3 000 000" with narrow no-break spaces; below 10,000 no separator is needed but 1,000s get one. */
export function count(value: number): string {
  const text = String(Math.round(Math.abs(value)));
  return (value < 0 ? '−' : '') + text.replace(/\B(?=(\d{3})+(?!\d))/g, THIN);
}

/** 3012345 -> "3.0M", 12345 -> "12k", 999 -> "999": for marks in the rail. */
export function brief(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)}G`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`;
  if (value >= 1e4) return `${Math.round(value / 1e3)}k`;
  return count(value);
}

/** Bytes in kB (1,000) as a person counts files: 188 kB, 2.1 MB. */
export function bytes(value: number): string {
  if (value < 1000) return `${Math.round(value)} B`;
  if (value < 1e6) return `${value < 1e4 ? (value / 1e3).toFixed(1) : Math.round(value / 1e3)} kB`;
  if (value < 1e9) return `${value < 1e8 ? (value / 1e6).toFixed(1) : Math.round(value / 1e6)} MB`;
  return `${(value / 1e9).toFixed(2)} GB`;
}

/** Milliseconds as a person waits: 40 ms, 3.2 s, 1 m 20 s. */
export function time(ms: number): string {
  if (ms < 100) return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  return `${Math.floor(ms / 60_000)} m ${Math.round((ms % 60_000) / 1000)} s`;
}

/** Time that is left, no finer than it can be known: 4 s, 1 m 20 s. */
export const timeLeft = (ms: number): string => (ms < 59_500 ? `${Math.max(1, Math.round(ms / 1000))} s` : time(ms));

/** Microseconds for one row: 0.21 µs, 14 µs, 1.2 ms. */
export function micros(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} ms`;
  return `${value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2)} µs`;
}

/** A share in [0, 1] as per cent: 0.214 -> "21 %", 0.004 -> "0.4 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value !== 0 && Math.abs(value) < 0.1) return value > 0 ? '< 0.1 %' : '> −0.1 %';
  return `${Math.abs(value) < 10 && value % 1 !== 0 ? value.toFixed(1) : Math.round(value)} %`.replace('-', '−');
}

/** Any number with about four significant digits: 0.7412, 12.35, 48 120, 1.2e+9. */
export function figure(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return value.toExponential(Math.max(0, digits - 2)).replace('-', '−');
  if (Number.isInteger(value) || size >= 10 ** digits) return count(value);
  const places = size >= 1 ? Math.max(0, digits - String(Math.floor(size)).length) : digits;
  return value.toFixed(places).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '').replace('-', '−');
}

/** A score: four decimals, so that columns align and 1 is told from almost 1. */
export function score(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 10_000) return figure(value);
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 4).replace('-', '−');
}

/** "1 row", "2 rows". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** A day and time from milliseconds since 1970, in the person's own zone: 2026-11-23 15:54. */
export function moment(ms: number): string {
  const d = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** A UTC day from milliseconds since 1970: 1990-01-08. */
export const day = (ms: number): string => (Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString().slice(0, 10) : '–');

/** "a, b and c"; at most `most` names, then "and 4 more". */
export function list(names: readonly string[], most = 4): string {
  if (names.length === 0) return 'nothing';
  if (names.length === 1) return names[0]!;
  if (names.length > most) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A cell of a table as text, with a long fraction cut for the eye, to six significant digits or two decimals; all else as it is. */
export const shortCell = (cell: string | null | undefined): string | null | undefined =>
  cell && /^-?\d+\.\d{6,}(e-\d+)?$/.test(cell) ? String(Number(Number(cell).toPrecision(Math.max(6, cell.replace('-', '').indexOf('.') + 2)))) : cell;
