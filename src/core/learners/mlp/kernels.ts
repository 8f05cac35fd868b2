// The seam between the mlp learner and a neural backend; implemented by reference.ts here and by kernels/dense-tfjs.
export interface DenseKernels {
  /** reference | wasm | webgpu | cpu, for the run's record. */
  readonly backend: string;
}
