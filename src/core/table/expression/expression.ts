// An expression as it was read: plain nodes with their place in the text (characters from 0), no meaning yet.
// Values are numbers, text, yes/no and times; any of them may be missing, and missing goes through what reads it.
export type BinaryOp = '+' | '-' | '*' | '/' | '%' | '^' | '&' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or';

/** `at` is the first character, `to` the one behind the last. */
type Place = { readonly at: number; readonly to: number };
export type Expression = Place &
  (
    | { readonly node: 'literal'; readonly value: number | string | boolean | null }
    | { readonly node: 'column'; readonly name: string }
    | { readonly node: 'unary'; readonly op: '-' | 'not'; readonly of: Expression }
    | { readonly node: 'binary'; readonly op: BinaryOp; readonly left: Expression; readonly right: Expression }
    | { readonly node: 'call'; readonly name: string; readonly args: readonly Expression[] }
    | { readonly node: 'in'; readonly of: Expression; readonly list: readonly Expression[]; readonly negated: boolean }
    | { readonly node: 'between'; readonly of: Expression; readonly low: Expression; readonly high: Expression; readonly negated: boolean }
    | { readonly node: 'is-missing'; readonly of: Expression; readonly negated: boolean }
  );

/** The parts of a node, in the order of the text. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.node) {
    case 'unary':
    case 'is-missing':
      return [expression.of];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.args;
    case 'in':
      return [expression.of, ...expression.list];
    case 'between':
      return [expression.of, expression.low, expression.high];
    default:
      return [];
  }
}

/** The columns that an expression reads, each once, in order of first use. */
export function columnsRead(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.node === 'column') names.add(node.name);
    for (const part of partsOf(node)) visit(part);
  };
  visit(expression);
  return [...names];
}
