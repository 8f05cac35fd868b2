// Values of another form than the rest of a column that is written like a code: "3595x" among ZIP codes, "9x%" among shares.
// Form = runs of digits and letters (text-shape). Applies where a few forms cover nearly all rows and contain digits;
// among words no form is expected. Then the same with lengths: a code of four digits among codes of five.
import { missingWord } from '../text/missing-words.ts';
import { isWords, textShape } from '../text/text-shape.ts';
import { rowsOf, type CodedColumn } from './coded-column.ts';
import { defineDetector } from './suspect.ts';

const LEAST_COVER = 0.94;
const USUAL = 0.03;
const MOST_USUAL = 4;

export const oddFormat = defineDetector({
  type: 'format',
  label: 'Other form than the rest',
  help: 'Nearly all values of the column have the same form, this one has another.',
  async find({ coded, context }, add) {
    for (let c = 0; c < coded.length; c++) {
      const column = coded[c];
      if (!column || column.column.kind === 'boolean' || column.column.kind === 'time' || column.present < 20) continue;
      if ((await context.breathe()) === 'stop') return;
      const isNumber = column.column.kind === 'number';
      const found = isNumber ? new Map<number, Odd>() : oddShapes(column, false);
      if (!found.size) for (const [code, odd] of oddShapes(column, true)) found.set(code, odd);
      rowsOf(column, found, (row, odd) => add(row, c, odd.certainty, odd.reason, null));
    }
  },
});

type Odd = { certainty: number; reason: string };

function oddShapes(column: CodedColumn, lengths: boolean): Map<number, Odd> {
  const shapes = new Map<string, { rows: number; distinct: number; example: string }>();
  const shapeOf = column.values.map((text, code) => {
    if (!column.counts[code] || missingWord(text) !== null) return null;
    const shape = textShape(text, lengths);
    const held = shapes.get(shape) ?? { rows: 0, distinct: 0, example: text };
    held.rows += column.counts[code];
    held.distinct++;
    shapes.set(shape, held);
    return shape;
  });
  const judged = [...shapes.values()].reduce((n, s) => n + s.rows, 0);
  const usual = [...shapes].filter(([, s]) => s.rows >= USUAL * judged).sort((a, b) => b[1].rows - a[1].rows);
  const cover = usual.reduce((n, [, s]) => n + s.rows, 0) / judged;
  const found = new Map<number, Odd>();
  if (!usual.length || usual.length > (lengths ? 1 : MOST_USUAL) || cover < LEAST_COVER || cover === 1) return found;
  const [main] = usual[0];
  if (isWords(main) || !/9/.test(main)) return found;
  if (lengths && (!isFixed(main) || cover < 0.97 || usual[0][1].distinct < 10 || column.column.kind === 'number' && main.length < 5)) return found;
  const usualSet = new Set(usual.map(([shape]) => shape));
  const strict = lengths ? 0.6 : usual.length <= 2 ? 0.9 : 0.7;
  shapeOf.forEach((shape, code) => {
    if (shape === null || usualSet.has(shape)) return;
    const rows = shapes.get(shape)!.rows;
    const certainty = strict * (rows > 0.01 * judged ? 0.6 : 1) * (isMerelyNumber(shape, usual.map(([s]) => s)) ? 0.4 : 1);
    found.set(code, { certainty, reason: `written like "${shape}"; ${Math.round(1000 * cover) / 10} % of the column are written like ${usual.slice(0, 2).map(([s]) => `"${s}"`).join(' or ')}` });
  });
  return found;
}

/** All digits, or digits with signs between: a ZIP code, a phone number. */
const isFixed = (shape: string): boolean => /^[9()+/. -]+$/.test(shape);
/** Forms that differ only as numbers do: 12 and 12.5, -3 and 3, 1,200. */
const isMerelyNumber = (shape: string, usual: readonly string[]): boolean => /^[+-]?9([.,]9)*$/.test(shape) && usual.some((s) => /^[+-]?9([.,]9)*$/.test(s));
