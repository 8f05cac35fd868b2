// What this machine offers, as the System page and the badge in the top bar say it. Asked once per page.
import type { Capability } from '../src/wire/engine.ts';
import { selectAsAsked } from './web-kernels.ts';

export async function probeMachine(): Promise<Capability> {
  const selected = await selectAsAsked();
  const { webgpu, wasmSimd, isolated, threads } = selected.capability;
  return { webgpu, wasmSimd, threads, isolated, backend: { trees: selected.kernels.trees.backend, dense: selected.denseBackend() }, reasons: [...selected.reasons()] };
}
