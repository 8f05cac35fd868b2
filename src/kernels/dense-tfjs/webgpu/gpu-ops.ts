import type { NetOps } from '../ops.ts';
import { plainOps } from '../plain/plain-ops.ts';
export const gpuOps = (): NetOps => plainOps;
