// The kernels of nets alone, without an interpreter, in every build that this engine runs: plain, and relaxed where it has relaxed
// SIMD (Node 20 has it behind a flag that is set here). Arrays are put into their memory one after another.
import { setFlagsFromString } from 'node:v8';
import { sequence } from '../../../../src/core/base/random.ts';
import { bytes as plain } from '../../../../src/kernels/nets-wasm/assembly/kernels.ts?kernel';
import { bytes as relaxed } from '../../../../src/kernels/nets-wasm/assembly/kernels.ts?kernel-relaxed';

if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

export type Build = {
  readonly name: string;
  readonly call: Readonly<Record<string, (...args: number[]) => number>>;
  /** A copy in the kernel's memory; views stay good. */
  put(values: ArrayLike<number>): { readonly at: number; readonly v: Float32Array };
  /** So many floats of that value, with a guard of NaN behind them that `intact` looks at. */
  room(length: number, fill?: number): { readonly at: number; readonly v: Float32Array };
  codes(values: readonly number[]): number;
  intact(): boolean;
};

const names = WebAssembly.validate(relaxed) ? (['plain', 'relaxed'] as const) : (['plain'] as const);
if (names.length === 1) console.info('relaxed SIMD is not here: only the plain build is tested');

function build(name: 'plain' | 'relaxed'): Build {
  const memory = new WebAssembly.Memory({ initial: 64 });
  const abort = (): never => {
    throw new Error('the kernel aborted');
  };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(name === 'plain' ? plain : relaxed), { env: { memory, abort } });
  let next = 4096;
  const guards: Uint32Array[] = [];
  const take = (length: number): number => {
    const at = next;
    next += 4 * length + 16;
    const guard = new Uint32Array(memory.buffer, next - 16, 4).fill(0x7fc0beef);
    guards.push(guard);
    return at;
  };
  const room = (length: number, fill = 0) => {
    const at = take(length);
    return { at, v: new Float32Array(memory.buffer, at, length).fill(fill) };
  };
  return {
    name,
    call: exports as Build['call'],
    put(values) {
      const made = room(values.length);
      made.v.set(values);
      return made;
    },
    room,
    codes(values) {
      const at = take(values.length);
      new Int32Array(memory.buffer, at, values.length).set(values);
      return at;
    },
    intact: () => guards.every((g) => g.every((word) => word === 0x7fc0beef)),
  };
}

/** A fresh instance of each build. */
export const builds = (): Build[] => names.map(build);

/** `length` normal numbers in single. */
export function normals(seed: number, length: number): Float32Array {
  const random = sequence(seed, 'nets-wasm-test');
  return Float32Array.from({ length }, () => random.normal());
}

/** The largest |got - want| / (scale + |want|). */
export function gap(got: ArrayLike<number>, want: ArrayLike<number>, scale = 1): number {
  let most = got.length === want.length ? 0 : Infinity;
  for (let i = 0; i < want.length; i++) {
    const d = Math.abs(got[i] - want[i]) / (scale + Math.abs(want[i]));
    most = d > most || d !== d ? d : most;
  }
  return most;
}
