// A bundle and a table with the truth -> prediction and target side by side, rows without a target left out.
// Classes are the bundle's own: a class never seen in training cannot be scored and throws bad-target.
import { BarnacleError } from '../base/errors.ts';
import { replayClean } from '../clean/replay-clean.ts';
import type { ServingKernels } from '../models/serving-kernels.ts';
import type { Breach } from '../contract/contract.ts';
import { groupsOf } from '../recipe/groups-of.ts';
import { readTarget, rowsWithTarget } from '../recipe/read-target.ts';
import { weightsOf } from '../recipe/weights-of.ts';
import type { Prediction, Target } from '../table/matrix.ts';
import { takeRows } from '../table/take.ts';
import type { Table } from '../table/table.ts';
import { predictTable, type Serving } from './predict.ts';

export function scoredTable(bundle: Serving, table: Table, kernels: ServingKernels | null = null): { prediction: Prediction; target: Target; groups: Int32Array | null; weight: Float32Array | null; rows: number; breaches: Breach[] } {
  const { spec, classes } = bundle.recipe;
  const truth = bundle.clean ? replayClean(bundle.clean, table) : table;
  const usable = rowsWithTarget(truth, spec);
  const kept = usable ? takeRows(table, usable) : table;
  if (!kept.rows) throw new BarnacleError('no-rows', `no row carries the target "${spec.target}"; scoring needs the truth`, { what: 'scored' });
  const scored = usable ? takeRows(truth, usable) : truth;
  const target = alignClasses(readTarget(spec, scored, classes), classes, spec.target);
  return { ...predictTable(bundle, kept, kernels), target, groups: groupsOf(spec, scored, false).groups ?? null, weight: weightsOf(spec, scored, false), rows: kept.rows };
}

function alignClasses(target: Target, classes: readonly string[], column: string): Target {
  if (target.kind === 'value') return target;
  const index = target.classes.map((level) => classes.indexOf(level));
  const unknown = target.classes.find((_, k) => index[k] < 0);
  if (unknown !== undefined) throw new BarnacleError('bad-target', `column "${column}" holds the class "${unknown}"; the model knows ${classes.join(', ')}`, { column, reason: `unknown class ${unknown}` });
  return { kind: 'class', classes, codes: target.codes.map((code) => index[code]) };
}
