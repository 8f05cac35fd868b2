// The few protocol buffers that an ONNX model is made of (onnx.proto3: field numbers beside each message), written by hand.
// In: values; out: fields, and `message` makes bytes of them. Whole numbers are varints, floats little-endian single precision.
export type Field = { number: number; wire: 0 | 2 | 5; bytes: number[] | Uint8Array };

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return [...out, Number(rest)];
}
export const int = (number: number, value: number): Field => ({ number, wire: 0, bytes: varint(value) });
const bytes = (number: number, value: Uint8Array): Field => ({ number, wire: 2, bytes: value });
export const text = (number: number, value: string): Field => bytes(number, new TextEncoder().encode(value));
const floats = (number: number, values: readonly number[]): Field => bytes(number, new Uint8Array(Float32Array.from(values).buffer));
export const ints = (number: number, values: readonly number[]): Field => bytes(number, Uint8Array.from(values.flatMap(varint)));
export const nested = (number: number, ...fields: Field[]): Field => bytes(number, message(fields));

export function message(fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap(({ number, wire, bytes: body }) => [Uint8Array.from([...varint((number << 3) | wire), ...(wire === 2 ? varint(body.length) : [])]), Uint8Array.from(body)]);
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** AttributeProto: name 1, s 4, floats 7, ints 8, strings 9, type 20. */
export const attribute = (name: string, value: Field | readonly Field[], type: number): Field => nested(5, text(1, name), ...(Array.isArray(value) ? (value as readonly Field[]) : [value as Field]), int(20, type));
export const manyInts = (name: string, values: readonly number[]): Field => attribute(name, ints(8, values), 7);
export const manyFloats = (name: string, values: readonly number[]): Field => attribute(name, floats(7, values), 6);

/** A ValueInfoProto: name 1, type 2 (tensor 1: element 1, shape 2: dimensions 1 of value 1 or name 2). */
export const tensor = (field: number, name: string, element: number, columns: number | null): Field =>
  nested(field, text(1, name), nested(2, nested(1, int(1, element), nested(2, nested(1, text(2, 'rows')), ...(columns === null ? [] : [nested(1, int(1, columns))])))));
