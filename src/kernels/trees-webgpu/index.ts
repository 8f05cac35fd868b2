// Tree kernels on a GPU over those of a host: what select.ts loads.
export { loadGpuTrees, type GpuTreeOptions } from './load-gpu-trees.ts';
