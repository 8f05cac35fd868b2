// The front page of TreeSHAP in WebAssembly: one loader, which proves itself against the reference in core.
export { loadShapKernels } from './load-shap-kernels.ts';
