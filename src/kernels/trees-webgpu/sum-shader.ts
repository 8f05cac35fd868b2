// WGSL twin of a session's histogram: the rows of a leaf -> sums of quantised hessians and gradients by (joint) code.
// rows: pairs (row, gradient << 16 | hessian), as in HostSession.rowsOf; cells: one block of rows, `stride` words to a row,
// 8 columns to two words, padded with zeros; sums: for code c of a column the hessian sum at 2 * (offsets[column] + c), then the gradient sum.
// A work group takes `chunk` rows and 8 columns. 32-bit sums cannot overflow: quantumLimit keeps every sum inside 31 bits.

/** Lanes of a work group and columns that it sums. */
export const lanes = 256;
export const group = 8;

const add = (column: number, word: string, shift: number): string => `
    at = ${column * 512}u + ((${word} >> ${shift}u) & 255u) * 2u;
    atomicAdd(&own[at], hessian);
    atomicAdd(&own[at + 1u], gradient);`;

export const sumShader = `
struct Job { first: u32, count: u32, base: u32, stride: u32, columns: u32, chunk: u32 }
@group(0) @binding(0) var<storage, read> cells: array<u32>;
@group(0) @binding(1) var<storage, read> rows: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> offsets: array<u32>;
@group(0) @binding(3) var<storage, read_write> sums: array<atomic<i32>>;
@group(0) @binding(4) var<uniform> job: Job;
var<workgroup> own: array<atomic<i32>, ${group * 512}>;

@compute @workgroup_size(${lanes})
fn sum(@builtin(workgroup_id) place: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  for (var i = lane; i < ${group * 512}u; i += ${lanes}u) { atomicStore(&own[i], 0); }
  workgroupBarrier();
  let first = job.first + place.x * job.chunk;
  let end = min(first + job.chunk, job.first + job.count);
  for (var i = first + lane; i < end; i += ${lanes}u) {
    let entry = rows[i];
    let start = (entry.x - job.base) * job.stride + place.y * 2u;
    let low = cells[start];
    let high = cells[start + 1u];
    let gradient = bitcast<i32>(entry.y) >> 16u;
    let hessian = i32(entry.y & 0xffffu);
    var at: u32;${[0, 1, 2, 3].map((c) => add(c, 'low', 8 * c) + add(c + 4, 'high', 8 * c)).join('')}
  }
  workgroupBarrier();
  for (var c = 0u; c < ${group}u; c++) {
    let column = place.y * ${group}u + c;
    if (column >= job.columns) { break; }
    let offset = offsets[column];
    for (var code = lane; code < offsets[column + 1u] - offset; code += ${lanes}u) {
      let hessian = atomicLoad(&own[c * 512u + code * 2u]);
      let gradient = atomicLoad(&own[c * 512u + code * 2u + 1u]);
      if (hessian != 0 || gradient != 0) {
        atomicAdd(&sums[2u * (offset + code)], hessian);
        atomicAdd(&sums[2u * (offset + code) + 1u], gradient);
      }
    }
  }
}`;
