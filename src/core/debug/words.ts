// Numbers and lists as findings write them.

/** Four significant digits, no trailing zeros; large and small ones as 1.2e-7. */
export function say(value: number | null): string {
  if (value === null || value !== value) return 'no number';
  if (!Number.isFinite(value)) return value > 0 ? 'infinity' : 'minus infinity';
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? String(Number(value.toPrecision(3)).toExponential()) : String(Number(value.toPrecision(4)));
}

export const percent = (share: number): string => (share > 0 && share < 0.005 ? 'less than 1 %' : `${Math.round(100 * share)} %`);

/** One row, 2 rows. */
export const plural = (count: number, thing: string): string => `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
