// The same model predicted by onnxruntime-web in this process: WASM with SIMD, one thread, rows as one float tensor made beforehand.
import { createRequire } from 'node:module';
import { join } from 'node:path';

type Tensor = { readonly data: ArrayLike<number> };
type Session = { run(feeds: { x: Tensor }, fetches: readonly string[]): Promise<{ p: Tensor }> };
type Ort = {
  env: { wasm: { numThreads: number }; logLevel: string; versions: { web: string } };
  InferenceSession: { create(bytes: Uint8Array, options: object): Promise<Session> };
  Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor;
};
export type OrtModel = { readonly version: string; load(rows: Float32Array, count: number): () => Promise<Float64Array> };

/** `features` columns; load gives a prediction of P(classes[1]) of row-major rows, or all that it says. Throws when the package is not installed. */
export async function openOrt(bytes: Uint8Array, features: number, says: 'positive' | 'all' = 'positive'): Promise<OrtModel> {
  const require = createRequire(join(process.env.BARNACLE_ROOT ?? process.cwd(), 'package.json'));
  const ort = require('onnxruntime-web') as Ort;
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], intraOpNumThreads: 1, graphOptimizationLevel: 'all' });
  return {
    version: ort.env.versions.web,
    load(rows, count) {
      const x = new ort.Tensor('float32', rows, [count, features]);
      return async () => {
        const { data } = (await session.run({ x }, ['p'])).p;
        return says === 'all' ? Float64Array.from(data) : Float64Array.from({ length: count }, (_, i) => data[2 * i + 1]);
      };
    },
  };
}
