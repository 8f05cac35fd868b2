// Building FlatBuffers as far as Arrow's metadata needs it, back to front as the format wants. Offsets count from the end.
export interface FlatBuilder {
  string(text: string): number;
  /** A vector of tables or strings. */
  offsets(targets: readonly number[]): number;
  /** A vector of structs of `size` bytes, aligned to 8; `write` fills one at a place. */
  structs(count: number, size: number, write: (view: DataView, at: number, k: number) => void): number;
  table(fields: readonly (FlatField | null)[]): number;
  finish(root: number): Uint8Array;
}
export type FlatField = { size: 1 | 2 | 4 | 8; value: number; isOffset?: boolean };

export const byte = (value: number): FlatField => ({ size: 1, value });
export const short = (value: number): FlatField => ({ size: 2, value });
export const int = (value: number): FlatField => ({ size: 4, value });
export const long = (value: number): FlatField => ({ size: 8, value });
export const ref = (value: number): FlatField => ({ size: 4, value, isOffset: true });

export function makeFlatBuilder(): FlatBuilder {
  let bytes = new Uint8Array(1024);
  let view = new DataView(bytes.buffer);
  let head = bytes.length;
  const offset = (): number => bytes.length - head;
  /** Room for `extra` more bytes after a value of `size`, which then is aligned. */
  const prepare = (size: number, extra: number): void => {
    const pad = (size - ((offset() + extra) % size)) % size;
    const needed = pad + extra + 64;
    if (head < needed) {
      const wider = new Uint8Array(bytes.length * 2 + needed);
      wider.set(bytes, wider.length - bytes.length);
      head += wider.length - bytes.length;
      bytes = wider;
      view = new DataView(bytes.buffer);
    }
    head -= pad;
  };
  const put = (size: number, value: number): void => {
    head -= size;
    if (size === 1) view.setUint8(head, value);
    else if (size === 2) view.setInt16(head, value, true);
    else if (size === 4) view.setInt32(head, value, true);
    else view.setBigInt64(head, BigInt(value), true);
  };
  return {
    string(text) {
      const encoded = new TextEncoder().encode(text);
      prepare(4, encoded.length + 1);
      head -= encoded.length + 1;
      bytes[head + encoded.length] = 0;
      bytes.set(encoded, head);
      put(4, encoded.length);
      return offset();
    },
    offsets(targets) {
      prepare(4, 4 * targets.length);
      for (let k = targets.length - 1; k >= 0; k--) put(4, offset() + 4 - targets[k]);
      put(4, targets.length);
      return offset();
    },
    structs(count, size, write) {
      prepare(8, size * count);
      head -= size * count;
      bytes.fill(0, head, head + size * count);
      for (let k = 0; k < count; k++) write(view, head + size * k, k);
      put(4, count);
      return offset();
    },
    table(fields) {
      const start = offset();
      const places = fields.map((field) => {
        if (!field) return 0;
        prepare(field.size, 0);
        put(field.size, field.isOffset ? offset() + 4 - field.value : field.value);
        return offset();
      });
      prepare(4, 0);
      put(4, 0);
      const at = offset();
      prepare(2, 2 * (fields.length + 2));
      for (let k = fields.length - 1; k >= 0; k--) put(2, places[k] ? at - places[k] : 0);
      put(2, at - start);
      put(2, 2 * (fields.length + 2));
      view.setInt32(bytes.length - at, offset() - at, true);
      return at;
    },
    finish(root) {
      prepare(8, 4);
      put(4, offset() + 4 - root);
      return bytes.slice(head);
    },
  };
}
