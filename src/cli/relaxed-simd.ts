// Node before 22 has relaxed SIMD (multiply-adds of one rounding, which nets train faster with) behind a flag of V8, which may be
// set at run time. Browsers have it as it is. Kernels prove themselves before use, whatever this gives.
import { setFlagsFromString } from 'node:v8';

/** (module (func (param v128 v128 v128) (result v128) local.get 0..2 f32x4.relaxed_madd)) */
const relaxedModule = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11);

/** True when modules with relaxed SIMD may be compiled from here on. */
export function allowRelaxedSimd(): boolean {
  if (!WebAssembly.validate(relaxedModule)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(relaxedModule);
}
