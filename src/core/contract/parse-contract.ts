// JSON from anywhere -> a Contract: copied field by field, unknown fields refused, patterns compiled once to see that they can be.
// `rules` and the later fields may be absent. The inverse of write-contract.ts; bundles check their contract through here too.
import { BarnacleError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Kind } from '../table/table.ts';
import type { Bounds, ColumnContract, Contract, Operator, Policy, TableRule, TableRuleType } from './contract.ts';
import { either, flag, list, nullable, number, object, only, optional, record, single, text, type Field, type Unfit } from './fields.ts';
import { compilePattern } from './pattern.ts';

const COLUMNS = 100_000;
const RULES = 1000;
const TEXT = 50_000_000;
const name = text(10_000);
const word = text(100_000);
const words = list(word, 1_000_000);
const names = list(name, COLUMNS, 1);
const kind: Field<Kind> = only('number', 'category', 'boolean', 'time', 'text');
const policy: Field<Policy> = only('accept', 'warn', 'refuse');
const limit = nullable(number());
const valueList = record<{ values: string[]; policy: Policy }>({ values: words, policy });
const inOrder = <T extends { min: number | null; max: number | null }>(of: Field<T>): Field<T> => (value, path, unfit) => {
  const bounds = of(value, path, unfit);
  if (bounds.min !== null && bounds.max !== null && bounds.min > bounds.max) throw unfit(path, value, 'min at most max');
  return bounds;
};
const bounds: Field<Bounds> = inOrder(record<Bounds>({ min: limit, max: limit, policy }));
const readable: Field<string> = (value, path, unfit) => {
  const found = text(1000)(value, path, unfit);
  try {
    compilePattern(found);
  } catch (cause) {
    throw cause instanceof BarnacleError ? unfit(path, found, `a pattern: ${(cause.details as { expected: string }).expected}`) : cause;
  }
  return found;
};

const column: Field<ColumnContract> = record<ColumnContract>({
  name,
  kind,
  required: flag,
  missing: policy,
  range: nullable(inOrder(record<{ min: number; max: number }>({ min: number(), max: number() }))),
  outside: policy,
  levels: nullable(words),
  unseen: policy,
  example: single,
  integers: optional(policy),
  pattern: optional(record<NonNullable<ColumnContract['pattern']>>({ text: readable, not: optional(flag), policy })),
  length: optional(bounds),
  forbidden: optional(valueList),
  fromNow: optional(bounds),
  unique: optional(policy),
  missingShare: optional(record<NonNullable<ColumnContract['missingShare']>>({ max: number(0, 1), policy })),
  order: optional(record<NonNullable<ColumnContract['order']>>({ direction: only('increasing', 'decreasing'), strict: flag, policy })),
  distinct: optional(bounds),
  contains: optional(valueList),
});

type RuleOf<T extends TableRuleType> = Extract<TableRule, { type: T }>;
const operator: Field<Operator> = only('<', '<=', '=', '!=', '>=', '>');
const rules: { readonly [T in TableRuleType]: Field<RuleOf<T>> } = {
  'row-count': inOrder(record<RuleOf<'row-count'>>({ type: only('row-count'), min: limit, max: limit, policy })),
  'column-count': inOrder(record<RuleOf<'column-count'>>({ type: only('column-count'), min: limit, max: limit, policy })),
  columns: record<RuleOf<'columns'>>({ type: only('columns'), extra: flag, ordered: flag, policy }),
  compare: record<RuleOf<'compare'>>({ type: only('compare'), left: name, operator, right: name, policy }),
  'unique-together': record<RuleOf<'unique-together'>>({ type: only('unique-together'), columns: names, policy }),
  'distinct-within': record<RuleOf<'distinct-within'>>({ type: only('distinct-within'), columns: names, policy }),
  sum: record<RuleOf<'sum'>>({ type: only('sum'), columns: names, equals: either((value) => typeof value === 'string', name, number()), tolerance: number(0), policy }),
  expression: record<RuleOf<'expression'>>({ type: only('expression'), text: text(10_000), policy }),
  figure: inOrder(record<RuleOf<'figure'>>({ type: only('figure'), column: name, figure: only('mean', 'median', 'sd', 'sum', 'min', 'max', 'quantile', 'distinct-share'), q: optional(number(0, 1)), min: limit, max: limit, policy })),
  'z-score': record<RuleOf<'z-score'>>({ type: only('z-score'), column: name, most: number(0), policy }),
  'most-common': record<RuleOf<'most-common'>>({ type: only('most-common'), column: name, values: words, policy }),
  shares: record<RuleOf<'shares'>>({ type: only('shares'), column: name, shares: list(record<{ level: string; share: number }>({ level: word, share: number(0, 1) }), 100_000, 1), most: number(0), policy }),
};
export const ruleTypes = Object.keys(rules) as TableRuleType[];

const rule: Field<TableRule> = (value, path, unfit) => {
  const type = object(value, path, unfit).type;
  if (typeof type !== 'string' || !Object.hasOwn(rules, type)) throw unfit(`${path}.type`, type, ruleTypes.join(' or '));
  return rules[type as TableRuleType](value, path, unfit);
};
const whole = record<Contract & { format?: string }>({ format: optional(only('barnacle-contract')), version: only(1), columns: list(column, COLUMNS), rules: optional(list(rule, RULES)) });

/** Throws what `unfit` makes (bad-param unless given), newer-version for a version to come. */
export function parseContract(value: Json | undefined, path = 'contract', unfit: Unfit = badParam): Contract {
  const version = object(value, path, unfit).version;
  if (typeof version === 'number' && Number.isInteger(version) && version > 1) throw new BarnacleError('newer-version', `${path} has version ${version}; this program knows version 1, update it`, { what: 'contract', found: version, supported: 1 });
  const { columns, rules: found } = whole(value, path, unfit);
  const seen = new Set<string>();
  for (const { name: each } of columns) {
    if (seen.has(each)) throw unfit(`${path}.columns`, each, 'each column once');
    seen.add(each);
  }
  return { version: 1, columns, ...(found === undefined ? {} : { rules: found }) };
}

/** A contract from the text of a file. Throws bad-file for what is no JSON or too long, then as parseContract. */
export function readContract(source: string): Contract {
  const bad = (reason: string, cause?: unknown) => new BarnacleError('bad-file', `contract file ${reason}; export one to see what it looks like`, { format: 'contract', reason }, { cause });
  if (source.length > TEXT) throw bad(`has ${source.length} characters, at most ${TEXT} are read`);
  let value: Json;
  try {
    value = JSON.parse(source.replace(/^\ufeff/, '')) as Json;
  } catch (cause) {
    throw bad(`is not JSON (${cause instanceof Error ? cause.message : 'unreadable'})`, cause);
  }
  return parseContract(value);
}

function badParam(path: string, value: Json | undefined, expected: string): BarnacleError<'bad-param'> {
  const shown = value === undefined ? 'absent' : JSON.stringify(value).slice(0, 60);
  return new BarnacleError('bad-param', `${path} is ${shown}; expected ${expected}`, { path, value: shown, expected });
}
