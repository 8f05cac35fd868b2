// A bundle that somebody gave us -> the record of the run that made it, so that Evaluate and Deploy can show it.
// Its provenance is hostile JSON: copied through the same shapes as a project file's runs, or left out.
import { isBarnacleError } from '../../src/core/base/errors.ts';
import type { Hash } from '../../src/core/base/json.ts';
import type { Bundle } from '../../src/core/bundle/bundle.ts';
import type { Evaluation } from '../../src/core/evaluate/evaluation.ts';
import { hashModel } from '../../src/core/models/hash-model.ts';
import { modelBytes } from '../../src/core/models/model-bytes.ts';
import { runId, waitingRun } from '../../src/core/pipeline/run.ts';
import type { Run, RunSpec } from '../../src/core/pipeline/run-spec.ts';
import { parseRecipe } from '../../src/core/recipe/parse-recipe.ts';
import { evaluationShape, specShape } from '../../src/store/record-shapes.ts';
import { copyShape } from '../../src/store/shape.ts';

/** Null when the bundle does not say, in a form that this studio reads, which run made it. */
export function runOfBundle(bundle: Bundle, hash: Hash, importedAt: number): Run | null {
  try {
    const copied = copyShape(bundle.run, specShape, 'run') as unknown as RunSpec;
    const spec = { ...copied, recipe: parseRecipe(copied.recipe) };
    const evaluation = copyShape(bundle.evaluation, evaluationShape, 'evaluation') as unknown as Evaluation;
    return { ...waitingRun(spec, importedAt), id: runId(spec), status: 'done', evaluation, bundle: hash, modelHash: hashModel(bundle.model), modelBytes: modelBytes(bundle.model) };
  } catch (thrown) {
    if (isBarnacleError(thrown)) return null;
    throw thrown;
  }
}
