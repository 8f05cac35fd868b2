// --split random | stratified | time:COLUMN | group:COLUMN with --test and --valid, as a SplitSpec.
import type { SplitSpec } from '../core/split/split.ts';
import type { Values } from './command.ts';
import { badFlag, numberValue, textValue } from './values.ts';

/** The split asked for, or the suggested one when --split is absent; --test and --valid override either. */
export function splitFlag(values: Values, suggested: SplitSpec): SplitSpec {
  const test = numberValue(values, 'test', suggested.test, 0.01, 0.9);
  const valid = numberValue(values, 'valid', suggested.valid, 0, 0.5);
  const text = textValue(values, 'split');
  if (text === null) return { ...suggested, test, valid };
  const [kind, ...rest] = text.split(':');
  const column = rest.join(':');
  if ((kind === 'random' || kind === 'stratified') && !column) return { kind, column: null, test, valid };
  if ((kind === 'time' || kind === 'group') && column) return { kind, column, test, valid };
  throw badFlag('split', text, 'random, stratified, time:COLUMN or group:COLUMN');
}

/** A split in the words that --split takes. */
export const splitText = (split: SplitSpec): string => (split.column === null ? split.kind : `${split.kind}:${split.column}`);
