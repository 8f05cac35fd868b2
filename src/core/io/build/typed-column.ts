// Values of one declared type, pushed row by row -> a column: what Arrow and Avro share. The declared type decides the kind;
// integers beyond 2^53 throw TooWide, and the caller reads that column again as text, so that no id changes.
import { BarnacleError } from '../../base/errors.ts';
import type { Note } from '../../base/task.ts';
import { makeBoolean, makeNumber, makeTime } from '../../table/build.ts';
import type { Column } from '../../table/table.ts';
import { finishMask } from './growing.ts';
import { finishDoubles, finishNumbers, makeNumberBuilder, pushMissingNumbers, pushNumber } from './number-builder.ts';
import { finishStrings, internLevel, isUtf8, makeStringBuilder, pushCode, pushMissingStrings, pushString } from './string-builder.ts';

/** day and time are milliseconds since 1970 (a fraction tells a finer one); clock milliseconds since midnight; duration milliseconds. */
export type Meaning = 'number' | 'boolean' | 'day' | 'time' | 'clock' | 'duration' | 'text' | 'json' | 'hex';

export class TooWide {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

export interface TypedColumn {
  readonly meaning: Meaning;
  readonly rows: number;
  /** A number for the numeric meanings (1 and 0 for booleans), else bytes. Infinities are counted, NaN is missing. */
  pushNumber(value: number): void;
  pushBytes(bytes: Uint8Array): void;
  /** A dictionary value seen before under that key; false when `bytes` must be pushed. */
  pushKnown(key: number, bytes: () => Uint8Array): void;
  /** Keys mean something else from here on. */
  forget(): void;
  pushMissing(count?: number): void;
  finish(name: string, notes: Note[]): Column;
}

/** What a writer of ours said about the column, see write/hints.ts. */
export type Hint = { kind?: string; unit?: string };

const MOST_TEXT = 2 ** 31;
const MOST_NESTED = 256 * 1024 ** 2;

export function makeTypedColumn(meaning: Meaning, hint: Hint = {}): TypedColumn {
  return meaning === 'text' || meaning === 'json' || meaning === 'hex' ? stringColumn(meaning, hint) : numberColumn(meaning, hint);
}

function numberColumn(meaning: Meaning, hint: Hint): TypedColumn {
  const builder = makeNumberBuilder();
  const never = (): never => {
    throw new Error('a number was expected');
  };
  return {
    meaning,
    get rows() {
      return builder.rows;
    },
    pushNumber: (value) => pushNumber(builder, value),
    pushBytes: never,
    pushKnown: never,
    forget: () => {},
    pushMissing: (count = 1) => count > 0 && pushMissingNumbers(builder, count),
    finish(name, notes) {
      const about = (code: string, message: string, rows: number): void => void notes.push({ code, message, column: name, rows, example: null });
      if (builder.infinite) about('infinite', `column "${name}": ${builder.infinite} infinite values are kept as missing`, builder.infinite);
      if (meaning === 'clock') about('clock', `column "${name}" holds times of day; they are read as milliseconds since midnight`, builder.rows);
      if (meaning === 'duration') about('duration', `column "${name}" holds durations; they are read as milliseconds`, builder.rows);
      if (meaning === 'day' || meaning === 'time') return timeOf(name, finishDoubles(builder), meaning, hint, finishMask(builder.mask, builder.rows), about);
      const { values, missing } = finishNumbers(builder);
      return meaning === 'boolean' ? makeBoolean(name, Uint8Array.from(values), missing) : makeNumber(name, values, missing);
    },
  };
}

function timeOf(name: string, values: Float64Array, meaning: Meaning, hint: Hint, missing: Uint8Array | null, about: (code: string, message: string, rows: number) => void): Column {
  let finer = 0;
  let isSecond = true;
  let isDay = true;
  for (let i = 0; i < values.length; i++) {
    const whole = Math.floor(values[i]);
    if (whole !== values[i]) {
      values[i] = whole;
      finer++;
    }
    if (whole % 1000 !== 0) isSecond = false;
    if (whole % 86400000 !== 0) isDay = false;
  }
  if (finer) about('precision', `column "${name}": ${finer} times were finer than a millisecond and are cut to it`, finer);
  const unit = meaning === 'day' && isDay ? 'day' : hint.unit === 'ms' ? 'ms' : isSecond ? 'second' : 'ms';
  return makeTime(name, values, unit, missing);
}

function stringColumn(meaning: Meaning, hint: Hint): TypedColumn {
  const builder = makeStringBuilder();
  let known: Int32Array = new Int32Array(64).fill(-1);
  let binary = 0;
  let total = 0;
  const limit = meaning === 'json' ? MOST_NESTED : MOST_TEXT;
  const textOf = (bytes: Uint8Array): Uint8Array => {
    if (meaning !== 'hex' && isUtf8(bytes)) return bytes;
    binary++;
    return new TextEncoder().encode(hexOf(bytes.subarray(0, 1000)));
  };
  const push = (bytes: Uint8Array): void => {
    total += bytes.length;
    if (total > limit) throw new BarnacleError('too-large', `a column holds more than ${limit} bytes of ${meaning === 'json' ? 'lists or objects' : 'text'}; leave it out or split the file`, { what: 'text bytes', value: total, limit });
    pushString(builder, bytes, 0, bytes.length);
  };
  return {
    meaning,
    get rows() {
      return builder.rows;
    },
    pushNumber: (value) => push(new TextEncoder().encode(String(value))),
    pushBytes: (bytes) => push(textOf(bytes)),
    pushKnown(key, bytes) {
      const code = key < known.length ? known[key] : -1;
      if (code >= 0 && builder.codes) return pushCode(builder, code);
      const text = textOf(bytes());
      const fresh = builder.codes ? internLevel(builder, text, 0, text.length) : -1;
      if (fresh < 0) return push(text);
      if (key >= known.length) {
        const wider = new Int32Array(Math.max(key + 1, known.length * 2)).fill(-1);
        wider.set(known);
        known = wider;
      }
      known[key] = fresh;
      pushCode(builder, fresh);
    },
    forget: () => void known.fill(-1),
    pushMissing: (count = 1) => count > 0 && pushMissingStrings(builder, count),
    finish(name, notes) {
      if (binary) notes.push({ code: 'binary', message: `column "${name}" holds bytes that are no text; they are shown as hexadecimal digits`, column: name, rows: binary, example: null });
      if (meaning === 'json') notes.push({ code: 'nested', message: `column "${name}" holds lists or objects; they are kept as JSON text`, column: name, rows: builder.rows, example: null });
      return finishStrings(builder, name, hint.kind === 'category' || hint.kind === 'text' ? hint.kind : 'auto');
    },
  };
}

export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

/** A two's complement integer of any width. */
export function bigOf(bytes: Uint8Array, isLittle: boolean): bigint {
  let value = 0n;
  for (let k = 0; k < bytes.length; k++) value = (value << 8n) | BigInt(bytes[isLittle ? bytes.length - 1 - k : k]);
  return bytes.length && bytes[isLittle ? bytes.length - 1 : 0] & 0x80 ? value - (1n << BigInt(8 * bytes.length)) : value;
}

/** The double nearest to `unscaled` / 10^scale. */
export function decimalOf(unscaled: bigint, scale: number): number {
  const plain = Number(unscaled);
  if (Number.isSafeInteger(plain) && scale >= 0 && scale <= 22) return plain / 10 ** scale;
  return Number(`${unscaled}e${-scale}`);
}

/** JSON text of a plain value; integers beyond 2^53 as text. */
export const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? (Number.isSafeInteger(Number(v)) ? Number(v) : String(v)) : v instanceof Uint8Array ? hexOf(v.subarray(0, 1000)) : v)));
