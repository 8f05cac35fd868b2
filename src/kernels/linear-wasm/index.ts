// The front page of linear kernels in WebAssembly: one loader, which proves itself against core's own loops.
export { loadLinearKernels } from './load-linear-kernels.ts';
