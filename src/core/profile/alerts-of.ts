// What deserves a look in a table, ranked: severity first, then the rows concerned. Each alert names its figure, its
// threshold and, where there is one, a reversible fix (a column to drop or a step to add).
// Thresholds after ydata-profiling (missing 1 %, skew 20, cardinality 50, imbalance 0.5, correlation 0.9), deepchecks
// (duplicates and missing 5 %) and DataRobot (disguised missing values).
import { log } from '../base/numerics.ts';
import { isIdentifier } from './is-identifier.ts';
import type { ColumnFacts } from './profile-column.ts';
import type { Alert, AlertSeverity, ColumnProfile, Pair, Sum } from './profile.ts';

const RANK: Record<AlertSeverity, number> = { high: 0, watch: 1, info: 2 };
const MOST_ALERTS = 1000;

export type TableFacts = { rows: number; columns: readonly ColumnFacts[]; duplicates: { duplicates: number; rows: number }; pairs: readonly Pair[]; sums: readonly Sum[]; paired: number; pairable: number };

export function alertsOf(facts: TableFacts): Alert[] {
  const alerts = [...facts.columns.flatMap(columnAlerts), ...duplicateAlerts(facts), ...pairAlerts(facts), ...sumAlerts(facts)];
  alerts.sort((a, b) => RANK[a.severity] - RANK[b.severity] || (b.rows ?? 0) - (a.rows ?? 0));
  if (alerts.length <= MOST_ALERTS) return alerts;
  return [...alerts.slice(0, MOST_ALERTS), make('more-alerts', 'info', null, `${alerts.length - MOST_ALERTS} further findings of lower rank are not listed`, `at most ${MOST_ALERTS} are listed`, null, null)];
}

function columnAlerts(facts: ColumnFacts): Alert[] {
  const { column } = facts;
  const present = column.rows - column.missing;
  const drop: Alert['fix'] = { label: `Leave out ${column.name}`, drop: column.name };
  if (!column.rows) return [];
  if (!present) return [make('empty', 'high', column.name, `"${column.name}" has no value at all`, '100 % missing', column.rows, drop)];
  const alerts: Alert[] = [];
  if (column.distinct === 1) alerts.push(make('constant', column.missing ? 'info' : 'watch', column.name, `"${column.name}" has one value in every row that has a value`, '1 distinct value', column.missing ? present : column.rows, drop));
  else if (isIdentifier(column)) alerts.push(make('identifier', 'watch', column.name, `"${column.name}" looks like an identifier: it names rows and says nothing about new ones`, `${column.distinctIsExact ? '' : 'about '}${column.distinct} distinct values in ${present} rows`, present, drop));
  else if (column.kind === 'category' && column.distinct > 50) alerts.push(make('high-cardinality', 'info', column.name, `"${column.name}" has ${column.distinct} levels; one column per level would be too many`, `${column.distinct} levels, threshold 50`, present, addStep(`Target-encode ${column.name}`, 'target-encode', column, {})));
  alerts.push(...missingAlerts(facts, drop), ...numberAlerts(facts), ...levelAlerts(facts));
  return alerts;
}

function missingAlerts({ column, notFinite }: ColumnFacts, drop: Alert['fix']): Alert[] {
  const alerts: Alert[] = [];
  const share = column.missing / column.rows;
  const canFill = column.kind === 'number' || column.kind === 'boolean' || column.kind === 'category';
  const fix = share > 0.95 || !canFill ? (share > 0.5 ? drop : null) : addStep(`Fill and flag ${column.name}`, 'impute', column, { strategy: 'median', indicator: true });
  if (share > 0.01) alerts.push(make('missing', share > 0.5 ? 'high' : share > 0.05 ? 'watch' : 'info', column.name, `"${column.name}" is missing in ${percent(share)} of rows`, `${column.missing} rows, thresholds 1 %, 5 %, 50 %`, column.missing, fix));
  if (notFinite) alerts.push(make('not-finite', 'watch', column.name, `"${column.name}" has ${notFinite} values that are not finite (NaN or infinite); they count as missing`, `${notFinite} rows, threshold 0`, notFinite, addStep(`Fill and flag ${column.name}`, 'impute', column, { strategy: 'median', indicator: true })));
  return alerts;
}

