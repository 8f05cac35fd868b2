// The seam between the boosting loop and the machine: the stages of tree growing that are worth a fast twin.
// reference.ts implements it in plain TypeScript; kernels/trees-wasm must give the same integers, bit for bit.
export interface TreeKernels {
  /** reference | wasm | webgpu, for the run's record. */
  readonly backend: string;
  readonly threads: number;
}
