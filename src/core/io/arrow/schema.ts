// Arrow's schema from its FlatBuffers metadata (Schema.fbs): fields, types, dictionary ids, children.
import { intAt, longAt, stringAt, tableAt, tablesAt, vectorAt, type FlatTable } from './flatbuffer.ts';

export type TimeUnit = 0 | 1 | 2 | 3;
export type ArrowType =
  | { kind: 'null' | 'bool' | 'utf8' | 'largeUtf8' | 'binary' | 'largeBinary' | 'utf8View' | 'binaryView' | 'struct' | 'list' | 'largeList' | 'listView' | 'largeListView' | 'map' | 'runEnds' }
  | { kind: 'int'; bits: number; signed: boolean }
  | { kind: 'float'; bits: 16 | 32 | 64 }
  | { kind: 'decimal'; bits: number; scale: number }
  | { kind: 'date'; isDays: boolean }
  | { kind: 'time'; unit: TimeUnit; bits: number }
  | { kind: 'timestamp' | 'duration'; unit: TimeUnit }
  | { kind: 'interval'; unit: number }
  | { kind: 'fixedBinary'; width: number }
  | { kind: 'fixedList'; size: number }
  | { kind: 'union'; isDense: boolean; ids: number[] };

export type ArrowField = { readonly name: string; readonly type: ArrowType; readonly dictionary: { readonly id: number; readonly index: ArrowType } | null; readonly children: readonly ArrowField[]; readonly extension: string };

const MOST_FIELDS = 100_000;
const DEEPEST = 32;

/** The fields and the file's own key-value pairs. Throws Error for what this version does not know. */
export function schemaOf(table: FlatTable): { fields: ArrowField[]; pairs: Map<string, string> } {
  if (intAt(table, 0, 16) !== 0) throw new Error('its bytes are big-endian, which is not read');
  const count = { left: MOST_FIELDS };
  return { fields: tablesAt(table, 1).map((field) => fieldOf(field, 0, count)), pairs: pairsOf(table, 2) };
}

function fieldOf(table: FlatTable, depth: number, count: { left: number }): ArrowField {
  if (depth > DEEPEST || --count.left < 0) throw new Error('it holds too many fields within fields');
  const encoding = tableAt(table, 4);
  const index = encoding && tableAt(encoding, 1);
  return {
    name: stringAt(table, 0),
    type: typeOf(intAt(table, 2, 8), tableAt(table, 3)),
    dictionary: encoding && { id: longAt(encoding, 0), index: index ? intType(index) : { kind: 'int', bits: 32, signed: true } },
    children: tablesAt(table, 5).map((child) => fieldOf(child, depth + 1, count)),
    extension: pairsOf(table, 6).get('ARROW:extension:name') ?? '',
  };
}

function pairsOf(table: FlatTable, k: number): Map<string, string> {
  return new Map(tablesAt(table, k).map((pair) => [stringAt(pair, 0), stringAt(pair, 1)]));
}

const intType = (table: FlatTable): ArrowType => {
  const bits = intAt(table, 0, 32);
  if (bits !== 8 && bits !== 16 && bits !== 32 && bits !== 64) throw new Error(`integers of ${bits} bits are unknown`);
  return { kind: 'int', bits, signed: intAt(table, 1, 8) !== 0 };
};

const PLAIN: { readonly [code: number]: ArrowType } = { 1: { kind: 'null' }, 4: { kind: 'binary' }, 5: { kind: 'utf8' }, 6: { kind: 'bool' }, 12: { kind: 'list' }, 13: { kind: 'struct' }, 17: { kind: 'map' }, 19: { kind: 'largeBinary' }, 20: { kind: 'largeUtf8' }, 21: { kind: 'largeList' }, 22: { kind: 'runEnds' }, 23: { kind: 'binaryView' }, 24: { kind: 'utf8View' }, 25: { kind: 'listView' }, 26: { kind: 'largeListView' } };

function typeOf(code: number, table: FlatTable | null): ArrowType {
  const plain = PLAIN[code];
  if (plain) return plain;
  if (!table) throw new Error(`a column of type ${code} lacks its description`);
  switch (code) {
    case 2:
      return intType(table);
    case 3:
      return { kind: 'float', bits: ([16, 32, 64] as const)[intAt(table, 0, 16)] ?? 64 };
    case 7: {
      const bits = intAt(table, 2, 32, 128);
      if (bits !== 32 && bits !== 64 && bits !== 128 && bits !== 256) throw new Error(`decimals of ${bits} bits are unknown`);
      return { kind: 'decimal', bits, scale: intAt(table, 1, 32) };
    }
    case 8:
      return { kind: 'date', isDays: intAt(table, 0, 16, 1) === 0 };
    case 9:
      return { kind: 'time', unit: unitOf(intAt(table, 0, 16, 1)), bits: intAt(table, 1, 32, 32) === 64 ? 64 : 32 };
    case 10:
      return { kind: 'timestamp', unit: unitOf(intAt(table, 0, 16)) };
    case 18:
      return { kind: 'duration', unit: unitOf(intAt(table, 0, 16, 1)) };
    case 11:
      return { kind: 'interval', unit: intAt(table, 0, 16) };
    case 14: {
      const ids = vectorAt(table, 1, 4);
      return { kind: 'union', isDense: intAt(table, 0, 16) === 1, ids: Array.from({ length: ids.length }, (_, i) => table.view.getInt32(ids.at + 4 * i, true)) };
    }
    case 15: {
      const width = intAt(table, 0, 32);
      if (width < 0) throw new Error('a width is negative');
      return { kind: 'fixedBinary', width };
    }
    case 16: {
      const size = intAt(table, 0, 32);
      if (size < 0) throw new Error('a list size is negative');
      return { kind: 'fixedList', size };
    }
  }
  throw new Error(`columns of type ${code} are unknown to this version`);
}

const unitOf = (unit: number): TimeUnit => (unit === 0 || unit === 1 || unit === 2 || unit === 3 ? unit : 1);
