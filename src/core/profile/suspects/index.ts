// The detectors of suspect cells by name.
import { makeRegistry } from '../../base/registry.ts';
import { brokenDependency } from './dependency.ts';
import { disguisedMissing } from './disguised.ts';
import { oddFormat } from './format.ts';
import { keyConflict } from './key-conflict.ts';
import { misplaced } from './misplaced.ts';
import { mixedType } from './mixed-type.ts';
import { numberOutlier } from './number-outlier.ts';
import { spelling } from './spelling.ts';
import type { SuspectDetector } from './suspect.ts';
import { typo } from './typo.ts';
import { unitCells } from './unit.ts';

export const detectors = makeRegistry<SuspectDetector>('suspect detector', [misplaced, unitCells, disguisedMissing, mixedType, oddFormat, spelling, typo, brokenDependency, keyConflict, numberOutlier]);
