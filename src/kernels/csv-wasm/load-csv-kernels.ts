// CSV kernels in WASM (one thread, SIMD) behind core's CsvKernels; the twin of core/io/csv/reference-csv.ts.
// One module, and for each scan an instance with a memory of its own. A known-answer scan proves the module before it is used;
// else the reference serves, with the reason.
import type { CsvKernels } from '../../core/io/csv/csv-kernels.ts';
import { referenceCsv } from '../../core/io/csv/reference-csv.ts';
import { bytes } from './assembly/index.ts?kernel';
import { makeAsciiCheck } from './ascii-check.ts';
import { openScan } from './open-scan.ts';
import { selfTest } from './self-test.ts';

let loaded: Promise<CsvKernels & { reason: string | null }> | null = null;

/** The WASM kernels, compiled and tested once; `reason` says why they are the reference instead (null = they are not). */
export function loadCsvKernels(): Promise<CsvKernels & { reason: string | null }> {
  loaded ??= compile();
  return loaded;
}

async function compile(): Promise<CsvKernels & { reason: string | null }> {
  try {
    const module = await WebAssembly.compile(bytes);
    const kernels: CsvKernels = { backend: 'wasm', isAscii: makeAsciiCheck(module), open: (plan) => openScan(module, plan) };
    const fault = selfTest(kernels);
    return fault ? { ...referenceCsv, reason: fault } : { ...kernels, reason: null };
  } catch (error) {
    return { ...referenceCsv, reason: `WASM is not usable here: ${String(error)}` };
  }
}
