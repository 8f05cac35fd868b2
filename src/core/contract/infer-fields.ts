// The later fields of a column's contract that its values suggest: whole numbers, lengths, uniqueness of identifiers, the
// share of missing with a margin, the pattern of codes. Proposals only (they warn, never refuse), wide enough that other
// rows of the same source keep to them; from fewer than 20 present values nothing is proposed.
import { countBits, getBit } from '../base/bits.ts';
import { isIdentifier } from '../profile/is-identifier.ts';
import { cellText } from '../table/cell.ts';
import type { CategoryColumn, Column, NumberColumn, TextColumn } from '../table/table.ts';
import { lengthOf } from './cell-tests.ts';
import { codesOf } from './codes-of.ts';
import type { ColumnContract } from './contract.ts';
import { inferShape } from './infer-shape.ts';

type Later = Pick<ColumnContract, 'integers' | 'length' | 'unique' | 'missingShare' | 'pattern'>;
const FEWEST = 20;

export function inferFields(column: Column, rows: number): Later {
  const missing = countBits(column.missing, rows);
  if (rows - missing < FEWEST) return {};
  const share: Later = missing ? { missingShare: { max: shareWithMargin(missing / rows, rows), policy: 'warn' } } : {};
  if (column.kind === 'number') return { ...share, ...ofNumbers(column, rows, missing) };
  if (column.kind === 'category' || column.kind === 'text') return { ...share, ...ofTexts(column, rows, missing) };
  return share;
}

/** What was seen, plus five points or three standard errors, in whole per cents. */
export const shareWithMargin = (share: number, rows: number): number => Math.min(1, Math.ceil((share + Math.max(0.05, 3 * Math.sqrt((share * (1 - share)) / rows))) * 100) / 100);

function ofNumbers(column: NumberColumn, rows: number, missing: number): Later {
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < rows; i++) {
    if (column.missing && getBit(column.missing, i)) continue;
    const value = column.values[i];
    if (!Number.isInteger(value)) return {};
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const isNamed = isIdentifier({
    name: column.name, kind: 'number', rows, missing, distinct: rows - missing, distinctIsExact: true, levels: null, rest: 0, text: null,
    number: { min, max, mean: 0, sd: 0, skew: 0, zeros: 0, integers: true, quantiles: [], histogram: [] },
  });
  const isUnique = isNamed && max - min + 1 >= rows - missing && codesOf(column, rows).count === rows - missing;
  return { integers: 'warn', ...(isUnique ? { unique: 'warn' as const } : {}) };
}

function ofTexts(column: CategoryColumn | TextColumn, rows: number, missing: number): Later {
  const levels = column.kind === 'category' ? usedLevels(column, rows) : null;
  const isUnique = levels ? levels.length === rows - missing && !levels.some(hasSpace) : allDiffer(column, rows);
  const pattern = inferShape(levels ?? present(column, rows));
  return {
    ...(isUnique ? { unique: 'warn' as const } : {}),
    ...(!levels || levels.length > 1000 ? { length: lengthsOf(column, rows) } : {}),
    ...(pattern ? { pattern: { text: pattern, policy: 'warn' as const } } : {}),
  };
}

/** From half the shortest to twice the longest and a word more; codes of one length are the pattern's business. */
function lengthsOf(column: CategoryColumn | TextColumn, rows: number): Later['length'] {
  let [min, max] = [Infinity, 0];
  for (let i = 0; i < rows; i++) {
    if (column.missing && getBit(column.missing, i)) continue;
    const length = column.kind === 'text' ? pointsIn(column, i) : lengthOf(column.levels[column.codes[i]]);
    if (length < min) min = length;
    if (length > max) max = length;
  }
  return { min: Math.floor(min / 2), max: 2 * max + 10, policy: 'warn' };
}

/** Code points of a UTF-8 cell: its bytes but those that go on from another. */
function pointsIn({ bytes, offsets }: TextColumn, row: number): number {
  let length = 0;
  for (let k = offsets[row]; k < offsets[row + 1]; k++) if ((bytes[k] & 0xc0) !== 0x80) length++;
  return length;
}

function usedLevels(column: CategoryColumn, rows: number): string[] {
  const used = new Uint8Array(column.levels.length);
  for (let i = 0; i < rows; i++) if (!(column.missing && getBit(column.missing, i))) used[column.codes[i]] = 1;
  return column.levels.filter((_, code) => used[code]);
}

const hasSpace = (text: string): boolean => /\s/.test(text);

function* present(column: Column, rows: number): Generator<string> {
  for (let i = 0; i < rows; i++) {
    const value = cellText(column, i);
    if (value !== null) yield value;
  }
}

/** No text twice, none with a blank; ends at the first that breaks it. */
function allDiffer(column: Column, rows: number): boolean {
  const seen = new Set<string>();
  for (const value of present(column, rows)) {
    if (seen.has(value) || hasSpace(value)) return false;
    seen.add(value);
  }
  return true;
}
