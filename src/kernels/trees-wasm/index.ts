export { loadTreeKernels } from './load-tree-kernels.ts';
