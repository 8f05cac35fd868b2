// The front page of the tree kernels in WebAssembly: the loader, which proves itself against the reference in core, and what
// a helper thread runs.
export { loadTreeKernels } from './load-tree-kernels.ts';
export type { LoadedTrees, TreeThreads } from './load-tree-kernels.ts';
export { serveTreeThread } from './serve-thread.ts';
export type { TreeThread } from './team.ts';
