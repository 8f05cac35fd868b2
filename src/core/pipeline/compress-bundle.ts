// A bundle -> a smaller one with 8- or 16-bit weights and leaf values, and what that did to the score on test rows.
// The golden predictions are made anew by the compressed model; the evaluation in the bundle is the compressed one's.
import type { Json } from '../base/json.ts';
import type { WorkContext } from '../base/task.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { quantizeModel } from '../compress/quantize-model.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { metrics } from '../metrics/index.ts';
import { predictModel } from '../models/predict-model.ts';
import type { ServingContext } from '../models/serving-kernels.ts';
import type { Matrix } from '../table/matrix.ts';
import { predictRows } from './predict.ts';
import type { RunSpec } from './run-spec.ts';

/** `test` holds the run's test rows through the bundle's own recipe. */
export async function compressBundle(bundle: Bundle, bits: 8 | 16, test: Matrix, resamples: number, context: WorkContext & ServingContext): Promise<{ bundle: Bundle; evaluation: Evaluation }> {
  const spec = bundle.run as unknown as RunSpec;
  const model = quantizeModel(bundle.model, bits);
  const judges = [...new Set([...spec.metrics, ...Object.keys((bundle.evaluation as Evaluation | null)?.metrics ?? {}).filter((type) => metrics.has(type))])];
  const evaluation = await evaluate(predictModel(model, test, context.serving), test.target!, test.weight, { metrics: judges, groups: test.groups ?? null, seed: spec.seed, resamples }, context);
  const serving = { ...bundle, model };
  const { values, width } = predictRows(serving, bundle.golden.rows).prediction;
  const predictions = bundle.golden.rows.map((_, row) => Array.from(values.subarray(row * width, row * width + width)));
  return { bundle: { ...serving, evaluation: evaluation as Json, golden: { rows: bundle.golden.rows, predictions } }, evaluation };
}
