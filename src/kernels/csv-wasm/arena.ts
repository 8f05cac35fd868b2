// The memory of a scan: pieces of a WebAssembly.Memory, in sizes of powers of two, given back and taken again.
// The first page is the module's own. Views go stale when memory grows: they are read through the arena at each use.
import { BarnacleError } from '../../core/base/errors.ts';

const PAGE = 65536;
/** 2 GB: every address is a positive 32-bit integer. */
const MOST_PAGES = 32767;

export interface Arena {
  readonly memory: WebAssembly.Memory;
  u8: Uint8Array;
  i32: Int32Array;
  f64: Float64Array;
  /** Counts the times that views went stale. */
  version: number;
  /** Address of at least `bytes` bytes (multiple of 64), not cleared. Throws too-large. */
  take(bytes: number): number;
  give(address: number, bytes: number): void;
}

export function makeArena(): Arena {
  const memory = new WebAssembly.Memory({ initial: 32, maximum: MOST_PAGES });
  const free = new Map<number, number[]>();
  let top = PAGE;
  const sizeOf = (bytes: number): number => 2 ** Math.ceil(Math.log2(Math.max(64, bytes)));
  const arena: Arena = {
    memory,
    u8: new Uint8Array(memory.buffer),
    i32: new Int32Array(memory.buffer),
    f64: new Float64Array(memory.buffer),
    version: 0,
    take(bytes) {
      const size = sizeOf(bytes);
      const found = free.get(size)?.pop();
      if (found !== undefined) return found;
      const missing = Math.ceil((top + size - arena.u8.length) / PAGE);
      if (missing > 0) grow(missing);
      top += size;
      return top - size;
    },
    give(address, bytes) {
      const size = sizeOf(bytes);
      if (!free.has(size)) free.set(size, []);
      free.get(size)!.push(address);
    },
  };
  function grow(pages: number): void {
    try {
      memory.grow(pages);
    } catch (cause) {
      const bytes = memory.buffer.byteLength + pages * PAGE;
      throw new BarnacleError('too-large', `reading needs ${bytes} bytes of memory at once; read fewer columns or a sample of the rows`, { what: 'bytes', value: bytes, limit: MOST_PAGES * PAGE }, { cause });
    }
    arena.u8 = new Uint8Array(memory.buffer);
    arena.i32 = new Int32Array(memory.buffer);
    arena.f64 = new Float64Array(memory.buffer);
    arena.version++;
  }
  return arena;
}
