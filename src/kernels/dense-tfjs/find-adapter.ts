// Is there a GPU worth using? One question to the browser, answered by a reason when not.
// A fallback adapter is the processor pretending (SwiftShader): far slower than WASM, so it is refused unless a test asks.

/** Null when an adapter is there and accepted, else why not. */
export async function refuseAdapter(allowFallback: boolean): Promise<string | null> {
  const gpu = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (!gpu) return 'webgpu: this browser has none';
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return 'webgpu: no adapter was given';
    if (adapter.info?.isFallbackAdapter && !allowFallback) return 'webgpu: only a software adapter, slower than wasm';
    return null;
  } catch (error) {
    return `webgpu: ${error instanceof Error ? error.message : String(error)}`;
  }
}
