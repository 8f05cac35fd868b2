// The facts of a table -> what deserves a look, the gravest first, then by the rows concerned.
// Thresholds are those of each alert's params, changed where the person changed them.
import type { Json } from '../../base/json.ts';
import { parseParams } from '../../base/params.ts';
import type { Alert, AlertSeverity } from '../profile.ts';
import type { AlertFacts } from './alert.ts';
import { alerts } from './index.ts';
import { makeAlert } from './say.ts';

/** Changed thresholds by alert code; absent ones keep their fallback. */
export type Thresholds = { [alert: string]: Json };

const RANK: Record<AlertSeverity, number> = { high: 0, watch: 1, info: 2 };
const MOST_ALERTS = 1000;

/** Throws unknown-type for an alert that is not there and bad-param for a threshold out of its bounds. */
export function findAlerts(facts: AlertFacts, thresholds: Thresholds = {}, silent: readonly string[] = []): Alert[] {
  for (const type of [...Object.keys(thresholds), ...silent]) alerts.get(type);
  const off = new Set(silent);
  const found = alerts.all.flatMap((kind) => (off.has(kind.type) ? [] : kind.find(facts, parseParams(kind.params as never, thresholds[kind.type], kind.type))));
  found.sort((a, b) => RANK[a.severity] - RANK[b.severity] || (b.rows ?? 0) - (a.rows ?? 0));
  if (found.length <= MOST_ALERTS) return found;
  return [...found.slice(0, MOST_ALERTS), makeAlert('more-alerts', 'info', null, `${found.length - MOST_ALERTS} further findings of lower rank are not listed`, `at most ${MOST_ALERTS} are listed`, null)];
}
