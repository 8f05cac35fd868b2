// One leaf of a Parquet file -> one column, fed page by page. Dictionary indices go straight to category codes: each dictionary
// value is looked at once, whatever the number of rows. Integers beyond 2^53 turn the column into text, so that no id changes.
import type { DecodedArray } from 'hyparquet';
import type { Note } from '../../base/task.ts';
import { makeBoolean, makeNumber, makeTime } from '../../table/build.ts';
import type { Column } from '../../table/table.ts';
import { finishMask } from '../build/growing.ts';
import { finishDoubles, finishNumbers, makeNumberBuilder, pushMissingNumbers, pushNumber, type NumberBuilder } from '../build/number-builder.ts';
import { finishStrings, internLevel, isUtf8, makeStringBuilder, pushCode, pushMissingStrings, pushString, type StringBuilder } from '../build/string-builder.ts';
import type { Hint } from '../build/typed-column.ts';
import type { Leaf } from './leaf.ts';
import type { PageSink } from './pages.ts';
import { decimalValue, floorMs, halfFloat, hexOf, int96Ms, integersOf, TooWide } from './values.ts';

export interface LeafColumn extends PageSink {
  finish(name: string, notes: Note[]): Column;
}

/** A column of that leaf; with `asText` integers are kept as their digits. */
export function makeLeafColumn(leaf: Leaf, asText: boolean, hint: Hint = {}): LeafColumn {
  const isString = asText || leaf.meaning === 'string' || leaf.meaning === 'uuid' || leaf.meaning === 'bytes';
  return isString ? stringColumn(leaf, hint) : numberColumn(leaf, hint);
}

function stringColumn(leaf: Leaf, hint: Hint): LeafColumn {
  const builder = makeStringBuilder();
  let dictionary: Uint8Array[] = [];
  let codes = new Int32Array(0);
  let binary = 0;
  const bytesOf = textBytes(leaf, () => binary++);
  const push = (b: StringBuilder, bytes: Uint8Array): void => pushString(b, bytes, 0, bytes.length);
  return {
    dictionary(values) {
      dictionary = Array.from(values as ArrayLike<unknown>, bytesOf);
      codes = new Int32Array(dictionary.length).fill(-1);
    },
    indices(rows, levels, top, indices) {
      for (let row = 0, k = 0; row < rows; row++) {
        if (levels !== null && levels[row] !== top) {
          pushMissingStrings(builder);
          continue;
        }
        const index = indices[k++];
        if (builder.codes === null) push(builder, dictionary[index]);
        else {
          const code = codes[index] >= 0 ? codes[index] : (codes[index] = internLevel(builder, dictionary[index], 0, dictionary[index].length));
          if (code >= 0) pushCode(builder, code);
          else push(builder, dictionary[index]);
        }
      }
    },
    values(rows, levels, top, values) {
      for (let row = 0, k = 0; row < rows; row++) {
        if (levels !== null && levels[row] !== top) pushMissingStrings(builder);
        else push(builder, bytesOf((values as ArrayLike<unknown>)[k++]));
      }
    },
    finish(name, notes) {
      if (binary) notes.push({ code: 'binary', message: `column "${name}" holds bytes that are no text; they are shown as hexadecimal digits`, column: name, rows: binary, example: null });
      return finishStrings(builder, name, hint.kind === 'category' || hint.kind === 'text' ? hint.kind : 'auto');
    },
  };
}

