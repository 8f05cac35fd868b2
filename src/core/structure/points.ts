// What clustering works on: rows of numbers, row-major, with weights; and the one distance of this room.
export interface Points { readonly rows: number; readonly width: number; readonly z: Float32Array; /** Null = all 1. */ readonly weight: Float32Array | null }

/** Squared Euclidean distance of `width` numbers from `i` in a and from `j` in b. */
export function squaredGap(a: Float32Array | Float64Array, i: number, b: Float32Array | Float64Array, j: number, width: number): number {
  let [even, odd] = [0, 0];
  let c = 0;
  for (; c + 1 < width; c += 2) {
    const x = a[i + c] - b[j + c];
    const y = a[i + c + 1] - b[j + c + 1];
    even += x * x;
    odd += y * y;
  }
  if (c < width) {
    const x = a[i + c] - b[j + c];
    even += x * x;
  }
  return even + odd;
}

/** Those rows alone, in their order. */
export function takePoints(points: Points, rows: Int32Array): Points {
  const { width } = points;
  const z = new Float32Array(rows.length * width);
  rows.forEach((row, i) => z.set(points.z.subarray(row * width, (row + 1) * width), i * width));
  return { rows: rows.length, width, z, weight: points.weight ? Float32Array.from(rows, (row) => points.weight![row]) : null };
}

/** `count` of `rows` rows at even steps, rising; all of them when there are no more. */
export function evenRows(rows: number, count: number): Int32Array {
  const size = Math.min(rows, count);
  return Int32Array.from({ length: size }, (_, i) => Math.floor((i * rows) / size));
}
