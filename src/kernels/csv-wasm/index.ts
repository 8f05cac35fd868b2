// The front page of the CSV kernels in WebAssembly: one loader, which proves itself against the reference in core.
export { loadCsvKernels } from './load-csv-kernels.ts';
