// Whether bytes are all ASCII, in pieces that fit the cache: a small instance of the module, kept for all scans.
import type { Exports } from './exports.ts';

const PAGE = 65536;

export function makeAsciiCheck(module: WebAssembly.Module): (bytes: Uint8Array) => boolean {
  const memory = new WebAssembly.Memory({ initial: 3, maximum: 3 });
  const x = new WebAssembly.Instance(module, { env: { memory, abort: () => {} } }).exports as unknown as Exports;
  const room = new Uint8Array(memory.buffer, PAGE, PAGE);
  const spare = new Uint8Array(memory.buffer, PAGE, PAGE + 64);
  return (bytes) => {
    for (let at = 0; at < bytes.length; at += PAGE) {
      const piece = bytes.length - at > PAGE ? bytes.subarray(at, at + PAGE) : bytes.subarray(at);
      room.set(piece);
      if (piece.length < PAGE) spare.fill(0, piece.length, piece.length + 64);
      if (!x.isAscii(PAGE, PAGE + piece.length)) return false;
    }
    return true;
  };
}
