// Versions of the data as a list to choose from: as it was read, those saved, and as it stands now; and what was done to
// each, in words. Two entries with one content hash are one and the same data.
import type { Hash, Json } from '../../../../core/base/json.ts';
import type { CleanSpec, CleanStep } from '../../../../core/clean/clean.ts';
import type { Catalog, DataVersion } from '../../../../wire/engine.ts';
import { list, plural } from '../../../format.ts';

/** `version` is what restoring takes. */
export type Entry = { key: string; id: Hash; label: string; rows: number | null; columns: number | null; savedAt: number | null; steps: string[]; isNow: boolean; version: DataVersion | null };
type Project = { dataset: Hash | null; data: Hash | null; clean: CleanSpec | null; versions: readonly DataVersion[]; rows: number; columns: number; read: { rows: number; columns: number } | null };
type Cleaners = Catalog['cleaners'];

export function stepWords(step: Pick<CleanStep, 'type' | 'columns' | 'params' | 'comment'>, cleaners: Cleaners): string {
  const label = cleaners.find((each) => each.type === step.type)?.label ?? step.type;
  const about = [...(step.columns.length === 0 ? [] : [list(step.columns, 3)]), ...paramWords(step, cleaners)].join('; ');
  return `${label}${about === '' ? '' : `: ${about}`}${step.comment ? ` (${step.comment})` : ''}`;
}
/** Params that are not as they come, shortly; tables of values are left out. */
function paramWords(step: Pick<CleanStep, 'type' | 'params'>, cleaners: Cleaners): string[] {
  const declared = cleaners.find((each) => each.type === step.type)?.params ?? {};
  const given = step.params !== null && typeof step.params === 'object' && !Array.isArray(step.params) ? Object.entries(step.params as { [key: string]: Json }) : [];
  return given.flatMap(([key, value]) => {
    const param = declared[key];
    if (param === undefined || value === param.fallback || value === '' || typeof value === 'boolean' || (typeof value === 'string' && /^[[{]/.test(value))) return [];
    const text = String(param.kind === 'choice' ? (param.choices.find((choice) => choice.value === value)?.label ?? value) : value);
    return [text.length > 60 ? `${text.slice(0, 59)}\u2026` : text];
  });
}
export const stepsOf = (clean: CleanSpec | null, cleaners: Cleaners): string[] => (clean?.steps ?? []).filter((step) => step.disabled !== true).map((step) => stepWords(step, cleaners));

/** Now first, then the saved ones from the newest to the oldest, then as it was read. */
export function entriesOf(project: Project, cleaners: Cleaners): Entry[] {
  const { dataset, data, clean, versions, rows, columns, read } = project;
  if (dataset === null || data === null) return [];
  const saved = versions.map((version, i): Entry => ({ key: `saved ${i}`, id: version.id, label: version.label, rows: version.rows, columns: version.columns, savedAt: version.savedAt, steps: stepsOf(version.clean, cleaners), isNow: version.id === data, version }));
  const raw: Entry = { key: 'read', id: dataset, label: 'As read', rows: read?.rows ?? null, columns: read?.columns ?? null, savedAt: null, steps: [], isNow: data === dataset, version: { id: dataset, raw: dataset, clean: null, label: 'as read', rows: read?.rows ?? 0, columns: read?.columns ?? 0, savedAt: 0 } };
  const isKnown = data === dataset || saved.some((entry) => entry.isNow);
  const now: Entry[] = isKnown ? [] : [{ key: 'now', id: data, label: 'Now, not saved', rows, columns, savedAt: null, steps: stepsOf(clean, cleaners), isNow: true, version: null }];
  return [...now, ...saved.reverse(), raw];
}

/** What to compare at first: as read against now, or the version before. */
export function firstPair(entries: readonly Entry[]): { a: string; b: string } | null {
  const now = entries.find((entry) => entry.isNow) ?? entries[0];
  const other = entries.findLast((entry) => entry.id !== now?.id);
  return now === undefined || other === undefined ? null : { a: other.key, b: now.key };
}

export const nextLabel = (versions: readonly DataVersion[]): string => `Version ${versions.length + 1}`;
export const sizeWords = (entry: Pick<Entry, 'rows' | 'columns'>): string => (entry.rows === null || entry.columns === null ? '' : `${plural(entry.rows, 'row')}, ${plural(entry.columns, 'column')}`);
