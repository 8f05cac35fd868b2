// Cells that break what other columns tell: approximate functional dependencies over all pairs of columns vote on each
// cell, and a cell that most of them contradict is suspect; what they say instead is the suggestion. A row with one wrong
// key is outvoted by its other columns, so the key is blamed and not all that hangs on it. Missing cells that the others
// tell are named too. After the majority repair of conditional functional dependencies (Bohannon et al., 2007).
import { dependency, eachVote, groupsOf, sampleGroups, type Dependency } from '../dependencies.ts';
import { log } from '../../base/numerics.ts';
import type { CodedColumn } from './coded-column.ts';
import { explainedRows } from './explained-rows.ts';
import { isCodeName } from '../is-identifier.ts';
import { editDistance } from '../../base/edit-distance.ts';
import { defineDetector, type AddSuspect, type SuspectFacts } from './suspect.ts';

const MOST_COLUMNS = 60;
const LEAST_ACCURACY = 0.9;
/** From here on X tells Y; below, down to the weak bound, it only supports that a cell is misspelt. */
const FIRM_LAMBDA = 0.7;
const WEAK_LAMBDA = 0.2;
const SAME_LAMBDA = 0.95;
const LEAST_COVER = 0.3;
const MOST_COMMON = 0.02;
/** Rows that a first look takes; what is far from telling is left there. */
const LOOKED_AT = 20_000;

export const brokenDependency = defineDetector({
  type: 'dependency',
  label: 'Contradicts other columns',
  help: 'Rows that agree in one column agree in another, and this cell does not.',
  async find(facts, add) {
    const { coded } = facts;
    const found = await findDependencies(facts);
    for (let to = 0; to < coded.length; to++) {
      if ((await facts.context.breathe()) === 'stop') return;
      const firm = found.filter((d) => d.to === to && d.lambda >= FIRM_LAMBDA);
      const weak = found.filter((d) => d.to === to && d.lambda < FIRM_LAMBDA);
      if (firm.length) judgeColumn(facts, to, firm, false, add);
      if (weak.length) judgeColumn(facts, to, weak, true, add);
    }
  },
});

/** Dependencies that hold but for few rows, those that always hold among them. A stop gives those found so far. */
export async function findDependencies({ table, coded, context }: SuspectFacts): Promise<Dependency[]> {
  const usable = coded.flatMap((c, k) => (c && isTeller(c) ? [k] : [])).slice(0, MOST_COLUMNS);
  const targets = coded.flatMap((c, k) => (c && isTold(c) ? [k] : [])).slice(0, MOST_COLUMNS);
  const found: Dependency[] = [];
  for (const from of usable) {
    if ((await context.breathe()) === 'stop') return found;
    const groups = groupsOf(asCodes(coded[from]!));
    const some = groups.order.length > 2 * LOOKED_AT ? sampleGroups(groups, LOOKED_AT) : null;
    for (const to of targets) {
      if (to === from || (some && !(dependency(some, asCodes(coded[to]!), from, to).accuracy >= LEAST_ACCURACY - 0.03))) continue;
      const d = dependency(groups, asCodes(coded[to]!), from, to);
      if (d.accuracy >= LEAST_ACCURACY && d.lambda >= WEAK_LAMBDA && d.rows >= Math.max(20, LEAST_COVER * table.rows)) found.push(d);
    }
  }
  return [...found, ...found.flatMap((d) => reverseOf(d, coded) ?? [])];
}

/** A number that is one to one with a category codes the same thing (education and its rank) and tells it as well. */
function reverseOf({ from, to, lambda }: Dependency, coded: SuspectFacts['coded']): Dependency | null {
  if (lambda < SAME_LAMBDA || isTeller(coded[to]!) || coded[to]!.column.kind !== 'number') return null;
  const back = dependency(groupsOf(asCodes(coded[to]!)), asCodes(coded[from]!), to, from);
  return back.lambda >= SAME_LAMBDA ? back : null;
}

