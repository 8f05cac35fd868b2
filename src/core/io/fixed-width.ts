// The reader of fixed-width text: columns found from the places that are blank in every line, or told. Cells then go through the
// CSV reader, line by line, so that kinds, dates and missing words are settled in one place.
import { BarnacleError } from '../base/errors.ts';
import { defaults } from '../base/params.ts';
import { csvParams } from './csv/dialect.ts';
import { readDelimited } from './csv/read-csv.ts';
import { countLine, findBreaks, looksFixed, makeCounts } from './fixed/find-breaks.ts';
import { linesOf } from './fixed/lines.ts';
import { openSource, type Opened } from './open-source.ts';
import { defineReader } from './reader.ts';
import { encodingOf } from './text/encoding-of.ts';
import { sniffEncoding } from './text/encoding.ts';
import { looksLikeText } from './text/looks-like-text.ts';

type FixedParams = { breaks: string; header: 'auto' | 'yes' | 'no'; skip: number };
const MOST_COLUMNS = 10_000;

export const fixedWidth = defineReader<FixedParams>({
  type: 'fixed-width',
  label: 'Fixed-width text',
  extensions: ['fwf', 'prn', 'asc'],
  params: {
    breaks: { kind: 'text', label: 'Columns begin at', help: 'Places counted from 0, as in "0, 8, 20"; empty finds them from what is blank in every line.', fallback: '', maxLength: 100_000 },
    header: { kind: 'choice', label: 'First row', help: 'Whether the first row holds the column names.', fallback: 'auto', choices: [{ value: 'auto', label: 'Find out' }, { value: 'yes', label: 'Names' }, { value: 'no', label: 'Data' }] },
    skip: { kind: 'number', label: 'Lines above the table', help: 'So many lines at the start are left out.', fallback: 0, min: 0, max: 10_000, integer: true },
  },
  sniff: (head) => looksLikeText(head) && looksFixed(new TextDecoder(sniffEncoding(head)).decode(head)),
  async read(source, params, context) {
    const opened = await openSource(source);
    const encoding = await encodingOf(opened);
    let breaks = parseBreaks(params.breaks);
    if (!breaks.length) {
      const counts = makeCounts();
      let line = 0;
      for await (const lines of linesOf(opened, encoding)) {
        for (const text of lines) if (line++ >= params.skip) countLine(counts, text);
        context.report({ stage: 'columns', done: opened.share(), text: `${counts.lines} lines` });
        if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
      }
      breaks = findBreaks(counts);
      if (!breaks.length) throw new BarnacleError('empty-file', `file "${source.name}" holds only blank lines; choose another`, { name: source.name });
    }
    if (breaks.length > MOST_COLUMNS) throw new BarnacleError('too-large', `the lines split into ${breaks.length} columns; at most ${MOST_COLUMNS} are read`, { what: 'columns', value: breaks.length, limit: MOST_COLUMNS });
    const cells: Opened = {
      ...opened,
      async *chunks() {
        const encoder = new TextEncoder();
        let line = 0;
        for await (const lines of linesOf(opened, encoding)) {
          let text = '';
          for (const each of lines) if (line++ >= params.skip && each.trim() !== '') text += rowOf(each, breaks);
          if (text) yield encoder.encode(text);
        }
      },
    };
    const plain = { delimiter: ',', quote: '"', escape: 'double', header: params.header, encoding: 'utf-8', ...(params.header === 'auto' ? {} : { preamble: 0, headerRows: params.header === 'yes' ? 1 : 0 }) };
    const result = await readDelimited(cells, { ...defaults(csvParams), ...plain }, context);
    return { ...result, how: { ...result.how, breaks: breaks.join(', '), encoding, delimiter: 'none' } };
  },
});

function parseBreaks(text: string): number[] {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const breaks = parts.map(Number);
  if (breaks.some((at, k) => !Number.isInteger(at) || at < 0 || (k > 0 && at <= breaks[k - 1]))) throw new BarnacleError('bad-param', `parameter params.breaks is "${text.slice(0, 60)}"; expected places that ascend, as in "0, 8, 20"`, { path: 'params.breaks', value: text.slice(0, 1000), expected: 'places that ascend' });
  return breaks;
}

/** A line as a row of CSV; what stands before the first place is not lost: it belongs to the first column. */
function rowOf(line: string, breaks: readonly number[]): string {
  let row = '';
  for (let k = 0; k < breaks.length; k++) {
    const cell = line.slice(k === 0 ? 0 : breaks[k], breaks[k + 1]).trim();
    row += (k ? ',' : '') + (/[",\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  }
  return `${row || '""'}\n`;
}
