// Plain-text tables and numbers for the terminal: right-aligned figures, units said once.

/** Columns padded to their widest cell; numbers (second argument true) align right. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[], right: readonly boolean[]): string {
  const widths = header.map((h, c) => Math.max(h.length, ...rows.map((r) => r[c].length)));
  const line = (cells: readonly string[]) => cells.map((cell, c) => (right[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c]))).join('  ').trimEnd();
  return [line(header), ...rows.map(line)].join('\n');
}

/** A number to five figures, but never more than `places` decimals: 0.9063, 514.32, 115138. */
export function digits(value: number | null, places = 4): string {
  if (value === null || !Number.isFinite(value)) return '-';
  const whole = String(Math.trunc(Math.abs(value))).length;
  return value.toFixed(Math.max(0, Math.min(places, 5 - whole)));
}

/** Bytes with a unit: 512 B, 3.1 kB, 12.0 MB. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export const msText = (ms: number): string => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`);
/** 1 row, 2 rows. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : noun.endsWith('ch') ? 'es' : 's'}`;
/** At most `limit` lines; the last then says how many were left out. */
export const atMost = (limit: number, lines: readonly string[]): string[] => (lines.length <= limit ? [...lines] : [...lines.slice(0, limit - 1), `... and ${lines.length - limit + 1} more like these`]);

/** The text in lines of at most `width` characters, broken between words. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