function numberAlerts({ column, ends }: ColumnFacts): Alert[] {
  const { number } = column;
  if (!number || !ends || column.distinct < 3) return [];
  const present = column.rows - column.missing;
  const alerts: Alert[] = [];
  const odd = oddEnd(number, ends, present);
  if (odd) alerts.push(make('disguised-missing', odd.value > 0 ? 'watch' : 'high', column.name, `"${column.name}" is ${odd.value} in ${odd.count} rows, far from all other values; it may stand for "missing"${odd.value > 0 ? ' or be a cap' : ''}`, `next value ${odd.next}`, odd.count, addStep(`Treat ${odd.value} as missing`, 'blank', column, { values: String(odd.value) })));
  const zeroShare = number.zeros / present;
  const isZeroOdd = odd?.value === 0;
  if (!isZeroOdd && number.zeros && suspectZeros(number, ends)) alerts.push(make('suspect-zeros', 'watch', column.name, `"${column.name}" is 0 in ${percent(zeroShare)} of rows, and never between 0 and ${ends.nextLow}; can it really be 0?`, `${number.zeros} zeros, next value ${ends.nextLow}`, number.zeros, addStep('Treat 0 as missing', 'blank', column, { values: '0' })));
  else if (!isZeroOdd && zeroShare > 0.25) alerts.push(make('zeros', 'info', column.name, `"${column.name}" is 0 in ${percent(zeroShare)} of rows`, `${number.zeros} rows, threshold 25 %`, number.zeros, null));
  const skew = Math.abs(number.skew);
  if (skew > 3 && column.distinct > 10 && !odd) alerts.push(make('skew', skew > 20 ? 'watch' : 'info', column.name, `"${column.name}" has a long tail to the ${number.skew > 0 ? 'right' : 'left'}; a logarithm evens it out for linear models and nets`, `skewness ${number.skew.toFixed(1)}, thresholds 3 and 20`, present, addStep(`Take the logarithm of ${column.name}`, 'log-scale', column, {})));
  return alerts;
}

/** A recurring end of the range that looks typed in and lies further off than the rest is wide. -1, 0, 1 is a scale of its own. */
function oddEnd(number: { min: number; max: number; quantiles: readonly { value: number }[] }, ends: { lowCount: number; nextLow: number; highCount: number; nextHigh: number }, present: number): { value: number; count: number; next: number } | null {
  const often = Math.max(3, present * 0.0005);
  const lowGap = ends.nextLow - number.min;
  if (ends.lowCount >= often && isTyped(number.min) && number.min < 0 && ends.nextLow >= 0 && lowGap > 0 && number.max > 2) return { value: number.min, count: ends.lowCount, next: ends.nextLow };
  if (ends.lowCount >= often && isTyped(number.min) && lowGap > number.max - ends.nextLow) return { value: number.min, count: ends.lowCount, next: ends.nextLow };
  if (ends.highCount >= often && isTyped(number.max) && Math.abs(number.max) > 90 && number.max - ends.nextHigh > ends.nextHigh - number.min) return { value: number.max, count: ends.highCount, next: ends.nextHigh };
  return null;
}

/** -1, all nines, or a power of ten times 1 to 9: what people type for "nothing". */
const isTyped = (value: number): boolean => Number.isInteger(value) && (value === -1 || /^-?9{2,}$/.test(String(value)) || /^-?[1-9]0{2,}$/.test(String(value)));

/** Zeros below a clear gap: the next value is at least 5 steps (whole numbers) and a tenth of the median away. */
function suspectZeros(number: { min: number; integers: boolean; zeros: number; quantiles: readonly { q: number; value: number }[] }, ends: { nextLow: number }): boolean {
  if (number.min !== 0) return false;
  const typical = number.quantiles.find((q) => q.q === 0.75)!.value;
  return ends.nextLow > 0.1 * typical && typical > 0 && (number.integers ? ends.nextLow >= 5 : ends.nextLow > 0.25 * typical);
}

