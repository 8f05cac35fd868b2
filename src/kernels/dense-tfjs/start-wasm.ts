// Makes tfjs's WASM backend the current one: SIMD, one thread, its binary from our own origin or from given bytes.
// Its threaded build hangs without an error under a CSP without `blob:` and was no faster (platform.md 1.3), so it is
// never chosen. Loaded on demand: who trains no net, and who trains on a GPU, fetches none of this.
import { env, setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import assetUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

let isStarted = false;

/** False when the backend would not start. `binary` gives the bytes where no URL can be fetched (Node). */
export async function startWasm(binary?: () => Promise<Uint8Array>): Promise<boolean> {
  if (isStarted) return setBackend('wasm');
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const bytes = await binary?.();
  const url = bytes ? URL.createObjectURL(new Blob([bytes.slice()], { type: 'application/wasm' })) : new URL(assetUrl, import.meta.url).href;
  try {
    setWasmPaths({ 'tfjs-backend-wasm.wasm': url, 'tfjs-backend-wasm-simd.wasm': url, 'tfjs-backend-wasm-threaded-simd.wasm': url }, true);
    isStarted = await setBackend('wasm');
    return isStarted;
  } finally {
    if (bytes) URL.revokeObjectURL(url);
  }
}
