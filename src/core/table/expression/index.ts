// The expression language as others use it.
export { completeExpression } from './complete-expression.ts';
export { evaluate, holdsIn } from './evaluate.ts';
export { columnsRead, type Expression } from './expression.ts';
export { columnText } from './expression-error.ts';
export { functions } from './functions.ts';
export { parseExpression } from './parse-expression.ts';
export { typeOf } from './type-of.ts';
