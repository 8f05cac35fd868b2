// The first lines of a file as they are, cut at the delimiter that was found, so that a person sees whether it is right.
// `how.head` -> lines; a line -> pieces with what each is. Quotes hold delimiters together, as the reader takes them.
import type { Json } from '../../../../core/base/json.ts';

export type Piece = { text: string; is: 'cell' | 'delimiter' };
export type HeadLine = { line: number; text: string; is: 'preamble' | 'header' | 'row' };
const MOST = 2000;

/** The lines of `how.head`: an array of texts, or of {line, text}, or one text. */
export function headLines(how: { readonly [key: string]: Json }): HeadLine[] {
  const head = how['head'];
  const given = typeof head === 'string' ? head.split(/\r\n|\n|\r/) : Array.isArray(head) ? head : [];
  const lines = given.map((each, i): { line: number; text: string } => {
    if (each !== null && typeof each === 'object' && !Array.isArray(each)) return { line: typeof each['line'] === 'number' ? each['line'] : i + 1, text: String(each['text'] ?? '') };
    return { line: i + 1, text: String(each) };
  });
  const skipped = typeof how['preamble'] === 'number' ? how['preamble'] : typeof how['skip'] === 'number' ? how['skip'] : 0;
  const hasHeader = how['header'] === 'yes' || how['header'] === true;
  return lines.map(({ line, text }) => ({ line, text: text.slice(0, MOST), is: line <= skipped ? 'preamble' : line === skipped + 1 && hasHeader ? 'header' : 'row' }));
}

/** A line cut at the delimiters that stand outside quotes. */
export function pieces(text: string, delimiter: string, quote: string): Piece[] {
  if (delimiter === '') return [{ text, is: 'cell' }];
  const found: Piece[] = [];
  const mark = quote === 'none' ? '' : quote;
  let cell = '';
  let inside = false;
  const close = (): void => { if (cell !== '') found.push({ text: cell, is: 'cell' }); cell = ''; };
  for (let i = 0; i < text.length; i++) {
    if (mark !== '' && text[i] === mark) inside = !inside;
    if (!inside && text.startsWith(delimiter, i)) {
      close();
      found.push({ text: delimiter, is: 'delimiter' });
      i += delimiter.length - 1;
    } else cell += text[i];
  }
  close();
  return found;
}
