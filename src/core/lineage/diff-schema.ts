// Which columns came, went, changed their kind or their name. A rename is guessed when a removed and an added column of one
// kind hold the same cells (tables given), or have the same profile down to every figure.
import { hashJson } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import { hashTable } from '../table/hash-table.ts';
import type { Table } from '../table/table.ts';
import type { DatasetDiff } from './diff.ts';

type Side = { profile: Profile; table?: Table | null };

export function diffSchema(a: Side, b: Side): DatasetDiff['columns'] {
  const inA = new Map(a.profile.columns.map((column) => [column.name, column]));
  const inB = new Map(b.profile.columns.map((column) => [column.name, column]));
  let removed = a.profile.columns.filter((column) => !inB.has(column.name));
  let added = b.profile.columns.filter((column) => !inA.has(column.name));
  const renamed = renames(a, b, removed, added);
  removed = removed.filter((column) => !renamed.some((each) => each.from === column.name));
  added = added.filter((column) => !renamed.some((each) => each.to === column.name));
  const retyped = b.profile.columns.flatMap(({ name, kind }) => {
    const before = inA.get(name);
    return before && before.kind !== kind ? [{ name, from: before.kind, to: kind }] : [];
  });
  const common = (of: Profile, other: ReadonlyMap<string, unknown>): string[] => of.columns.map((column) => column.name).filter((name) => other.has(name));
  const field = ({ name, kind }: ColumnProfile) => ({ name, kind });
  return { added: added.map(field), removed: removed.map(field), retyped, renamed, reordered: common(a.profile, inB).join('\n') !== common(b.profile, inA).join('\n') };
}

function renames(a: Side, b: Side, removed: readonly ColumnProfile[], added: readonly ColumnProfile[]): DatasetDiff['columns']['renamed'] {
  const found: DatasetDiff['columns']['renamed'] = [];
  if (!removed.length || !added.length) return found;
  const cells = digests(a, removed);
  const figures = new Map(removed.map((column) => [column.name, figuresOf(column)]));
  const own = digests(b, added);
  const taken = new Set<string>();
  for (const column of added) {
    const held = own.get(column.name);
    const same = removed.filter((each) => !taken.has(each.name) && each.kind === column.kind && each.missing < each.rows && (held !== undefined && cells.size ? cells.get(each.name) === held : each.distinct > 2 && figures.get(each.name) === figuresOf(column)));
    if (same.length !== 1) continue;
    taken.add(same[0].name);
    found.push({ from: same[0].name, to: column.name, why: held !== undefined && cells.size ? 'the same cells' : 'the same figures' });
  }
  return found;
}

/** Column name -> content hash of its cells, name apart; empty without a table. */
function digests({ table }: Side, columns: readonly ColumnProfile[]): Map<string, string> {
  const wanted = new Set(columns.map((column) => column.name));
  return new Map((table?.columns ?? []).filter((column) => wanted.has(column.name)).map((column) => [column.name, hashTable({ rows: table!.rows, columns: [{ ...column, name: '' }] })]));
}

function figuresOf({ kind, rows, missing, distinct, number, levels, text }: ColumnProfile): string {
  return hashJson({ kind, rows, missing, distinct, number, levels, text } as Json);
}
