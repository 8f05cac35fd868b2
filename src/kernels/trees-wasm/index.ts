// The front page of the tree kernels in WebAssembly: the loader, which proves itself against the reference in core.
// What a helper thread runs is in ../team.
export { loadTreeKernels } from './load-tree-kernels.ts';
export type { LoadedTrees, TreeThreads } from './load-tree-kernels.ts';