export const asCodes = (c: CodedColumn) => ({ codes: c.codes, values: c.values.length, distinct: c.distinct, present: c.present });
/** A number tells another column only when it names something; a measure or a count that happens to agree does not. */
const isTeller = (c: CodedColumn): boolean => c.distinct > 1 && c.distinct < 0.5 * c.present && (c.column.kind !== 'number' || isCodeName(c.column.name));
const isTold = (c: CodedColumn): boolean => c.distinct > 1 && c.distinct < 0.5 * c.present && !(c.column.kind === 'number' && hasFractions(c));
const hasFractions = (c: CodedColumn): boolean => c.values.some((v) => v.includes('.'));

type Ballot = { all: Float64Array; against: Float64Array; trust: Float64Array; share: Float64Array; says: Int32Array; by: Int32Array };

function judgeColumn(facts: SuspectFacts, to: number, tellers: readonly Dependency[], isWeak: boolean, add: AddSuspect): void {
  const { coded, table } = facts;
  const y = coded[to]!;
  const ballot = vote(facts, to, tellers);
  const { all, against, share, says, by } = ballot;
  const usual = commonContradictions(y, ballot) > MOST_COMMON * table.rows ? 0.5 : 1;
  for (let row = 0; row < table.rows; row++) {
    if (says[row] < 0 || against[row] < 0.5 * all[row]) continue;
    const said = y.values[says[row]];
    const key = coded[by[row]]!;
    if (isWeak && !(y.codes[row] >= 0 && isMisspelt(y, y.codes[row], said))) continue;
    const certainty = (against[row] / all[row]) * Math.min(0.97, 2 * share[row] - 1) * (isCommon(y, row) ? 0.85 * usual : 1);
    if (certainty <= 0) continue;
    const reason = y.codes[row] < 0 ? `rows with the same "${key.column.name}" have "${short(said)}" here` : `other rows with "${key.column.name}" = "${short(key.values[key.codes[row]])}" have "${short(said)}"`;
    add(row, to, certainty, reason, said);
  }
}

/** For each row: the weight of all columns that tell its cell and of those that contradict it, and what the strongest says. */
function vote({ coded, table }: SuspectFacts, to: number, tellers: readonly Dependency[]): Ballot {
  const y = coded[to]!;
  const make = () => new Float64Array(table.rows);
  const ballot: Ballot = { all: make(), against: make(), trust: make(), share: make(), says: new Int32Array(table.rows).fill(-1), by: new Int32Array(table.rows).fill(-1) };
  const contrary = new Uint8Array(table.rows);
  for (const d of tellers) {
    const trust = log(1 / Math.max(0.002, 1 - d.accuracy));
    const votes: { row: number; value: number; share: number }[] = [];
    contrary.fill(0);
    eachVote(groupsOf(asCodes(coded[d.from]!)), asCodes(y), (row, value, share) => {
      ballot.all[row] += trust * share;
      if (value === y.codes[row] || value < 0) return;
      votes.push({ row, value, share });
      if (y.codes[row] >= 0) contrary[row] = 1;
    });
    const explained = votes.length ? explainedRows(coded, contrary, [d.from, to]) : null;
    for (const { row, value, share } of votes) {
      if (explained?.[row]) continue;
      const weight = trust * share;
      ballot.against[row] += weight;
      if (weight <= ballot.trust[row]) continue;
      ballot.trust[row] = weight;
      ballot.share[row] = share;
      ballot.says[row] = value;
      ballot.by[row] = d.from;
    }
  }
  return ballot;
}

/** A rare value near the one said: one letter of short ones, a third of longer ones; numbers are never misspelt. */
function isMisspelt(y: CodedColumn, code: number, said: string): boolean {
  const text = y.values[code];
  if (y.column.kind !== 'category' && y.column.kind !== 'text') return false;
  if (y.counts[code] > 0.02 * y.present || !/\p{L}/u.test(text)) return false;
  const most = Math.max(1, Math.floor(text.length / 3));
  return editDistance(text, said, most) <= most;
}
/** A value that many rows share is less likely an error than one of its own. */
const isCommon = (y: CodedColumn, row: number): boolean => y.codes[row] >= 0 && y.counts[y.codes[row]] > 0.01 * y.present;

/** Rows with a common value that contradict: where they are many, it is the dependency that does not hold. */
function commonContradictions(y: CodedColumn, { all, against, says }: Ballot): number {
  let rows = 0;
  for (let row = 0; row < says.length; row++) if (says[row] >= 0 && against[row] >= 0.5 * all[row] && isCommon(y, row)) rows++;
  return rows;
}
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
