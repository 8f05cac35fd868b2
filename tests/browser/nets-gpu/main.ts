// The page of nets-gpu.test.ts: the kernels on a WebGPU device of the browser, and what the test asks of them.
import { loadTfjsNets } from '../../../src/kernels/dense-tfjs/load-tfjs-nets.ts';
import { destroyWebgpu, gpuHeld } from '../../../src/kernels/dense-tfjs/start-webgpu.ts';
import { dispatchCount } from '../../../src/kernels/dense-tfjs/webgpu/program.ts';
import { netCases, randomCase } from '../../parity/net-cases.ts';
import { compareNets, holdsStill } from '../../parity/net-parity.ts';

const page = { loadTfjsNets, destroyWebgpu, gpuHeld, dispatchCount, netCases, randomCase, compareNets, holdsStill };
export type NetsPage = typeof page;
Object.assign(globalThis, { page });
