import { afterEach, expect, test, vi } from 'vitest';
import { probeCapability } from '../../../src/kernels/capability.ts';
import { selectKernels } from '../../../src/kernels/select.ts';

afterEach(() => vi.unstubAllGlobals());
const adapter = (isFallbackAdapter: boolean) => ({ gpu: { requestAdapter: async () => ({ info: { vendor: 'acme', architecture: 'x1', isFallbackAdapter } }) }, hardwareConcurrency: 6 });

test('sees SIMD, threads and the lack of a GPU in Node', async () => {
  const found = await probeCapability();
  expect(found.wasmSimd).toBe(true);
  expect(found.webgpu).toBeNull();
  expect(found.reasons).toContain('webgpu: this browser has none');
});

test('a GPU is named; one in software is refused unless a test asks for it', async () => {
  vi.stubGlobal('navigator', adapter(false));
  expect(await probeCapability()).toMatchObject({ webgpu: 'acme x1', threads: 6 });
  vi.stubGlobal('navigator', adapter(true));
  expect((await probeCapability()).webgpu).toBeNull();
  expect((await probeCapability({ allowFallbackAdapter: true })).webgpu).toBe('acme x1');
});

test('an adapter that throws is a reason, not an exception', async () => {
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => { throw new Error('blocked'); } } });
  expect((await probeCapability()).reasons).toContain('webgpu: blocked');
});

test('without SIMD the references serve, and it says so', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  const { kernels, reasons } = await selectKernels();
  expect(kernels.trees.backend).toBe('reference');
  expect(reasons().join()).toContain('no SIMD');
  vi.restoreAllMocks();
});

test('reference is taken at its word', async () => {
  const { kernels, denseBackend } = await selectKernels({ backend: 'reference' });
  expect([kernels.trees.backend, (await kernels.nets()).backend, denseBackend()]).toEqual(['reference', 'reference', 'reference']);
});

// where nothing is compiled yet, the four builds of the kernel take most of a minute
test('nets train on our own WASM where there is no GPU, loaded once', async () => {
  const selected = await selectKernels();
  const [a, b] = await Promise.all([selected.kernels.nets(), selected.kernels.nets()]);
  expect(a).toBe(b);
  expect([a.backend, a.threads, selected.denseBackend(), selected.netThreads()]).toEqual(['wasm', 1, 'wasm', 1]);
  expect(await a.stepDown()).toBe(null);
  expect((await (await selectKernels({ backend: 'reference' })).kernels.nets()).backend).toBe('reference');
}, 180_000);
