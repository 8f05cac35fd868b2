// The profile of free text: lengths in Unicode code points, distinct texts (exact to 100,000), and the 50 most frequent
// while the count is exact. Texts are told apart by a 64-bit hash of their bytes.
import { getBit } from '../base/bits.ts';
import { mix32 } from '../base/random.ts';
import { cellText } from '../table/cell.ts';
import type { TextColumn } from '../table/table.ts';
import { makeDistinctCounter } from './count-distinct.ts';

export type TextFacts = { distinct: number; isExact: boolean; present: number; levels: { level: string; count: number }[]; text: { minLength: number; maxLength: number; meanLength: number } | null };

export function profileText(column: TextColumn, topLevels: number): TextFacts {
  const { bytes, offsets, missing } = column;
  const rows = offsets.length - 1;
  const counter = makeDistinctCounter(rows);
  const counts = new Map<number, { row: number; count: number }>();
  let present = 0;
  let min = Infinity;
  let max = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    if (missing && getBit(missing, i)) continue;
    let a = 0x811c9dc5;
    let b = 0x2545f491;
    let length = 0;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) {
      const byte = bytes[k];
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b + byte, 0x85ebca6b) ^ (b >>> 13);
      if ((byte & 0xc0) !== 0x80) length++;
    }
    present++;
    total += length;
    if (length < min) min = length;
    if (length > max) max = length;
    const slot = counter.add(mix32(a), mix32(b));
    if (slot < 0) continue;
    const held = counts.get(slot);
    if (held) held.count++;
    else counts.set(slot, { row: i, count: 1 });
  }
  const top = counter.isExact() ? [...counts.values()].filter((l) => l.count > 1 || counts.size <= topLevels).sort((x, y) => y.count - x.count || x.row - y.row).slice(0, topLevels) : [];
  return {
    distinct: Math.min(counter.count(), present),
    isExact: counter.isExact(),
    present,
    levels: top.map(({ row, count }) => ({ level: cellText(column, row)!.slice(0, 200), count })),
    text: present ? { minLength: min, maxLength: max, meanLength: total / present } : null,
  };
}
