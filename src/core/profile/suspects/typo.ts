// Rare values one or few letters away from a frequent one in their column, and rare words near a frequent word of it.
// The difference must lie in letters: codes that differ in a digit are other codes. Certainty grows with length, with how
// much more frequent the other is, and falls with the distance.
import { editDistance } from '../../base/edit-distance.ts';
import { misspelt, type Level, type Near } from '../misspelt.ts';
import { isString, rowsOf, type CodedColumn } from './coded-column.ts';
import { explainedRows } from './explained-rows.ts';
import { defineDetector } from './suspect.ts';

const MOST_RARE = 4000;
const MOST_FREQUENT = 400;
const MOST_HOLDERS = 200;

export const typo = defineDetector({
  type: 'typo',
  label: 'Misspelt',
  help: 'A rare value a few letters away from a frequent one, or a rare word in it near a frequent word.',
  async find({ coded, context }, add) {
    for (let c = 0; c < coded.length; c++) {
      const column = coded[c];
      if (!column || !isString(column.column) || column.distinct < 2) continue;
      if ((await context.breathe()) === 'stop') return;
      const found = new Map([...misspeltWords(column), ...misspelt(levelsOf(column), column.present)]);
      const contrary = new Uint8Array(column.codes.length);
      rowsOf(column, found, (row) => (contrary[row] = 1));
      const explained = found.size ? explainedRows(coded, contrary, [c]) : contrary;
      rowsOf(column, found, (row, near) => {
        if (!explained[row]) add(row, c, near.certainty, near.reason, near.suggestion);
      });
    }
  },
});

const levelsOf = (column: CodedColumn): Level[] => column.values.flatMap((text, code) => (column.counts[code] ? [{ code, text, count: column.counts[code] }] : []));

const WORD = /[\p{L}\p{M}]+/gu;

/** Rare words of 5 letters and more, near a word that stands in many more rows and differs not merely in its ending. */
function misspeltWords(column: CodedColumn): Map<number, Near> {
  const counts = new Map<string, number>();
  const holders = new Map<string, number[]>();
  let words = 0;
  for (let code = 0; code < column.values.length; code++) {
    if (!column.counts[code]) continue;
    for (const word of new Set(column.values[code].match(WORD) ?? [])) {
      words += column.counts[code];
      counts.set(word, (counts.get(word) ?? 0) + column.counts[code]);
      const held = holders.get(word);
      if (!held) holders.set(word, [code]);
      else if (held.length < MOST_HOLDERS) held.push(code);
    }
  }
  const all = [...counts].map(([text, count], code) => ({ code, text, count })).sort((a, b) => b.count - a.count || a.code - b.code);
  const frequent = all.slice(0, MOST_FREQUENT).filter((w) => w.count >= 10 && w.text.length >= 4);
  const isFree = column.distinct > 0.5 * column.present;
  const found = new Map<number, Near>();
  if (words < 0.5 * column.present) return found;
  for (const word of all.slice(-MOST_RARE)) {
    if (word.count > Math.max(2, 0.01 * column.present) || word.text.length < 5) continue;
    const allowed = word.text.length >= 8 ? 2 : 1;
    const near = frequent.filter((f) => f.count >= (word.count <= 2 ? 20 : 50) * word.count && editDistance(word.text, f.text, allowed) <= allowed && !isInflected(word.text, f.text));
    if (near.length !== 1) continue;
    for (const code of holders.get(word.text)!) {
      found.set(code, { certainty: isFree ? 0.4 : 0.6, reason: `"${word.text}" stands in ${word.count === 1 ? 'one row' : `${word.count} rows`}, "${near[0].text}" in ${near[0].count}`, suggestion: column.values[code].replace(word.text, near[0].text) });
    }
  }
  return found;
}

/** One is the other with another ending, or differs in case only. */
function isInflected(a: string, b: string): boolean {
  if (a.toLowerCase() === b.toLowerCase()) return true;
  const shorter = Math.min(a.length, b.length);
  return a.length !== b.length && a.slice(0, shorter - 1) === b.slice(0, shorter - 1);
}
