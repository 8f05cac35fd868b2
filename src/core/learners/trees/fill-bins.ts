// Values to bins, and bins to the cells of columns. Bin 0 is missing; cuts: 1 + the number of cuts below the value; levels: by table.
// A joint column codes its features one after another: a table of (code so far, bin) gives the next code, so only combinations
// that occur are numbered, and no prefix of a column has more of them than the column.
import type { FeatureBins, TreePlan } from './kernels.ts';
import { MOST_CODES } from './layout.ts';
import type { SessionArrays } from './layout.ts';

/** The bin of a value. */
export function binOf(value: number, bins: FeatureBins): number {
  if (value !== value) return 0;
  if (bins.kind === 'levels') return value >= 0 && value < bins.bins.length ? bins.bins[value | 0] : 0;
  let low = 0;
  let high = bins.cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bins.cuts[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** Row-major bins, one byte for each feature. */
export function fillBins(out: Uint8Array, rows: number, data: readonly Float32Array[], bins: readonly FeatureBins[]): void {
  data.forEach((values, f) => {
    for (let row = 0; row < rows; row++) out[row * data.length + f] = binOf(values[row], bins[f]);
  });
}

/** Fills cells and binOf. Returns the columns that met more than 256 combinations (their cells are then worthless). */
export function fillCells(a: SessionArrays, plan: TreePlan, data: readonly Float32Array[], bins: readonly FeatureBins[]): number[] {
  const crowded: number[] = [];
  plan.columns.forEach((column, c) => {
    if (!(column.length === 1 ? fillSingle(a, plan, c, data, bins) : fillJoint(a, plan, c, data, bins))) crowded.push(c);
  });
  return crowded;
}

function fillSingle(a: SessionArrays, plan: TreePlan, c: number, data: readonly Float32Array[], bins: readonly FeatureBins[]): boolean {
  const [f] = plan.columns[c];
  for (let row = 0, at = c; row < plan.rows; row++, at += plan.columns.length) a.cells[at] = binOf(data[f][row], bins[f]);
  return true;
}

function fillJoint(a: SessionArrays, plan: TreePlan, c: number, data: readonly Float32Array[], bins: readonly FeatureBins[]): boolean {
  const column = plan.columns[c];
  const stride = plan.columns.length;
  for (let row = 0, at = c; row < plan.rows; row++, at += stride) a.cells[at] = 0;
  const done: number[] = [];
  for (const f of column) {
    const width = plan.features[f].bins;
    const table = new Int16Array(MOST_CODES * width).fill(-1);
    const before: number[] = [];
    const bin: number[] = [];
    for (let row = 0, at = c; row < plan.rows; row++, at += stride) {
      const key = a.cells[at] * width + binOf(data[f][row], bins[f]);
      if (table[key] < 0) {
        if (before.length === MOST_CODES) return false;
        table[key] = before.push(Math.floor(key / width)) - 1;
        bin.push(key % width);
      }
      a.cells[at] = table[key];
    }
    for (const member of done) {
      const old = a.binOf.slice(MOST_CODES * member, MOST_CODES * (member + 1));
      before.forEach((code, next) => { a.binOf[MOST_CODES * member + next] = old[code]; });
    }
    a.binOf.set(bin, MOST_CODES * f);
    done.push(f);
  }
  return true;
}
