// What waits for the person on the Data page, in words, the gravest first; and the count that a tab shows beside its name.
import type { Alert } from '../../../core/profile/profile.ts';
import { plural } from '../../format.ts';
import type { Tab } from './tabs.ts';

type Facts = { alerts: readonly Alert[]; fixed: (alert: Alert) => boolean; /** A target is chosen and can be learned. */ target: boolean; /** Columns whose dates could be day or month first. */ dates: number; /** Steps that cannot run. */ failing: number };

/** One entry for each thing: short enough for a list. */
export function decisions({ alerts, fixed, target, dates, failing }: Facts): string[] {
  return [
    ...(target ? [] : ['what to predict']),
    ...(failing === 0 ? [] : [`${plural(failing, 'step')} that cannot run`]),
    ...(dates === 0 ? [] : [`day or month first in ${plural(dates, 'column')}`]),
    ...alerts.filter((alert) => alert.severity === 'high' && !fixed(alert)).map((alert) => (alert.column === null ? alert.message.replace(/\.$/, '') : alert.column)),
  ];
}

export function tabCount(tab: Tab, counts: { steps: number; alerts: number; rejected: number; versions: number }): number {
  return { table: 0, import: counts.rejected, clean: counts.steps, alerts: counts.alerts, contract: 0, dictionary: 0, versions: counts.versions }[tab];
}
