// What this thread explains trees with: WASM, or the reference where the page asked for it in the worker's name.
import type { ShapKernels } from '../src/core/explain/shap-kernels.ts';
import { referenceShap } from '../src/core/explain/shap-reference.ts';
import { loadShapKernels } from '../src/kernels/trees-shap-wasm/index.ts';

export const shapKernels = async (): Promise<ShapKernels> => (new URLSearchParams(self.name.split('?')[1] ?? '').get('backend') === 'reference' ? referenceShap : loadShapKernels());
