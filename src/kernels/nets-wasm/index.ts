// The front page of nets in WebAssembly: the loader, which proves itself against the reference in core.
export { loadNetKernels } from './load-net-kernels.ts';
export type { LoadedNets, NetThreads } from './load-net-kernels.ts';
