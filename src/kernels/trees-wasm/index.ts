// The front page of the tree kernels in WebAssembly: one loader, which proves itself against the reference in core.
export { loadTreeKernels } from './load-tree-kernels.ts';
