// The quality alerts by their code, in the order in which equals are shown.
import { makeRegistry } from '../../base/registry.ts';
import type { AlertKind } from './alert.ts';
import { blanks } from './blanks.ts';
import { brokenDependency } from './broken-dependency.ts';
import { conflictingLabels } from './conflicting-labels.ts';
import { constant } from './constant.ts';
import { dateGaps } from './date-gaps.ts';
import { datesAsText } from './dates-as-text.ts';
import { disguisedMissing } from './disguised-missing.ts';
import { duplicateRows } from './duplicate-rows.ts';
import { empty } from './empty.ts';
import { futureDates } from './future-dates.ts';
import { highCardinality } from './high-cardinality.ts';
import { highCorrelation } from './high-correlation.ts';
import { identifier } from './identifier.ts';
import { imbalance } from './imbalance.ts';
import { inliers } from './inliers.ts';
import { lengthOutliers } from './length-outliers.ts';
import { missing } from './missing.ts';
import { mixedNulls } from './mixed-nulls.ts';
import { mixedTypes } from './mixed-types.ts';
import { nearDuplicateRows } from './near-duplicate-rows.ts';
import { notFinite } from './not-finite.ts';
import { numbersAsText } from './numbers-as-text.ts';
import { oddCharacters } from './odd-characters.ts';
import { outliers } from './outliers.ts';
import { pairsSkipped } from './pairs-skipped.ts';
import { personalData } from './personal-data.ts';
import { rowOrder } from './row-order.ts';
import { similarLevels } from './similar-levels.ts';
import { skew } from './skew.ts';
import { spellingVariants } from './spelling-variants.ts';
import { sum } from './sum.ts';
import { suspectZeros } from './suspect-zeros.ts';
import { uniform } from './uniform.ts';
import { units } from './units.ts';
import { zeros } from './zeros.ts';

const kinds = [
  empty, constant, identifier, units, mixedTypes, numbersAsText, datesAsText, disguisedMissing, mixedNulls, missing, notFinite, suspectZeros, spellingVariants, similarLevels, blanks, oddCharacters, brokenDependency,
  personalData, futureDates, dateGaps, highCardinality, zeros, inliers, skew, outliers, uniform, imbalance, lengthOutliers, conflictingLabels, duplicateRows, nearDuplicateRows, highCorrelation, pairsSkipped, sum, rowOrder,
] as readonly AlertKind[];

export const alerts = makeRegistry<AlertKind>('quality alert', kinds);
