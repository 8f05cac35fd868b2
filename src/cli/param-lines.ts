// A learner's declared parameters as lines of --help: name, fallback, bounds and what each does.
import type { AnyParams, Param } from '../core/base/params.ts';

export function paramLines(params: AnyParams): string[] {
  const cells = Object.entries(params).map(([name, param]) => [`${name} (${String(param.fallback)})`, `${param.help} ${bounds(param)}`.trim()]);
  const width = Math.max(0, ...cells.map(([name]) => name.length));
  return cells.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

function bounds(param: Param): string {
  if (param.kind === 'choice') return `[${param.choices.map((choice) => choice.value).join(' | ')}]`;
  if (param.kind === 'number' || param.kind === 'numbers') return `[${param.min} to ${param.max}]`;
  return '';
}
