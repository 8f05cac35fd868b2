// The one list of cleaning steps: picker, form, preview, contract tests and docs are read from it.
import { makeRegistry } from '../base/registry.ts';
import type { Cleaner } from './clean.ts';
import { rowSteps } from './row-steps.ts';
import { asOfJoin } from './steps/as-of-join.ts';
import { dedupe } from './steps/dedupe.ts';
import { dropMissing } from './steps/drop-missing.ts';
import { dropOutliers } from './steps/drop-outliers.ts';
import { fillDown } from './steps/fill-down.ts';
import { filter } from './steps/filter.ts';
import { fixCells } from './steps/fix-cells.ts';
import { group } from './steps/group.ts';
import { join } from './steps/join.ts';
import { pivot } from './steps/pivot.ts';
import { sample } from './steps/sample.ts';
import { sort } from './steps/sort.ts';
import { stack } from './steps/stack.ts';
import { unpivot } from './steps/unpivot.ts';

const others = [filter, dedupe, dropOutliers, dropMissing, sort, fillDown, fixCells, sample, group, pivot, unpivot, join, asOfJoin, stack] as readonly Cleaner[];
export const cleaners = makeRegistry<Cleaner>('cleaning step', [...rowSteps, ...others]);
