// The dictionary as Markdown, to stand beside the data: a head, then a table with one line per column. What people wrote is
// escaped, so that no cell breaks the table or becomes a tag.
import type { Profile } from '../profile/profile.ts';
import type { DataDictionary } from './dictionary.ts';
import { dictionaryLines, type DictionaryLine } from './dictionary-lines.ts';

const heads: readonly [keyof DataDictionary & string, string][] = [['owner', 'Owner'], ['source', 'Source'], ['collected', 'Collected'], ['licence', 'Licence'], ['consent', 'Consent']];

export function dictionaryMarkdown(dictionary: DataDictionary, profile: Pick<Profile, 'rows' | 'columns'>): string {
  const lines = dictionaryLines(dictionary, profile);
  const sensitive = lines.filter((line) => line.sensitive).length;
  const facts = heads.flatMap(([key, label]) => (dictionary[key] === '' ? [] : [`- ${label}: ${plain(String(dictionary[key]))}`]));
  return [
    `# ${plain(dictionary.title || 'Data dictionary')}`,
    '',
    ...(dictionary.description === '' ? [] : [dictionary.description.split('\n').map((line) => plain(line)).join('\n'), '']),
    ...facts,
    `- ${profile.rows} rows, ${lines.length} columns${sensitive ? `, ${sensitive} of them sensitive (their values are not shown)` : ''}`,
    '',
    '| column | kind | unit | description | values | missing | source | note |',
    '|---|---|---|---|---|---:|---|---|',
    ...lines.map((line) => `| ${[`\`${line.name.replaceAll('`', "'").replaceAll('|', '\\|').replace(/[\r\n]+/g, ' ')}\`${line.sensitive ? ' **sensitive**' : ''}`, line.kind, plain(line.unit), plain(line.description), plain(valuesText(line)), percent(line.missing), plain(line.source), plain(line.note)].join(' | ')} |`),
    '',
  ].join('\n');
}

export function valuesText({ range, levels, distinct, kind, sensitive }: DictionaryLine): string {
  if (sensitive) return 'not shown';
  if (range) return `${range.min} to ${range.max}`;
  if (!levels) return `${distinct} different${kind === 'text' ? ' texts' : ''}`;
  const rest = distinct - levels.length;
  return `${levels.map(({ level, share }) => `${level} (${percent(share)})`).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const percent = (share: number): string => (share > 0 && share < 0.001 ? '< 0.1 %' : `${Math.round(share * 1000) / 10} %`);
const plain = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim().replace(/[\\`*_|[\]#]/g, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
