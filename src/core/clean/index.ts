// The one list of cleaning steps: picker, form, preview, contract tests and docs are read from it.
import { makeRegistry } from '../base/registry.ts';
import type { Cleaner } from './clean.ts';
import { rowSteps } from './row-steps.ts';
import { filter } from './steps/filter.ts';

export const cleaners = makeRegistry<Cleaner>('cleaning step', [...rowSteps, filter] as readonly Cleaner[]);
