// How a file was read, as a person says it: "comma, UTF-8, header in line 1".
import type { Json } from '../../../core/base/json.ts';
import type { DatasetCard } from '../../../wire/engine.ts';
import { count, plural } from '../../format.ts';

const marks: { [mark: string]: string } = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', ' ': 'space', comma: 'comma', tab: 'tab' };
const skipped = new Set(['format', 'params', 'tried', 'newline', 'escape', 'quote', 'decimal', 'kinds', 'missing', 'createdBy', 'headerRows', 'footer', 'head', 'dialect', 'thousands', 'otherWritings']);

/** "a random sample of 49 of its 5 000 rows"; empty when all rows were read. */
export function sampleWords(card: Pick<DatasetCard, 'how'>): string {
  const sampled = card.how['sampled'];
  if (sampled === null || typeof sampled !== 'object' || Array.isArray(sampled)) return '';
  const { rows, of } = sampled as { [key: string]: Json };
  return typeof rows === 'number' && typeof of === 'number' ? `a random sample of ${count(rows)} of its ${count(of)} rows` : '';
}

export function howWords(card: Pick<DatasetCard, 'how'>): string {
  const how = card.how;
  const words: string[] = [];
  if (typeof how['format'] === 'string') words.push(formatWord(how['format']));
  for (const [key, value] of Object.entries(how)) {
    if (skipped.has(key)) continue;
    const told = word(key, value, how);
    if (told !== '') words.push(told);
  }
  return words.length === 0 ? 'read as it stands' : words.join(', ');
}

const formatWord = (format: string): string => ({ csv: 'CSV', tsv: 'TSV', json: 'JSON', ndjson: 'NDJSON', parquet: 'Parquet' })[format] ?? format;

function word(key: string, value: Json | undefined, how: DatasetCard['how']): string {
  if (value === null || value === undefined || typeof value === 'object' || value === '' || value === 'auto') return '';
  if (key === 'packed') return value === 'no' ? '' : `packed with ${String(value)}`;
  if (key === 'layout') return value === 'rows' ? 'one object for each row' : 'one list for each column';
  if (key === 'rowGroups') return `${String(value)} row ${value === 1 ? 'group' : 'groups'}`;
  if (key === 'delimiter') return marks[String(value)] ?? `“${String(value)}” between values`;
  if (key === 'encoding') return String(value).toUpperCase();
  const before = typeof how['preamble'] === 'number' ? how['preamble'] : 0;
  if (key === 'preamble') return before > 0 ? `${plural(before, 'line')} before the table` : '';
  if (key === 'header') return value === true || value === 'yes' ? `header in line ${before + 1}` : value === false || value === 'no' ? 'no header' : `header ${String(value)}`;
  if (typeof value === 'boolean') return value ? key.replace(/([A-Z])/g, ' $1').toLowerCase() : '';
  return `${key.replace(/([A-Z])/g, ' $1').toLowerCase()} ${String(value)}`;
}
