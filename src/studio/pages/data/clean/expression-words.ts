// Names and values as the expression language writes them. The same rules as core/table/expression; a test holds the two
// together, since the studio takes types only from there.

const plain = /^[\p{L}_][\p{L}\p{N}_.]*$/u;
const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'between', 'is', 'missing', 'true', 'false']);

/** A column as an expression names it: bare when it can be, else in brackets. */
export const columnText = (name: string): string => (plain.test(name) && !reserved.has(name.toLowerCase()) ? name : `[${name.replaceAll(']', ']]')}]`);

/** A text value in quotes; a quote inside is doubled. */
export const literal = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** The condition that a column holds this value: a number bare, missing as such, anything else in quotes. */
export function equals(column: string, kind: string, value: string | null): string {
  const name = columnText(column);
  if (value === null) return `${name} is missing`;
  if (kind === 'number') return `${name} = ${value}`;
  if (kind === 'boolean') return value === 'true' ? name : `not ${name}`;
  return `${name} = ${literal(value)}`;
}
