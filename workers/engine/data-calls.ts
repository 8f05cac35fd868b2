// Pages, profiles and suggestions: what the studio asks about a dataset, read or cleaned.
import { adaptRecipe } from '../../src/core/pipeline/adapt-recipe.ts';
import { byTarget } from '../../src/core/pipeline/by-target.ts';
import { previewRecipe } from '../../src/core/pipeline/preview.ts';
import { suggest } from '../../src/core/pipeline/suggest.ts';
import { tablePage } from '../../src/core/pipeline/table-page.ts';
import { quiet } from '../../src/core/base/task.ts';
import type { EngineWire } from '../../src/wire/engine.ts';
import { profileSlice } from '../../src/wire/engine.ts';
import { firstSlice } from '../../src/wire/first-slice.ts';
import type { ProfileOf } from './profile-of.ts';
import type { Session } from './session.ts';

type Calls = Pick<EngineWire, 'page' | 'profile' | 'profileColumns' | 'byTarget' | 'suggest' | 'adaptRecipe' | 'preview'>;
const previewSeed = 1;

export const dataCalls = (session: Session, profileOf: ProfileOf): Calls => ({
  page: async (dataset, from, count) => tablePage(await session.table(dataset), from, count),
  profile: (job, dataset, onProgress) => session.jobs.during(job, async (running) => firstSlice(await profileOf(dataset, running.context(onProgress)))),
  profileColumns: async (dataset, from) => (await profileOf(dataset, quiet)).columns.slice(from, from + profileSlice),
  byTarget: async (dataset, column, recipe) => byTarget(await session.table(dataset), column, recipe),
  suggest: async (dataset, target, above) => suggest(await profileOf(dataset, quiet), target, above),
  adaptRecipe: async (dataset, recipe, split, clean) => adaptRecipe(recipe, split, await profileOf(dataset, quiet), clean),
  preview: async (dataset, recipe, split) => previewRecipe(await session.table(dataset), recipe, split, previewSeed),
});
