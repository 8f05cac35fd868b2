// Functions that choose among values, row by row: if and coalesce. They look after missing values themselves.
import { defineFunction, type ExpressionFunction } from './function.ts';
import { anyMissing, booleans, textAt, textRows, texts, type BooleanValues, type Mask, type NumberValues, type TextValues, type Values } from './values.ts';

export const choiceFunctions: readonly ExpressionFunction[] = [
  defineFunction({
    name: 'if', signature: 'if(condition, then, else)', help: 'One value where the condition holds, another where it does not; missing where it is missing. Chains nest: if(a, 1, if(b, 2, 3)).', takes: ['boolean', 'same', 'same'], fewest: 3, gives: 'same', seesMissing: true,
    run([condition, yes, no], rows) {
      const { values, missing } = condition as BooleanValues;
      return chosen([yes, no], missing, rows, Uint8Array.from(values, (value) => (value ? 0 : 1)));
    },
  }),
  defineFunction({
    name: 'coalesce', signature: 'coalesce(a, b, ...)', help: 'The first of the arguments that is not missing.', takes: ['same'], fewest: 1, repeats: true, gives: 'same', seesMissing: true,
    run(args, rows) {
      const which = new Uint8Array(rows);
      for (let i = 0; i < rows; i++) while (which[i] < args.length - 1 && args[which[i]].missing?.[i]) which[i]++;
      return chosen(args, null, rows, which);
    },
  }),
];

/** Row i of the which[i]-th of the arguments. */
function chosen(args: readonly Values[], gone: Mask, rows: number, which: Uint8Array): Values {
  let missing: Mask = gone ? gone.slice() : null;
  if (anyMissing(args)) {
    missing ??= new Uint8Array(rows);
    for (let i = 0; i < rows; i++) if (args[which[i]].missing?.[i]) missing[i] = 1;
  }
  if (args[0].type === 'text') return chosenText(args as readonly TextValues[], missing, rows, which);
  const arrays = (args as readonly (NumberValues | BooleanValues)[]).map((a) => a.values);
  if (args[0].type === 'boolean') return booleans(Uint8Array.from({ length: rows }, (_, i) => arrays[which[i]][i]), missing);
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) out[i] = arrays[which[i]][i];
  return { type: args[0].type, values: out, missing } as NumberValues;
}

function chosenText(args: readonly TextValues[], missing: Mask, rows: number, which: Uint8Array): Values {
  const size = args.reduce((n, a) => n + a.levels.length, 0);
  if (size > rows * 2 + 1000) return textRows(rows, missing, (i) => textAt(args[which[i]], i));
  const starts = new Int32Array(args.length);
  for (let k = 1; k < args.length; k++) starts[k] = starts[k - 1] + args[k - 1].levels.length;
  const codes = new Int32Array(rows);
  for (let i = 0; i < rows; i++) codes[i] = starts[which[i]] + args[which[i]].codes[i];
  return texts(codes, args.flatMap((a) => a.levels as string[]), missing);
}
