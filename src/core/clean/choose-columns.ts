// Which columns a step takes: those it names, each there and of a kind it takes; with none named and none needed, all it can.
// Throws missing-column, bad-param (kind, count, a name twice).
import { BarnacleError } from '../base/errors.ts';
import { getColumn } from '../table/build.ts';
import type { Table } from '../table/table.ts';
import type { Cleaner } from './clean.ts';

export function chooseColumns(cleaner: Pick<Cleaner, 'type' | 'takes' | 'arity'>, table: Table, named: readonly string[]): string[] {
  const { takes, arity } = cleaner;
  const refuse = (value: string | number, expected: string) => new BarnacleError('bad-param', `${cleaner.type}.columns is ${JSON.stringify(value)}; expected ${expected}`, { path: `${cleaner.type}.columns`, value, expected });
  if (!named.length && arity.fewest === 0) return takes.length ? table.columns.filter((c) => takes.includes(c.kind)).map((c) => c.name) : [];
  if (!takes.length) throw refuse(named.length, 'no columns: this step takes the table as a whole');
  if (named.length < arity.fewest) throw refuse(named.length, `at least ${arity.fewest} ${arity.fewest === 1 ? 'column' : 'columns'}`);
  if (arity.most && named.length > arity.most) throw refuse(named.length, `at most ${arity.most} ${arity.most === 1 ? 'column' : 'columns'}`);
  const seen = new Set<string>();
  for (const name of named) {
    const { kind } = getColumn(table, name);
    if (!takes.includes(kind)) throw refuse(name, `a column of kind ${takes.join(', ')}; "${name}" is of kind ${kind}, retype it first`);
    if (seen.has(name)) throw refuse(name, 'each column once');
    seen.add(name);
  }
  return [...named];
}
