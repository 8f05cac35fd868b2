// One table below another: columns by name, in the order of the first, then those only the second has. A column that one
// of them lacks is missing there. Categories and text meet as text when one is text; other kinds that differ meet as categories.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import { columnRows, findColumn, makeBoolean, makeCategory, makeNumber, makeTable, makeText, makeTime } from '../build.ts';
import { columnOfNothing } from '../column-of-nothing.ts';
import { makeTextBuilder } from '../text-builder.ts';
import { categoryOfTexts, textsOfColumn, type Texts } from '../texts.ts';
import type { Column, NumberArray, Table, TextColumn } from '../table.ts';

/** `mixed`: columns whose kinds differed. */
export function stackTables(above: Table, below: Table): { table: Table; mixed: string[] } {
  const mixed: string[] = [];
  const names = [...above.columns, ...below.columns.filter(({ name }) => !findColumn(above, name))].map(({ name }) => name);
  const columns = names.map((name) => {
    const a = findColumn(above, name);
    const b = findColumn(below, name);
    if (a && b && a.kind !== b.kind) mixed.push(name);
    return stackColumns(a ?? columnOfNothing(name, b!.kind, above.rows), b ?? columnOfNothing(name, a!.kind, below.rows));
  });
  return { table: makeTable(columns, above.rows + below.rows), mixed };
}

/** The cells of `a`, then those of `b`, under the name of `a`. */
export function stackColumns(a: Column, b: Column): Column {
  const missing = stackedBits(a, b);
  if (a.kind === 'text' || b.kind === 'text') return stackedText(asText(a), asText(b), missing);
  if (a.kind !== b.kind || a.kind === 'category') return stackedCategory(a, b, missing);
  const x = a.values;
  const y = (b as { values: NumberArray }).values;
  if (a.kind === 'boolean') return makeBoolean(a.name, joined(new Uint8Array(x.length + y.length), x, y), missing);
  if (a.kind === 'time') return makeTime(a.name, joined(new Float64Array(x.length + y.length), x, y), b.kind === 'time' && a.unit === b.unit ? a.unit : 'ms', missing);
  const Type = (x.constructor === y.constructor ? x.constructor : Float64Array) as new (n: number) => NumberArray;
  return makeNumber(a.name, joined(new Type(x.length + y.length), x, y), missing);
}

function joined<T extends NumberArray>(out: T, x: NumberArray, y: NumberArray): T {
  out.set(x);
  out.set(y, x.length);
  return out;
}

function stackedBits(a: Column, b: Column): Bits | null {
  if (!a.missing && !b.missing) return null;
  const n = columnRows(a);
  const m = columnRows(b);
  const bits = makeBits(n + m);
  if (a.missing) for (let i = 0; i < n; i++) if (getBit(a.missing, i)) setBit(bits, i);
  if (b.missing) for (let i = 0; i < m; i++) if (getBit(b.missing, i)) setBit(bits, n + i);
  return bits;
}

function stackedCategory(a: Column, b: Column, missing: Bits | null): Column {
  const [x, y]: Texts[] = [textsOfColumn(a), textsOfColumn(b)];
  const index = new Map(x.levels.map((level, code) => [level, code]));
  const levels = [...x.levels];
  const map = Int32Array.from(y.levels, (level) => {
    const known = index.get(level);
    if (known !== undefined) return known;
    index.set(level, levels.length);
    return levels.push(level) - 1;
  });
  const n = x.codes.length;
  const codes = new Int32Array(n + y.codes.length);
  codes.set(x.codes);
  for (let i = 0; i < y.codes.length; i++) codes[n + i] = b.missing && getBit(b.missing, i) ? 0 : map[y.codes[i]];
  return a.kind === 'category' && b.kind === 'category' ? makeCategory(a.name, codes, levels, missing) : categoryOfTexts(a.name, { codes, levels, missing });
}

function stackedText(a: TextColumn, b: TextColumn, missing: Bits | null): Column {
  const n = a.offsets.length - 1;
  const offsets = new Uint32Array(n + b.offsets.length);
  offsets.set(a.offsets);
  const start = a.offsets[n];
  for (let i = 1; i < b.offsets.length; i++) offsets[n + i] = start + b.offsets[i];
  const bytes = new Uint8Array(offsets[offsets.length - 1]);
  bytes.set(a.bytes.subarray(0, start));
  bytes.set(b.bytes.subarray(0, b.offsets[b.offsets.length - 1]), start);
  return makeText(a.name, bytes, offsets, missing);
}

function asText(column: Column): TextColumn {
  if (column.kind === 'text') return column;
  const { codes, levels, missing } = textsOfColumn(column);
  const builder = makeTextBuilder(codes.length);
  for (let i = 0; i < codes.length; i++) builder.push(missing && getBit(missing, i) ? null : levels[codes[i]]);
  return builder.build(column.name);
}
