// How a batch is cut: slices, each with a gradient of its own, that threads share out, and tiles, the rows that go through
// all layers at a time. A function of the net and the rows alone, never of the threads: so sums are the same on any machine.
import type { Net } from '../../core/models/net/net.ts';
import { membersOf, sizeOf, slotsOf, widthsOf } from '../../core/models/net/net.ts';

/** Lines of a tile: what a layer reads and writes of it stays in the nearest caches. */
const TILE_LINES = 128;
const SLICE_LINES = 64;
export const MOST_SLICES = 8;
/** Bytes that the gradients of all slices may take. */
const GRADIENT_BYTES = 2 ** 28;

export type NetShape = {
  /** Most lines of a row. */
  readonly members: number;
  /** Parameters, and multiply-adds of a row going forward. */
  readonly size: number;
  readonly madds: number;
  /** True when batch norm needs all lines of a batch at once. */
  readonly full: boolean;
};

export function shapeOf(net: Net): NetShape {
  const [widths, members] = [widthsOf(net), membersOf(net)];
  let madds = 0;
  for (const { role, layer, size } of slotsOf(net)) if (role === 'weights') madds += layer < 0 ? size : net.layers[layer].kind === 'heads' ? size : members[layer] * widths[layer] * widths[layer + 1];
  return { members: members[net.layers.length], size: sizeOf(net), madds, full: net.layers.some((layer) => layer.kind === 'norm' && layer.by === 'batch') };
}

export type Split = { readonly slices: number; readonly sliceRows: number; readonly tileRows: number };

/** Rows of a tile when there are many. */
export const tileRowsOf = ({ members }: NetShape): number => Math.max(1, Math.floor(TILE_LINES / members));

/** Most slices that a batch of so many rows is cut into. */
export function slicesFor({ members, size, madds }: NetShape, rows: number): number {
  const byMemory = GRADIENT_BYTES / (4 * size);
  // gradients are zeroed and summed once for each slice: at most a tenth of what the products cost (large tables)
  const bySums = (0.3 * rows * madds) / size;
  return Math.max(1, Math.min(MOST_SLICES, Math.floor((rows * members) / SLICE_LINES), Math.floor(byMemory), Math.floor(bySums)));
}

export function splitRows(shape: NetShape, rows: number): Split {
  const most = tileRowsOf(shape);
  const each = Math.ceil(rows / slicesFor(shape, rows));
  const grain = each > most ? most : Math.min(most, 8);
  const sliceRows = Math.ceil(each / grain) * grain;
  return { slices: Math.ceil(rows / sliceRows), sliceRows, tileRows: Math.min(most, sliceRows) };
}
