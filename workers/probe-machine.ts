// What this machine offers, as the System page and the badge in the top bar say it. Asked once per page.
import { selectKernels } from '../src/kernels/select.ts';
import type { Capability } from '../src/wire/engine.ts';

export async function probeMachine(): Promise<Capability> {
  const selected = await selectKernels();
  const { webgpu, wasmSimd, isolated, threads } = selected.capability;
  return { webgpu, wasmSimd, threads, isolated, backend: { trees: selected.kernels.trees.backend, dense: selected.denseBackend() }, reasons: [...selected.reasons()] };
}
