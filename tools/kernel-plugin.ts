// Vite plugin: `?kernel` on an AssemblyScript entry compiles it (SIMD, stub runtime, imported memory) and gives its bytes;
// `?kernel-shared` compiles the same sources for memory that threads share (atomics; ASC_FEATURE_THREADS is true in them);
// `-relaxed` after either allows relaxed SIMD (ASC_FEATURE_RELAXED_SIMD is true), which not every engine takes.
// Compiled output is cached under node_modules/.cache by the hash of its sources, so tests start fast.
// Bytes are embedded as base64: kernels are a few kB, and Node, workers and the page then load them alike, offline.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const suffix = /\?kernel((?:-shared)?(?:-relaxed)?)$/;
const shared = ['--enable', 'threads', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
const relaxed = ['--enable', 'relaxed-simd'];
const plain = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'bulk-memory', '--importMemory', '--uncheckedBehavior', 'always', '--converge'];

export function kernelPlugin(): Plugin {
  return {
    name: 'barnacle-kernel',
    enforce: 'pre',
    resolveId(source, importer) {
      const found = suffix.exec(source);
      if (!found || !importer) return null;
      return `\0kernel${found[1]}:` + resolve(dirname(importer), source.slice(0, found.index));
    },
    async load(id) {
      const asked = /^\0kernel((?:-shared)?(?:-relaxed)?):/.exec(id);
      if (!asked) return null;
      const entry = id.slice(asked[0].length);
      for (const file of sources(entry)) this.addWatchFile(file);
      const bytes = await compileKernel(entry, asked[1].includes('-shared'), asked[1].includes('-relaxed'));
      return `const text = ${JSON.stringify(bytes.toString('base64'))};
export const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));`;
    },
  };
}

/** The entry and all that it imports, one after another, in other folders too. */
function sources(entry: string, found: string[] = []): string[] {
  const file = entry.endsWith('.ts') ? entry : `${entry}.ts`;
  if (found.includes(file)) return found;
  found.push(file);
  for (const [, target] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) .*?from '(\.[^']*)'/gms)) sources(join(dirname(file), target), found);
  return found;
}

/** Compiles one entry; throws with the compiler's messages. */
export async function compileKernel(entry: string, isShared = false, isRelaxed = false): Promise<Buffer> {
  const flags = [...plain, ...(isShared ? shared : []), ...(isRelaxed ? relaxed : [])];
  const hash = createHash('sha256').update(`${basename(entry)} ${flags.join(' ')}`);
  for (const file of sources(entry)) hash.update(readFileSync(file));
  const cache = resolve('node_modules/.cache/barnacle-kernels');
  const cached = join(cache, `${hash.digest('hex').slice(0, 24)}.wasm`);
  if (existsSync(cached)) return readFileSync(cached);
  const asc = (await import('assemblyscript/asc')).default;
  mkdirSync(cache, { recursive: true });
  const { error, stderr } = await asc.main([entry, ...flags, '--outFile', cached]);
  if (error) throw new Error(`kernel ${entry}: ${stderr.toString()}`);
  const bytes = readFileSync(cached);
  writeFileSync(cached, bytes);
  return bytes;
}
