// Severities and notes in words, and the order in which they are shown: what needs a decision comes first.
import type { Alert, AlertSeverity } from '../../core/profile/profile.ts';

export const severityWords: { [severity in AlertSeverity]: { label: string; tone: 'bad' | 'watch' | '' } } = {
  high: { label: 'Decide', tone: 'bad' },
  watch: { label: 'Watch', tone: 'watch' },
  info: { label: 'Note', tone: '' },
};
const order: readonly AlertSeverity[] = ['high', 'watch', 'info'];

/** Alerts, the gravest first; equals keep their order. */
export const rankAlerts = (alerts: readonly Alert[]): Alert[] => [...alerts].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
