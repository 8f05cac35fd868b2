// The aggregates of a group step: text lines "name = mean(column)" <-> rows of a small form.

export type Aggregate = { name: string; how: string; column: string };
export const hows: readonly { value: string; label: string; needsColumn: boolean }[] = [
  { value: 'count', label: 'number of rows', needsColumn: false }, { value: 'sum', label: 'sum', needsColumn: true }, { value: 'mean', label: 'mean', needsColumn: true }, { value: 'median', label: 'median', needsColumn: true },
  { value: 'min', label: 'smallest', needsColumn: true }, { value: 'max', label: 'largest', needsColumn: true }, { value: 'sd', label: 'standard deviation', needsColumn: true }, { value: 'distinct', label: 'distinct values', needsColumn: true },
  { value: 'first', label: 'first', needsColumn: true }, { value: 'last', label: 'last', needsColumn: true }, { value: 'mode', label: 'most frequent', needsColumn: true },
];

/** Lines that it cannot read are kept apart, as they stand. */
export function parseAggregates(text: string): { rows: Aggregate[]; rest: string[] } {
  const rows: Aggregate[] = [];
  const rest: string[] = [];
  for (const line of text.split('\n').map((each) => each.trim()).filter((each) => each !== '')) {
    const parts = line.match(/^(.*?)\s*=\s*([a-z-]+)\(([^)]*)\)$/);
    if (parts === null) rest.push(line);
    else rows.push({ name: parts[1]!.trim(), how: parts[2]!, column: parts[3]!.trim() });
  }
  return { rows, rest };
}
export const printAggregates = (rows: readonly Aggregate[], rest: readonly string[] = []): string => [...rows.map((row) => `${row.name} = ${row.how}(${row.column})`), ...rest].join('\n');
/** A name for it that no other has: "mean of price". */
export function aggregateName(how: string, column: string, taken: readonly string[]): string {
  const name = column === '' ? 'rows' : `${how} of ${column}`;
  let free = name;
  for (let n = 2; taken.includes(free); n++) free = `${name} ${n}`;
  return free;
}