function levelAlerts({ column, variants, words }: ColumnFacts): Alert[] {
  if (column.kind !== 'category') return [];
  const alerts: Alert[] = [];
  const present = column.rows - column.missing;
  if (variants.length) {
    const rows = variants.reduce((n, v) => n + v.rows, 0);
    const example = variants[0].levels.slice(0, 3).map((l) => JSON.stringify(l)).join(', ');
    alerts.push(make('spelling-variants', 'watch', column.name, `"${column.name}" spells ${variants.length} of its levels in more than one way, such as ${example}`, `${rows} rows with a rarer spelling, threshold 0`, rows, addStep(`Merge spellings in ${column.name}`, 'merge-levels', column, {})));
  }
  const hidden = words.filter((w) => w.count < present / 2 && (!/^[-\d.]+$/.test(w.level) || column.distinct > 20));
  if (hidden.length && column.distinct > hidden.length) {
    const rows = hidden.reduce((n, w) => n + w.count, 0);
    const shown = hidden.slice(0, 3).map((w) => JSON.stringify(w.level)).join(', ');
    const values = hidden.map((w) => w.level.trim()).filter((w) => w && !w.includes('|'));
    const fix = values.length ? addStep(`Treat ${values.slice(0, 3).join(', ')} as missing`, 'blank', column, { values: values.join('|').slice(0, 2000) }) : null;
    alerts.push(make('disguised-missing', 'watch', column.name, `"${column.name}" has the level ${shown}, which may stand for "missing"`, `${rows} rows (${percent(rows / present)})`, rows, fix));
  }
  const unevenness = unevennessOf(column, present);
  if (column.distinct >= 2 && column.distinct <= 50 && unevenness > 0.5) {
    const top = column.levels![0];
    alerts.push(make('imbalance', 'info', column.name, `"${column.name}" is "${top.level}" in ${percent(top.count / present)} of rows; as a target, look at average precision rather than accuracy`, `unevenness ${unevenness.toFixed(2)}, threshold 0.5`, top.count, null));
  }
  return alerts;
}

/** 1 - entropy / log(levels): 0 when all levels are as frequent, 1 when one has all rows. */
function unevennessOf(column: ColumnProfile, present: number): number {
  if (!column.levels || column.distinct < 2) return 0;
  let entropy = 0;
  for (const { count } of column.levels) entropy -= (count / present) * log(count / present);
  return 1 - entropy / log(column.distinct);
}

function duplicateAlerts({ duplicates: { duplicates, rows }, rows: all }: TableFacts): Alert[] {
  if (!duplicates) return [];
  const share = duplicates / rows;
  const where = rows < all ? ` of a sample of ${rows}` : '';
  return [make('duplicate-rows', share > 0.05 ? 'watch' : 'info', null, `${duplicates} rows${where} repeat an earlier row in every column; a copy in test of a row in train flatters the score`, `${percent(share)}, threshold 5 %`, duplicates, null)];
}

/** One alert per column that an earlier one nearly repeats: the strongest. */
function pairAlerts({ pairs, paired, pairable }: TableFacts): Alert[] {
  const best = new Map<string, Pair>();
  for (const pair of pairs) {
    const held = best.get(pair.b);
    if (Math.abs(pair.value) > 0.9 && (!held || Math.abs(pair.value) > Math.abs(held.value))) best.set(pair.b, pair);
  }
  const alerts = [...best.values()].map((pair) =>
    make('high-correlation', Math.abs(pair.value) >= SAME ? 'watch' : 'info', pair.b, `"${pair.a}" and "${pair.b}" ${togetherness(pair.value)}`, `${MEASURES[pair.measure]} ${pair.value.toFixed(2)}, threshold 0.9`, pair.rows, { label: `Leave out ${pair.b}`, drop: pair.b }),
  );
  if (pairable > paired) alerts.push(make('pairs-skipped', 'info', null, `relations were computed among ${paired} of ${pairable} columns, the first and the last`, `at most ${paired} columns; text, constants and identifiers have none`, null, null));
  return alerts;
}

/** From here on one column can stand for the other. */
const SAME = 0.98;
const togetherness = (value: number): string => (Math.abs(value) >= SAME ? 'say nearly the same' : value < 0 ? 'go closely together, one falling as the other rises' : 'go closely together');

const sumAlerts = ({ sums, rows }: TableFacts): Alert[] =>
  sums.map(({ total, a, b }) => make('sum', 'watch', total, `"${total}" is exactly "${a}" + "${b}": to predict one of the three, leave out what gives it away`, 'equal in every row looked at', rows, { label: `Leave out ${total}`, drop: total }));

const MEASURES: Record<Pair['measure'], string> = { pearson: 'Pearson correlation', spearman: 'rank correlation', 'cramers-v': "Cramer's V", eta: 'correlation ratio' };
const percent = (share: number): string => (share > 0 && share < 0.001 ? 'less than 0.1 %' : share > 0.999 && share < 1 ? 'more than 99.9 %' : `${Number((100 * share).toFixed(share < 0.1 || share > 0.99 ? 1 : 0))} %`);
const make = (code: string, severity: AlertSeverity, column: string | null, message: string, evidence: string, rows: number | null, fix: Alert['fix']): Alert => ({ code, severity, column, message, evidence, rows, fix });
const addStep = (label: string, type: string, column: ColumnProfile, params: { [key: string]: string | number | boolean }): Alert['fix'] => ({ label, step: { type, columns: [column.name], params } });
