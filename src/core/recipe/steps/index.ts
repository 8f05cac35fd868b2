// The one list of recipe steps: picker, form, contract tests and docs are read from it.
import { makeRegistry } from '../../base/registry.ts';
import type { Step } from '../step.ts';
import { asCategory } from './as-category.ts';
import { blank } from './blank.ts';
import { codes } from './codes.ts';
import { dateParts } from './date-parts.ts';
import { frequency } from './frequency.ts';
import { impute } from './impute.ts';
import { logScale } from './log-scale.ts';
import { mergeLevels } from './merge-levels.ts';
import { oneHot } from './one-hot.ts';
import { ordinal } from './ordinal.ts';
import { standardise } from './standardise.ts';
import { targetEncode } from './target-encode.ts';
import { textLength } from './text-length.ts';

export const steps = makeRegistry<Step>('step', [blank, asCategory, mergeLevels, dateParts, impute, logScale, oneHot, targetEncode, ordinal, codes, frequency, textLength, standardise]);
