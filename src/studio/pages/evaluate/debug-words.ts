// What the Debug tab says: a verdict as a word and a tone, the whole as a title, and which tools suit a run's learner.
import type { DebugFinding, DebugVerdict } from '../../../core/debug/debug.ts';
import type { Run } from '../../../core/pipeline/run-spec.ts';
import type { Catalog } from '../../../wire/engine.ts';

export type DebugToolCard = NonNullable<Catalog['debugTools']>[number];

export const verdictWords: { readonly [verdict in DebugVerdict]: { word: string; tone: 'good' | 'watch' | 'bad' | '' } } = {
  pass: { word: 'pass', tone: 'good' },
  warn: { word: 'look at it', tone: 'watch' },
  fail: { word: 'fail', tone: 'bad' },
  skipped: { word: 'says nothing here', tone: '' },
};

/** The tools that say something about the run's learner, in order. */
export function toolsOf(catalog: Pick<Catalog, 'debugTools' | 'learners'> | null, run: Run): DebugToolCard[] {
  const studied = catalog?.learners.find((learner) => learner.type === run.spec.learner.type)?.studied ?? false;
  return (catalog?.debugTools ?? []).filter((tool) => tool.suits === 'all' || studied);
}

/** `of`: how many checks suit the run. */
export function debugFinding(label: string, findings: readonly DebugFinding[], of: number): string {
  if (findings.length === 0) return `Does ${label} learn what it should?`;
  const failed = findings.filter((finding) => finding.verdict === 'fail');
  const watched = findings.filter((finding) => finding.verdict === 'warn');
  if (failed.length > 0) return failed.length === 1 ? `${failed[0]!.label} fails: ${failed[0]!.headline}` : `${failed.length} of ${findings.length} checks fail`;
  if (watched.length > 0) return watched.length === 1 ? `Nothing fails; look at ${watched[0]!.label.toLowerCase()}` : `Nothing fails; ${watched.length} checks are worth a look`;
  const passed = findings.filter((finding) => finding.verdict === 'pass');
  if (passed.length === 0) return findings.length < of ? 'Nothing was said yet' : 'No check says anything about this learner';
  return findings.length < of ? `${passed.length} of ${of} checks ${passed.length === 1 ? 'passes' : 'pass'}; the others have not run` : 'All checks pass';
}

/** A figure as text: whole numbers grouped, others to four digits. */
export function figureText(value: number | string | null): string {
  if (value === null) return '\u2013';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  return (size < 1e-3 || size >= 1e6 ? value.toExponential(2) : String(Number(value.toPrecision(4)))).replaceAll('-', '\u2212');
}
