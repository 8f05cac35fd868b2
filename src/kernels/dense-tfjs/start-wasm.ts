// Makes tfjs's WASM backend the current one: SIMD, one thread, its binary from our own origin or from given bytes.
// Its threaded build hangs without an error under a CSP without `blob:` and was no faster (platform.md 1.3), so it is
// never chosen. We fetch the binary ourselves, since tfjs waits for ever when its own fetch fails, and hand it over through
// its platform. Loaded on demand: who trains no net, and who trains on a GPU, fetches none of this.
import { env, setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import assetUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

const handed = 'tfjs-backend-wasm-simd.wasm';
let isStarted = false;

/**
 * False when the backend would not start; throws when its binary cannot be had. `binary` gives the bytes where no URL
 * can be fetched; without it, in Node, tfjs reads the file beside its own code.
 */
export async function startWasm(binary?: () => Promise<Uint8Array>): Promise<boolean> {
  if (isStarted) return setBackend('wasm');
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const url = new URL(assetUrl, import.meta.url);
  if (!binary && url.protocol === 'file:') return (isStarted = await setBackend('wasm'));
  const bytes = binary ? await binary() : await download(url);
  if (!WebAssembly.validate(bytes.slice())) throw new Error(`the binary of ${bytes.length} bytes is not WebAssembly`);
  const platform = env().platform;
  const fetchOfPlatform = platform.fetch;
  platform.fetch = async () => new Response(bytes.slice(), { headers: { 'Content-Type': 'application/wasm' } });
  try {
    setWasmPaths({ 'tfjs-backend-wasm.wasm': handed, 'tfjs-backend-wasm-simd.wasm': handed, 'tfjs-backend-wasm-threaded-simd.wasm': handed }, true);
    return (isStarted = await setBackend('wasm'));
  } finally {
    platform.fetch = fetchOfPlatform;
  }
}

async function download(url: URL): Promise<Uint8Array> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
