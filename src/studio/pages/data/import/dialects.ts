// The dialects that the reader tried, best first: `how.dialect` (or `how.tried`) -> choices in words, each with the reader
// options that ask for it.
import type { Json } from '../../../../core/base/json.ts';
import { plural } from '../../../format.ts';

export type DialectChoice = { words: string; columns: number | null; score: number | null; chosen: boolean; options: { [key: string]: string } };
const marks: { [mark: string]: string } = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', ' ': 'space', '^': 'caret', '~': 'tilde', ':': 'colon', '': 'one column' };
const quotes: { [mark: string]: string } = { '"': 'double quotes', "'": 'single quotes', none: 'no quotes', '': 'no quotes' };
export const markWord = (mark: string): string => marks[mark] ?? `“${mark}”`;

/** The alternatives of a card's `how`; those beyond six are left out. */
export function dialectChoices(how: { readonly [key: string]: Json }): DialectChoice[] {
  const dialect = how['dialect'];
  const nested = dialect !== null && typeof dialect === 'object' && !Array.isArray(dialect) ? (dialect as { readonly [key: string]: Json })['alternatives'] : dialect;
  const given = Array.isArray(nested) ? nested : Array.isArray(how['tried']) ? how['tried'] : [];
  const now = { delimiter: textOf(how['delimiter']), quote: quoteOf(how['quote']) };
  const found = given.flatMap((each): DialectChoice[] => {
    if (each === null || typeof each !== 'object' || Array.isArray(each) || typeof each['delimiter'] !== 'string') return [];
    const { delimiter } = each;
    const quote = quoteOf(each['quote']);
    const escape = textOf(each['escape']);
    return [{
      words: `${markWord(delimiter)}, ${quotes[quote] ?? quote}`,
      columns: typeof each['columns'] === 'number' ? each['columns'] : null,
      score: typeof each['score'] === 'number' ? each['score'] : null,
      chosen: delimiter === now.delimiter && quote === now.quote,
      options: { delimiter, quote, ...(escape === '' ? {} : { escape }) },
    }];
  });
  const seen = new Set<string>();
  return found.filter((choice) => !seen.has(choice.words) && seen.add(choice.words)).slice(0, 6);
}
/** What a choice would give, and how well the lines agree with it. */
export const choiceWords = (choice: DialectChoice): string => [choice.columns === null ? '' : plural(choice.columns, 'column'), choice.score === null ? '' : `consistency ${choice.score.toFixed(2)}`].filter((part) => part !== '').join(', ');

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const quoteOf = (value: Json | undefined): string => { const text = textOf(value); return text === '' ? 'none' : text; };
