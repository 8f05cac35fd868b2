// A benchmark's case-by-case record as a file: JSON, or a Markdown table whose columns are the keys met in the rows.
import type { Json, JsonObject } from '../../core/base/json.ts';
import type { Artefact } from './bench.ts';

export function artefactText({ title, rows }: Artefact, isMarkdown: boolean): string {
  if (!isMarkdown) return `${JSON.stringify({ title, rows }, null, 1)}\n`;
  const records = rows as JsonObject[];
  const keys = [...new Set(records.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`# ${title}`, '', line(keys), line(keys.map(() => '---')), ...records.map((row) => line(keys.map((key) => cellOf(row[key])))), ''].join('\n');
}

function cellOf(value: Json | undefined): string {
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : Array.isArray(value) ? value.map(cellOf).join('; ') : JSON.stringify(value);
  return text.replaceAll('|', '\\|').replace(/\s/g, ' ');
}
