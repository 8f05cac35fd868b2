// The buffers of one fit on a device: cells go up once, the rows of a leaf go up when it is summed, its totals come back.
// Cells lie in blocks of rows, each below the device's binding limit; the rows of a leaf piece ascend, so each block's are a run.
// Throws when the device cannot allocate or is lost; the caller goes on without it.
import { group, lanes, sumShader } from './sum-shader.ts';

type Block = { buffer: GPUBuffer; first: number; end: number };
export interface GpuSums {
  /** Sums of the rows in `pieces` (pairs row, gradient << 16 | hessian; rows of a piece ascend) into `out` (two words a code). */
  sum(pieces: readonly Int32Array[], out: Int32Array): Promise<void>;
  close(): void;
}
const jobBytes = 256;
const mostJobs = 256;
const mostChunk = 8192;

/** `cells` is rows x columns bytes; offsets number the codes of each column, columns + 1 entries. */
export async function openGpuSums(device: GPUDevice, cells: Uint8Array, rows: number, columns: number, offsets: Int32Array): Promise<GpuSums> {
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  const buffers: GPUBuffer[] = [];
  const make = (bytes: number, usage: number): GPUBuffer => {
    const buffer = device.createBuffer({ size: Math.max(16, Math.ceil(bytes / 4) * 4), usage });
    buffers.push(buffer);
    return buffer;
  };
  const stride = 2 * Math.ceil(columns / group);
  const blocks = uploadCells(device, make, cells, rows, columns, 4 * stride);
  const codes = offsets[columns];
  const leafRows = make(8 * rows, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
  const places = make(4 * (columns + 1), GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
  device.queue.writeBuffer(places, 0, Uint32Array.from(offsets.subarray(0, columns + 1)));
  const sums = make(8 * codes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST);
  const back = make(8 * codes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  const jobs = make(jobBytes * mostJobs, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  const storage = (binding: number, type: GPUBufferBindingType): GPUBindGroupLayoutEntry => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type, hasDynamicOffset: type === 'uniform' } });
  const layout = device.createBindGroupLayout({ entries: [storage(0, 'read-only-storage'), storage(1, 'read-only-storage'), storage(2, 'read-only-storage'), storage(3, 'storage'), storage(4, 'uniform')] });
  const module = device.createShaderModule({ code: sumShader });
  const pipeline = device.createComputePipeline({ layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }), compute: { module, entryPoint: 'sum' } });
  const groups = blocks.map(({ buffer }) =>
    device.createBindGroup({ layout, entries: [buffer, leafRows, places, sums].map((each, binding): GPUBindGroupEntry => ({ binding, resource: { buffer: each } })).concat({ binding: 4, resource: { buffer: jobs, size: 24 } }) }),
  );
  const faults = [await device.popErrorScope(), await device.popErrorScope()];
  const close = () => buffers.forEach((buffer) => buffer.destroy());
  const fault = faults.find((each) => each !== null);
  if (fault) {
    close();
    throw new Error(fault.message);
  }

  return {
    async sum(pieces, out) {
      const runs: { block: number; first: number; count: number }[] = [];
      let total = 0;
      for (const piece of pieces) {
        const count = piece.length / 2;
        if (count === 0) continue;
        device.queue.writeBuffer(leafRows, 8 * total, piece as Int32Array<ArrayBuffer>);
        for (let b = 0, from = 0; b < blocks.length && from < count; b++) {
          const end = firstAtLeast(piece, blocks[b].end, from);
          if (end > from) runs.push({ block: b, first: total + from, count: end - from });
          from = end;
        }
        total += count;
      }
      if (runs.length > mostJobs) throw new Error(`${runs.length} runs of rows; at most ${mostJobs} go up at once`);
      const text = new Uint32Array((jobBytes / 4) * Math.max(1, runs.length));
      const chunkOf = (count: number) => Math.min(mostChunk, Math.max(4 * lanes, Math.ceil(count / 512 / lanes) * lanes));
      runs.forEach(({ block, first, count }, i) => text.set([first, count, blocks[block].first, stride, columns, chunkOf(count)], (i * jobBytes) / 4));
      device.queue.writeBuffer(jobs, 0, text);
      const encoder = device.createCommandEncoder();
      encoder.clearBuffer(sums);
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      runs.forEach(({ block, count }, i) => {
        pass.setBindGroup(0, groups[block], [i * jobBytes]);
        pass.dispatchWorkgroups(Math.ceil(count / chunkOf(count)), stride / 2);
      });
      pass.end();
      encoder.copyBufferToBuffer(sums, 0, back, 0, 8 * codes);
      device.queue.submit([encoder.finish()]);
      await back.mapAsync(GPUMapMode.READ);
      out.set(new Int32Array(back.getMappedRange(0, 8 * codes)));
      back.unmap();
    },
    close,
  };
}

function uploadCells(device: GPUDevice, make: (bytes: number, usage: number) => GPUBuffer, cells: Uint8Array, rows: number, columns: number, strideBytes: number): Block[] {
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
  const most = Math.max(1, Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / strideBytes));
  const slab = 65536;
  const padded = new Uint8Array(Math.min(slab, rows) * strideBytes);
  const blocks: Block[] = [];
  for (let first = 0; first < rows; first += most) {
    const end = Math.min(rows, first + most);
    const buffer = make((end - first) * strideBytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
    for (let from = first; from < end; from += slab) {
      const count = Math.min(slab, end - from);
      for (let i = 0; i < count; i++) padded.set(cells.subarray((from + i) * columns, (from + i + 1) * columns), i * strideBytes);
      device.queue.writeBuffer(buffer, (from - first) * strideBytes, padded, 0, count * strideBytes);
    }
    blocks.push({ buffer, first, end });
  }
  return blocks;
}

/** The first pair from `low` on whose row is at least `row`. */
function firstAtLeast(pairs: Int32Array, row: number, low: number): number {
  let high = pairs.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pairs[2 * middle] < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
