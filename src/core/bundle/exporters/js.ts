// A model as one ES module without dependencies: data, the predict-only build of core, and golden rows that it must
// repeat when it is loaded, else it throws. Raw rows in as objects, predictions out; Node, page and worker alike.
// Data are string literals parsed as JSON, never code: no name from the table is ever part of the program.
import type { Bundle } from '../bundle.ts';
import { packServing } from '../serving.ts';
import { defineExporter } from './exporter.ts';

export const js = defineExporter({
  type: 'js',
  label: 'JavaScript module',
  help: 'One file without dependencies: import { predict } from it in Node, a page or a worker. It checks itself when loaded.',
  extension: '.mjs',
  mime: 'text/javascript',
  write: (bundle, runtime) => new TextEncoder().encode(writeJsModule(bundle, runtime)),
});

/** `runtime` is virtual:serve: a script that declares `serve`. */
export function writeJsModule(bundle: Bundle, runtime: string): string {
  const { head, arrays } = packServing(bundle);
  const { recipe, model } = bundle;
  const what = model.task === 'regression' ? '' : `, one of ${model.classes.slice(0, 5).map(literal).join(', ')}${model.classes.length > 5 ? ', ...' : ''}`;
  return `// ${literal(bundle.name)}: a ${model.type} model that predicts ${literal(recipe.spec.target)}${what}. Made by Barnacle; no dependencies.
//   import { predict } from './model.mjs';
//   predict({ column: value, ... })  ->  { prediction, probabilities, breaches }
//   predict([row, row, ...])         ->  an array of the same
// columns: what a row may hold; missing ones may be left out or null. info: name, task, target, classes.
// When loaded it predicts ${bundle.golden.rows.length} golden rows and throws if any differs by more than 1e-6.
${runtime.trim()}
const model = serve.openModel(
  ${literal(head)},
  ${literal(arrays)},
);
/** One row (an object) or many (an array) -> { prediction, probabilities, breaches }, or an array of them. */
export const predict = model.predict;
export const columns = model.columns;
export const info = model.info;
export default predict;
`;
}

/** Text as a literal that is safe in a module, in a comment of it, and in a script element. */
const literal = (text: string): string => JSON.stringify(text).replace(/[<\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
