// The row steps alone, for serving: what an exported model replays must not carry joins, groups and filters along.
import { makeRegistry } from '../base/registry.ts';
import type { Cleaner } from './clean.ts';
import { clip } from './steps/clip.ts';
import { compute } from './steps/compute.ts';
import { dropColumns } from './steps/drop-columns.ts';
import { extract } from './steps/extract.ts';
import { fill } from './steps/fill.ts';
import { joinColumns } from './steps/join-columns.ts';
import { keepColumns } from './steps/keep-columns.ts';
import { letterCase } from './steps/letter-case.ts';
import { mergeVariants } from './steps/merge-variants.ts';
import { rename } from './steps/rename.ts';
import { replace } from './steps/replace.ts';
import { retype } from './steps/retype.ts';
import { setMissing } from './steps/set-missing.ts';
import { splitColumn } from './steps/split-column.ts';
import { stripUnit } from './steps/strip-unit.ts';
import { trim } from './steps/trim.ts';

export const rowSteps: readonly Cleaner[] = [rename, retype, trim, letterCase, replace, setMissing, stripUnit, splitColumn, joinColumns, mergeVariants, fill, clip, extract, compute, dropColumns, keepColumns] as readonly Cleaner[];
export const rowCleaners = makeRegistry<Cleaner>('cleaning step', rowSteps);
