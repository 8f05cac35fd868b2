// The values that rules over forms look at: at most 5,000 of a column, the most frequent first.
import type { ColumnFacts } from '../profile-column.ts';
import type { Counted } from '../units-of.ts';

const MOST_LOOKED_AT = 5000;

/** Empty for columns that hold no strings. */
export const someValues = ({ values }: ColumnFacts): readonly Counted[] => (values && values.length > MOST_LOOKED_AT ? values.slice(0, MOST_LOOKED_AT) : (values ?? []));
export const rowsOf = (values: readonly Counted[]): number => values.reduce((n, v) => n + v.count, 0);
