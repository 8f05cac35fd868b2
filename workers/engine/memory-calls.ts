// What fits will take in memory, before they start: from the prepared data when it is there, else from the rows and from
// what a preview of the recipe makes of them.
import { BarnacleError } from '../../src/core/base/errors.ts';
import type { Hash } from '../../src/core/base/json.ts';
import { cleanData } from '../../src/core/pipeline/clean-data.ts';
import { fitMemory, type FitMemory, type FitSize } from '../../src/core/pipeline/fit-memory.ts';
import { previewRecipe } from '../../src/core/pipeline/preview.ts';
import { prepareKey } from '../../src/core/pipeline/prepare.ts';
import { runId } from '../../src/core/pipeline/run.ts';
import type { RunSpec } from '../../src/core/pipeline/run-spec.ts';
import { classesOf } from '../../src/core/recipe/read-target.ts';
import type { EngineApi, MemoryPlan } from '../../src/wire/engine.ts';
import { contextOf, type Session } from './session.ts';

const GB = 2 ** 30;
/** One WebAssembly memory cannot be larger. */
const mostBytes = 4 * GB;
const leastBytes = 256 * 2 ** 20;

/** Bytes that a fit may take: half of what the browser says the device has, less what the engine holds. */
export function fitBudget(session: Session, deviceGb = (globalThis.navigator as { deviceMemory?: number } | undefined)?.deviceMemory ?? 4): number {
  return Math.max(leastBytes, Math.min(mostBytes, 0.5 * deviceGb * GB) - session.heldBytes());
}

/** Throws too-large with the way out when a fit would not find room. */
export function refuseTooLarge(memory: FitMemory | null, budget: number): void {
  if (!memory || memory.bytes <= budget) return;
  const [need, room] = [Math.ceil(memory.bytes / 2 ** 20), Math.floor(budget / 2 ** 20)];
  throw new BarnacleError('too-large', `this fit needs about ${need} MiB and this tab has ${room} MiB for it; use fewer rows, columns, bins or leaves, or close other projects`, { what: 'MiB of memory for one fit', value: need, limit: room });
}

export function memoryCalls(session: Session): Pick<EngineApi, 'memoryPlans'> {
  const sizes = new Map<Hash, Promise<FitSize>>();
  const sizeOf = (spec: RunSpec): Promise<FitSize> => {
    const key = prepareKey(spec);
    const found = sizes.get(key) ?? estimate(session, spec);
    sizes.set(key, found);
    found.catch(() => sizes.delete(key));
    return found;
  };
  return {
    async memoryPlans(specs) {
      const budget = fitBudget(session);
      const plans: MemoryPlan[] = [];
      for (const spec of specs) {
        const memory = fitMemory(spec.learner.type, spec.learner.params, await sizeOf(spec), session.fits.alone);
        if (memory) plans.push({ run: runId(spec), ...memory, budget, fits: memory.bytes <= budget, threads: session.fits.alone });
      }
      return plans;
    },
  };
}

async function estimate(session: Session, spec: RunSpec): Promise<FitSize> {
  const read = await session.table(spec.data);
  const { table } = cleanData(spec, read, contextOf(await session.joined(spec.clean)));
  const { features, counts } = previewRecipe(table, spec.recipe, spec.split, spec.seed);
  const classes = spec.recipe.task === 'multiclass' ? (classesOf(spec.recipe, table)?.length ?? 1) : 1;
  return { rows: counts.train, validRows: counts.valid, features, outputs: classes, weighted: false };
}
