// A first recipe for a table, from its profile: what to leave out and how to encode the rest, each with a plain reason.
// Every column is either dropped or ends as numbers, and the numbers have no gaps, so any learner can take the result.
// The profile is of all rows: it decides what to encode and how, never a number that a step learns.
import { BarnacleError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { defaults } from '../base/params.ts';
import type { Task } from '../base/task.ts';
import { isIdentifier } from '../profile/is-identifier.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import type { RecipeSpec, StepSpec } from './spec.ts';
import { steps } from './steps/index.ts';

const ONE_HOT_LEVELS = 20;
const MANY_CLASSES = 10;
const EMPTY_SHARE = 0.95;
const SUSPECT = 0.98;
const FEWEST_PAIRS = 100;
/** From here on (and not by chance) a column holds the target itself: ranks may agree without that, so they must be equal. */
const GIVEAWAY = { 'cramers-v': 0.9999, eta: 0.9999, pearson: 0.99999, spearman: 1 };

/** `above` reads a number target as the claim "target > above". Throws missing-column when there is no such column. */
export function suggestRecipe(profile: Profile, target: string, above: number | null): { recipe: RecipeSpec; reasons: string[] } {
  const truth = profile.columns.find((column) => column.name === target);
  if (!truth) throw new BarnacleError('missing-column', `column "${target}" is missing; choose a target from the table`, { column: target, known: profile.columns.slice(0, 200).map((c) => c.name) });
  const reasons: string[] = [];
  const task = taskOf(truth, above);
  reasons.push(taskReason(task, truth, above));
  const drop: string[] = [];
  const kept = profile.columns.filter((column) => {
    if (column.name === target) return false;
    const reason = dropReason(column);
    if (reason === null) return true;
    drop.push(column.name);
    reasons.push(`"${column.name}" is left out: ${reason}.`);
    return false;
  });
  for (const [name, reason] of giveaways(profile, target)) {
    const at = kept.findIndex((c) => c.name === name);
    if (at < 0 || kept.length === 1) continue;
    kept.splice(at, 1);
    drop.push(name);
    reasons.push(`"${name}" is left out: ${reason}; take it in again if it is known before "${target}" is.`);
  }
  for (const name of suspects(profile, target)) if (kept.some((c) => c.name === name)) reasons.push(`"${name}" nearly gives "${target}" away: leave it out if it is only known afterwards.`);
  const list: StepSpec[] = [];
  const add = (type: string, columns: ColumnProfile[], params: { [key: string]: Json }, reason: string): void => {
    if (!columns.length) return;
    list.push({ id: type, type, columns: columns.map((c) => c.name), params: { ...(defaults(steps.get(type).params) as { [key: string]: Json }), ...params } });
    reasons.push(reason);
  };
  const times = kept.filter((c) => c.kind === 'time');
  const numbers = kept.filter((c) => c.kind === 'number' || c.kind === 'boolean');
  const gaps = numbers.filter((c) => c.missing > 0);
  const few = kept.filter((c) => c.kind === 'category' && c.distinct <= ONE_HOT_LEVELS);
  const many = kept.filter((c) => c.kind === 'category' && c.distinct > ONE_HOT_LEVELS);
  add('date-parts', times, {}, `${names(times)} ${are(times)} split into year, month, weekday and so on, because a learner cannot use a raw date.`);
  add('one-hot', few, { maxLevels: ONE_HOT_LEVELS }, `${names(few)} ${few.length > 1 ? 'have' : 'has'} at most ${ONE_HOT_LEVELS} levels, so each level becomes a yes/no column; missing is a level of its own.`);
  const isCrowded = task === 'multiclass' && truth.distinct > MANY_CLASSES;
  if (isCrowded) add('frequency', many, {}, `${names(many)} ${many.length > 1 ? 'have' : 'has'} more than ${ONE_HOT_LEVELS} levels, so each level becomes the share of rows that have it; with ${truth.distinct} classes, an average per class would be too many columns.`);
  else add('target-encode', many, {}, `${names(many)} ${many.length > 1 ? 'have' : 'has'} more than ${ONE_HOT_LEVELS} levels, so each level becomes the average target of its rows, computed out of fold so that no row sees its own answer.`);
  const timeGaps = times.some((c) => c.missing > 0);
  if (numbers.length || times.length) {
    const gapReason = gaps.length
      ? `${names(gaps)} ${gaps.length > 1 ? 'have' : 'has'} missing values: the median fills them and a flag column keeps the fact that they were missing.`
      : timeGaps ? 'Missing dates are filled with the median of each part and flagged.' : 'No number is missing here, but the median stands ready for later rows that lack one.';
    list.push({ id: 'impute', type: 'impute', columns: [], params: defaults(steps.get('impute').params) as Json });
    reasons.push(gapReason);
  }
  if (numbers.some((c) => c.kind === 'number') || times.length || many.length) {
    list.push({ id: 'standardise', type: 'standardise', columns: [], params: {} });
    reasons.push('Numbers are brought to mean 0 and spread 1 for the linear model and the net; trees ignore it.');
  }
  return { recipe: { version: 1, task, target, above: task === 'binary' ? above : null, positive: null, drop, steps: list }, reasons };
}

function taskOf(truth: ColumnProfile, above: number | null): Task {
  if (above !== null) return 'binary';
  if (truth.kind === 'boolean') return 'binary';
  if (truth.kind === 'category' || truth.kind === 'text') return truth.distinct === 2 ? 'binary' : 'multiclass';
  if (truth.kind === 'time') return 'multiclass';
  if (truth.distinct === 2) return 'binary';
  return truth.number?.integers && truth.rows >= 10 * truth.distinct && (isDense(truth) || isClassName(truth)) ? 'multiclass' : 'regression';
}

/** Up to ten whole-number codes without gaps, such as 0..9 or 1..5. */
const isDense = (column: ColumnProfile): boolean => column.distinct <= 10 && isGapless(column);
const isGapless = (column: ColumnProfile): boolean => column.number !== null && column.number.max - column.number.min + 1 === column.distinct;
/** Codes of a column that is named like a class. */
const isClassName = (column: ColumnProfile): boolean => (column.distinct <= 50 && /(^|[^a-z])(class|label|type|category|species|digit)$/i.test(column.name)) || ((column.distinct <= 10 || (column.distinct <= 50 && isGapless(column) && column.number!.min >= 0)) && /^(target|y|outcome)$/i.test(column.name));

/** Columns that follow the target almost perfectly on their own. */
function suspects(profile: Profile, target: string): string[] {
  const found = profile.pairs.filter((pair) => (pair.a === target || pair.b === target) && Math.abs(pair.value) >= SUSPECT);
  return [...new Set(found.map((pair) => (pair.a === target ? pair.b : pair.a)))];
}

/** Columns that hold the target itself, and how. */
function giveaways(profile: Profile, target: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { total, a, b } of profile.sums ?? []) {
    if (total === target) for (const part of [a, b]) found.set(part, `"${target}" is exactly "${a}" + "${b}"`);
    else if (a === target || b === target) found.set(total, `it is exactly "${a}" + "${b}"`);
  }
  for (const pair of profile.pairs) {
    if ((pair.a !== target && pair.b !== target) || pair.rows < FEWEST_PAIRS || Math.abs(pair.value) < GIVEAWAY[pair.measure]) continue;
    const name = pair.a === target ? pair.b : pair.a;
    if (!found.has(name)) found.set(name, `it follows "${target}" exactly, in every row, as a copy or a part of the answer does`);
  }
  return found;
}

