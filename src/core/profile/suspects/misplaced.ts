// A value that has the value of another column stuck to it: city "Madison WI" in rows whose state is missing.
// Judged only where the other column is missing in that row and its value is a known one there.
import { isString, type CodedColumn } from './coded-column.ts';
import { defineDetector, type AddSuspect } from './suspect.ts';

const MOST_LEVELS = 20_000;

export const misplaced = defineDetector({
  type: 'misplaced',
  label: 'Holds the value of another column',
  help: 'The end (or beginning) of the cell is a value of another column, which is missing in that row.',
  mends: true,
  async find({ coded, context }, add) {
    for (let b = 0; b < coded.length; b++) {
      const lacking = coded[b];
      if (!lacking || !isString(lacking.column) || lacking.present === lacking.codes.length || lacking.distinct > MOST_LEVELS) continue;
      const levels = new Set(lacking.values.filter((text, code) => lacking.counts[code] > 1 && text.length > 1));
      for (let a = 0; a < coded.length; a++) {
        const holder = coded[a];
        if (a === b || !holder || !isString(holder.column)) continue;
        if ((await context.breathe()) === 'stop') return;
        findStuck(holder, a, lacking, b, levels, add);
      }
    }
  },
});

function findStuck(holder: CodedColumn, a: number, lacking: CodedColumn, b: number, levels: ReadonlySet<string>, add: AddSuspect): void {
  const splits = new Map<number, { rest: string; stuck: string } | null>();
  const found: { row: number; rest: string; stuck: string; isKnown: boolean }[] = [];
  const values = new Set(holder.values.filter((_, code) => holder.counts[code] > 0));
  let lacks = 0;
  for (let row = 0; row < lacking.codes.length; row++) {
    if (lacking.codes[row] >= 0) continue;
    lacks++;
    const code = holder.codes[row];
    if (code < 0) continue;
    if (!splits.has(code)) splits.set(code, stuckIn(holder.values[code], levels));
    const split = splits.get(code);
    if (split) found.push({ row, ...split, isKnown: values.has(split.rest) });
  }
  if (found.length < 3 || !found.some((f) => f.isKnown) || found.length < 0.2 * lacks || found.length > 0.2 * holder.present) return;
  for (const { row, rest, stuck, isKnown } of found) {
    const certainty = isKnown ? 0.95 : 0.85;
    add(row, a, certainty, `ends or begins with "${stuck}", a value of "${lacking.column.name}", which is missing in this row`, rest);
    add(row, b, certainty, `missing, while "${holder.column.name}" holds "${stuck}"`, stuck);
  }
}

/** The text without a level at its end or beginning, set off by a blank or a comma. */
function stuckIn(text: string, levels: ReadonlySet<string>): { rest: string; stuck: string } | null {
  for (const match of text.matchAll(/[\s,;|/]+/g)) {
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    if (before && levels.has(after)) return { rest: before, stuck: after };
    if (after && levels.has(before) && /[,;|/]/.test(match[0])) return { rest: after, stuck: before };
  }
  return null;
}
