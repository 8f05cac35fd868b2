// What is wrong with an expression, where, and the way out.
import { BarnacleError } from '../../base/errors.ts';
import { editDistance } from '../../base/edit-distance.ts';

/** `at` is the character from 0; the message counts from 1. */
export const expressionError = (at: number, reason: string): BarnacleError<'bad-expression'> => new BarnacleError('bad-expression', `expression, character ${at + 1}: ${reason}`, { at, reason });

/** The known names nearest to a mistyped one, at most three; first those that begin like it. */
export function nearest(name: string, known: readonly string[]): string[] {
  const low = name.toLowerCase();
  const limit = low.length < 4 ? 1 : 2;
  const ranked = known.slice(0, 5000).map((candidate) => {
    const other = candidate.toLowerCase();
    const distance = other === low ? 0 : editDistance(low, other, limit);
    return { candidate, rank: distance <= limit ? distance : low.length > 2 && (other.startsWith(low) || low.startsWith(other)) && other.length > 2 ? 3 : 9 };
  });
  return ranked.filter(({ rank }) => rank < 9).sort((a, b) => a.rank - b.rank).slice(0, 3).map(({ candidate }) => candidate);
}

/** How a column is written in an expression: bare when it can be, else in brackets. */
export const columnText = (name: string): string => (/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) && !RESERVED.has(name.toLowerCase()) ? name : `[${name.replaceAll(']', ']]')}]`);

export const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'between', 'is', 'missing', 'true', 'false']);
