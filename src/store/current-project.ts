// A project record as any version of the app has written it -> as this one reads it: fields that came later get their
// empty value, and a model from a file, once kept among the compression reports, moves to a field of its own.
import type { ProjectRecord } from '../wire/engine.ts';

type Later = 'pending' | 'model' | 'clean' | 'cleaned' | 'contract' | 'tables' | 'versions' | 'dictionary' | 'alerting';
/** What a record may lack. */
export type AnyProject = Omit<ProjectRecord, Later> & Partial<Pick<ProjectRecord, Later>>;

/** A record of this version; equal to the one given when nothing is missing. */
export function currentProject(record: AnyProject): ProjectRecord {
  const { compress, kept, name } = record;
  const whole = { ...empty, ...record };
  if (record.model !== undefined) return { ...whole, model: record.model };
  const isGiven = kept === null && compress !== null && compress.metric === '';
  return isGiven ? { ...whole, compress: null, model: { bundle: compress.bundle, name, bytes: compress.bytes } } : { ...whole, model: null };
}

const empty: Pick<ProjectRecord, Exclude<Later, 'model'>> = { pending: [], clean: null, cleaned: null, contract: null, tables: [], versions: [], dictionary: null, alerting: null };
