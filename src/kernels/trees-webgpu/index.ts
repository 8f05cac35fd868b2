export { loadGpuTrees, type GpuTreeOptions } from './load-gpu-trees.ts';
