// What the machine's memory gives, measured in the same run: a WASM kernel that reads 256 MB sixteen bytes at a time, and one that
// copies half of it, by one process for each thread at once. No tree can grow faster than its bins can be read.
import { spawn } from 'node:child_process';

const variable = 'BARNACLE_BENCH_BANDWIDTH';
/** GB/s of all processes together, each the best of its passes; copying counts a byte read and a byte written as two. */
export type Bandwidth = { read: number; copy: number };

/**
 * AssemblyScript: read(from, bytes): i64 adds four i64x2 at a time (v128.load at 0, 16, 32, 48) until from + bytes;
 * copy(to, from, bytes) is memory.copy. Compiled with -O3, SIMD and bulk memory; imports env.memory.
 */
const kernel = 'AGFzbQEAAAABDQJgAn9/AX5gA39/fwACDwEDZW52Bm1lbW9yeQIAAAMDAgABBxgDBHJlYWQAAARjb3B5AAEGbWVtb3J5AgAKfgJvAQR7IAAgAWohAQNAIAAgAUkEQCACIAD9AAQA/c4BIQIgAyAA/QAEEP3OASEDIAQgAP0ABCD9zgEhBCAFIAD9AAQw/c4BIQUgAEFAayEADAELCyACIAP9zgEgBCAF/c4B/c4BIgL9HQAgAv0dAXwLDAAgACABIAL8CgAACw==';
const bytes = 2 ** 28;

/** What this process is asked to do as a child, done and printed; false in the parent. */
export async function streamAsChild(print: (line: string) => void): Promise<boolean> {
  if (!process.env[variable]) return false;
  const memory = new WebAssembly.Memory({ initial: bytes / 65536, maximum: bytes / 65536 });
  new BigInt64Array(memory.buffer).fill(1n);
  const { instance } = await WebAssembly.instantiate(Buffer.from(kernel, 'base64'), { env: { memory } });
  const { read, copy } = instance.exports as { read(from: number, n: number): bigint; copy(to: number, from: number, n: number): void };
  const best = (work: () => unknown): number => {
    let least = Infinity;
    for (const until = performance.now() + 700; performance.now() < until; ) {
      const start = performance.now();
      work();
      least = Math.min(least, performance.now() - start);
    }
    return bytes / least / 1e6;
  };
  print(JSON.stringify({ read: best(() => read(0, bytes)), copy: best(() => copy(0, bytes / 2, bytes / 2)) }));
  return true;
}

export async function bandwidth(threads: number): Promise<Bandwidth> {
  const parts = await Promise.all(Array.from({ length: threads }, stream));
  return { read: parts.reduce((sum, part) => sum + part.read, 0), copy: parts.reduce((sum, part) => sum + part.copy, 0) };
}

function stream(): Promise<Bandwidth> {
  const child = spawn(process.execPath, [process.argv[1], 'bench', 'trees'], { env: { ...process.env, [variable]: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => (code === 0 ? done(JSON.parse(text.trim().split('\n').find((line) => line.startsWith('{'))!) as Bandwidth) : fail(new Error(`the stream kernel ended with ${code}`))));
  });
}
