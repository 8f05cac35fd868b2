// A registry: the one list of a family's members by `type`, refusing duplicates; unknown types are a typed error.
import { BarnacleError } from './errors.ts';

export interface Registry<T extends { readonly type: string }> {
  readonly name: string;
  readonly all: readonly T[];
  /** The member of that type; throws unknown-type, naming what is known. */
  get(type: string): T;
  has(type: string): boolean;
}

export function makeRegistry<T extends { readonly type: string }>(name: string, members: readonly T[]): Registry<T> {
  const map = new Map<string, T>();
  for (const member of members) {
    if (map.has(member.type)) throw new Error(`${name} "${member.type}" is registered twice`);
    map.set(member.type, member);
  }
  return {
    name,
    all: members,
    has: (type) => map.has(type),
    get(type) {
      const found = map.get(type);
      if (!found) throw new BarnacleError('unknown-type', `${name} "${type}" is unknown; known are ${[...map.keys()].join(', ')}`, { registry: name, type, known: [...map.keys()] });
      return found;
    },
  };
}
