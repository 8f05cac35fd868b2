// What the person changed about alerts: thresholds that differ from the declared ones, and alerts that are silent.
import type { Json } from '../../../../core/base/json.ts';
import type { AnyParams } from '../../../../core/base/params.ts';
import type { Alerting } from '../../../../wire/data.ts';

export function thresholdsOf(alerting: Alerting, type: string): { [key: string]: Json } {
  const given = Object.hasOwn(alerting.thresholds, type) ? alerting.thresholds[type] : undefined;
  return given !== null && typeof given === 'object' && !Array.isArray(given) ? { ...(given as { [key: string]: Json }) } : {};
}
export const isChanged = (alerting: Alerting, type: string): boolean => Object.keys(thresholdsOf(alerting, type)).length > 0;

/** Only what differs from the fallbacks is kept; nothing left = the alert is as it came. */
export function withThresholds(alerting: Alerting, type: string, params: { readonly [key: string]: Json }, declared: AnyParams): Alerting {
  const changed = Object.fromEntries(Object.entries(params).filter(([key, value]) => Object.hasOwn(declared, key) && JSON.stringify(value) !== JSON.stringify(declared[key]!.fallback)));
  const others = Object.fromEntries(Object.entries(alerting.thresholds).filter(([each]) => each !== type));
  return { ...alerting, thresholds: Object.keys(changed).length === 0 ? others : { ...others, [type]: changed } };
}
/** Silent when it was told, told when it was silent. */
export const silenced = (alerting: Alerting, type: string): Alerting => ({ ...alerting, silent: alerting.silent.includes(type) ? alerting.silent.filter((each) => each !== type) : [...alerting.silent, type] });