/** How a stored value becomes UTF-8 bytes. */
function textBytes(leaf: Leaf, onBinary: () => void): (value: unknown) => Uint8Array {
  const encoder = new TextEncoder();
  return (value) => {
    if (!(value instanceof Uint8Array)) return encoder.encode(String(leaf.meaning === 'unsigned' && typeof value === 'bigint' ? BigInt.asUintN(64, value) : value));
    if (leaf.meaning === 'uuid' && value.length === 16) return encoder.encode(hexOf(value).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
    if (leaf.meaning !== 'bytes' && isUtf8(value)) return value;
    onBinary();
    return encoder.encode(hexOf(value.subarray(0, 1000)));
  };
}

function numberColumn(leaf: Leaf, hint: Hint): LeafColumn {
  const builder = makeNumberBuilder();
  let dictionary: ArrayLike<number> = [];
  return {
    dictionary(values) {
      dictionary = doublesOf(leaf, values, false);
    },
    indices(rows, levels, top, indices) {
      if (levels === null) for (let row = 0; row < rows; row++) pushKnown(leaf, builder, dictionary[indices[row]]);
      else
        for (let row = 0, k = 0; row < rows; row++) {
          if (levels[row] === top) pushKnown(leaf, builder, dictionary[indices[k++]]);
          else pushMissingNumbers(builder);
        }
    },
    values(rows, levels, top, values) {
      const doubles = doublesOf(leaf, values, true);
      if (levels === null) for (let row = 0; row < rows; row++) pushNumber(builder, doubles[row]);
      else
        for (let row = 0, k = 0; row < rows; row++) {
          if (levels[row] === top) pushNumber(builder, doubles[k++]);
          else pushMissingNumbers(builder);
        }
    },
    finish: (name, notes) => finishNumberColumn(leaf, hint, builder, name, notes),
  };
}

/** A dictionary may hold a value that no row uses; only used ones count as too wide. */
function pushKnown(leaf: Leaf, builder: NumberBuilder, value: number): void {
  if ((leaf.meaning === 'integer' || leaf.meaning === 'unsigned') && !Number.isSafeInteger(value)) throw new TooWide();
  pushNumber(builder, value);
}

function finishNumberColumn(leaf: Leaf, hint: Hint, builder: NumberBuilder, name: string, notes: Note[]): Column {
  const about = (code: string, message: string, rows: number): void => void notes.push({ code, message, column: name, rows, example: null });
  if (builder.infinite) about('infinite', `column "${name}": ${builder.infinite} infinite values are kept as missing`, builder.infinite);
  if (leaf.meaning === 'clock') about('clock', `column "${name}" holds times of day; they are read as milliseconds since midnight`, builder.rows);
  const isTime = leaf.meaning === 'date' || leaf.meaning === 'millis' || leaf.meaning === 'micros' || leaf.meaning === 'nanos' || leaf.meaning === 'int96';
  if (isTime) {
    const values = finishDoubles(builder);
    let finer = 0;
    let isSecond = true;
    for (let i = 0; i < values.length; i++) {
      const whole = Math.floor(values[i]);
      if (whole !== values[i]) {
        values[i] = whole;
        finer++;
      }
      if (whole % 1000 !== 0) isSecond = false;
    }
    if (finer) about('precision', `column "${name}": ${finer} times were finer than a millisecond and are cut to it`, finer);
    return makeTime(name, values, leaf.meaning === 'date' ? 'day' : isSecond && hint.unit !== 'ms' ? 'second' : 'ms', finishMask(builder.mask, builder.rows));
  }
  const { values, missing } = finishNumbers(builder);
  return leaf.meaning === 'boolean' ? makeBoolean(name, Uint8Array.from(values), missing) : makeNumber(name, values, missing);
}

/** Stored values as doubles: numbers as such, times as milliseconds (a fraction tells a finer one), booleans as 0 and 1. */
function doublesOf(leaf: Leaf, values: DecodedArray, isStrict: boolean): ArrayLike<number> {
  const scale = leaf.element.scale ?? (leaf.element.logical_type?.type === 'DECIMAL' ? leaf.element.logical_type.scale : 0);
  const list = values as ArrayLike<unknown>;
  switch (leaf.meaning) {
    case 'boolean':
      return Float64Array.from(list, (v) => (v ? 1 : 0));
    case 'half':
      return Float64Array.from(list, (v) => halfFloat(v as Uint8Array));
    case 'int96':
      return Float64Array.from(list, (v) => int96Ms(v as bigint));
    case 'decimal':
      return Float64Array.from(list, (v) => decimalValue(v as number | bigint | Uint8Array, scale));
    case 'date':
      return Float64Array.from(list, (v) => (v as number) * 86400000);
    case 'millis':
      return integersOf(values, false, isStrict);
    case 'micros':
      return Float64Array.from(integersOf(values, false, false), (v, k) => (Number.isSafeInteger(v) ? v / 1000 : floorMs(list[k] as bigint, 1000n)));
    case 'nanos':
      return Float64Array.from(list, (v) => floorMs(v as bigint, 1000000n));
    case 'clock': {
      const logical = leaf.element.logical_type;
      const unit = logical?.type === 'TIME' ? logical.unit : leaf.element.converted_type === 'TIME_MICROS' ? 'MICROS' : 'MILLIS';
      const per = unit === 'MILLIS' ? 1 : unit === 'MICROS' ? 1000 : 1000000;
      return Float64Array.from(integersOf(values, false, isStrict), (v) => v / per);
    }
    case 'integer':
    case 'unsigned':
      return integersOf(values, leaf.meaning === 'unsigned', isStrict);
  }
  return values as ArrayLike<number>;
}
