// The small words that alerts share: making one, the kinds of fix, thresholds, shares as text.
import type { NumberParam } from '../../base/params.ts';
import type { ColumnFacts } from '../profile-column.ts';
import type { Alert, AlertSeverity } from '../profile.ts';
import type { AlertFacts } from './alert.ts';

type Fix = Alert['fix'];
type Values = { [key: string]: string | number | boolean };

export const makeAlert = (code: string, severity: AlertSeverity, column: string | null, message: string, evidence: string, rows: number | null, fix: Fix = null): Alert => ({ code, severity, column, message, evidence, rows, fix });

/** One alert at most for each column with at least one present value. */
export const eachColumn = (facts: AlertFacts, find: (column: ColumnFacts, present: number) => Alert | null): Alert[] =>
  facts.columns.flatMap((held) => {
    const present = held.column.rows - held.column.missing;
    return present > 0 ? (find(held, present) ?? []) : [];
  });

export const dropFix = (name: string): Fix => ({ label: `Leave out ${name}`, drop: name, clean: [{ type: 'drop-columns', columns: [name], params: {} }] });
/** A step of the recipe, learned from training rows. */
export const stepFix = (label: string, type: string, column: string, params: Values): Fix => ({ label, step: { type, columns: [column], params } });
/** A step of cleaning. */
export const cleanFix = (label: string, type: string, columns: string[], params: Values): Fix => ({ label, clean: [{ type, columns, params }] });
/** Either: the cleaning step on the Data page, the step in a recipe that is already there. */
export const eitherFix = (label: string, column: string, step: { type: string; params: Values }, clean: { type: string; params: Values }): Fix => ({ label, step: { type: step.type, columns: [column], params: step.params }, clean: [{ type: clean.type, columns: [column], params: clean.params }] });

export const share = (label: string, help: string, fallback: number): NumberParam => ({ kind: 'number', label, help, fallback, min: 0, max: 1, integer: false });
export const amount = (label: string, help: string, fallback: number, min: number, max: number, integer = false): NumberParam => ({ kind: 'number', label, help, fallback, min, max, integer });

export const percent = (part: number): string => (part > 0 && part < 0.001 ? 'less than 0.1 %' : part > 0.999 && part < 1 ? 'more than 99.9 %' : `${Number((100 * part).toFixed(part < 0.1 || part > 0.99 ? 1 : 0))} %`);
export const quoted = (texts: readonly string[], most = 3): string => texts.slice(0, most).map((text) => JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text)).join(', ');
/** Rows of a column whose strings were only looked at in part. */
export const about = (held: ColumnFacts): string => (held.isSample ? 'about ' : '');
export const digits = (value: number): string => String(Number(value.toPrecision(6)));
