// Is there a GPU worth using? One question to the browser: a name, or the reason why not. Never throws.
// A fallback adapter is the processor pretending (SwiftShader): far slower than WASM, so it is refused unless a test asks.

export async function findAdapter(allowFallback: boolean): Promise<{ readonly name: string | null; readonly reason: string | null }> {
  const gpu = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (!gpu) return { name: null, reason: 'webgpu: this browser has none' };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return { name: null, reason: 'webgpu: no adapter was given' };
    const name = [adapter.info?.vendor, adapter.info?.architecture, adapter.info?.description].filter(Boolean).join(' ') || 'unnamed adapter';
    if (adapter.info?.isFallbackAdapter && !allowFallback) return { name: null, reason: `webgpu: only a software adapter (${name}), slower than wasm` };
    return { name, reason: null };
  } catch (error) {
    return { name: null, reason: `webgpu: ${error instanceof Error ? error.message : String(error)}` };
  }
}