function taskReason(task: Task, truth: ColumnProfile, above: number | null): string {
  if (above !== null) return `"${truth.name}" is read as a yes/no question: is it above ${above}?`;
  if (task === 'binary') return `"${truth.name}" has two values, so this is a yes/no question.`;
  if (task === 'multiclass') return `"${truth.name}" has ${truth.distinct} classes, so each class gets a probability.`;
  return `"${truth.name}" is a number with many values, so the number itself is predicted.`;
}

function dropReason(column: ColumnProfile): string | null {
  const present = column.rows - column.missing;
  if (present === 0) return 'it has no value at all';
  if (column.distinct <= 1 && column.missing === 0) return 'it has the same value in every row';
  if (isIdentifier(column)) return `it has ${column.distinct} distinct values in ${present} rows, as an identifier has, so it says little about new rows`;
  if (column.kind === 'text') return 'free text is not read yet (add the step "text length" to use its size)';
  if (present < column.rows * (1 - EMPTY_SHARE) && column.rows >= 100) return `only ${present} of its ${column.rows} rows have a value`;
  return null;
}

const are = (columns: readonly ColumnProfile[]): string => (columns.length > 1 ? 'are' : 'is');
function names(columns: readonly ColumnProfile[]): string {
  const quoted = columns.slice(0, 4).map((c) => `"${c.name}"`);
  if (columns.length > 4) return `${quoted.slice(0, 3).join(', ')} and ${columns.length - 3} more`;
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted[quoted.length - 1]}` : (quoted[0] ?? '');
}
