// clean FILE --steps clean.json: a file's rows after a list of cleaning steps, with what each step did; without steps the
// file in another format.
import { basename } from 'node:path';
import { BarnacleError } from '../../core/base/errors.ts';
import type { Json } from '../../core/base/json.ts';
import { applyClean } from '../../core/clean/apply-clean.ts';
import type { CleanContext, StepOutcome } from '../../core/clean/clean.ts';
import { cleaners } from '../../core/clean/index.ts';
import { parseClean } from '../../core/clean/parse-clean.ts';
import { hashTable } from '../../core/table/hash-table.ts';
import type { Table } from '../../core/table/table.ts';
import { defineCommand, type Door } from '../command.ts';
import { checkWritable, loadTable, readBytes, readFlag, readFlagHelp } from '../files.ts';
import { count, msText } from '../print.ts';
import { badFlag, fileArguments, flagValue, outValue, textValue } from '../values.ts';
import { writeTable, writtenFormats } from '../write-table.ts';

export const clean = defineCommand({
  name: 'clean',
  usage: 'barnacle clean FILE [--steps clean.json] [--out cleaned.csv]',
  about: 'Apply cleaning steps to a file and write what comes out',
  flags: [
    ['FILE', 'any table that profile reads; - reads standard input'],
    ['--steps FILE', 'the steps as JSON: {"version": 1, "steps": [{"id", "type", "columns", "params"}]}'],
    readFlagHelp,
    ['--out FILE', `where it goes (standard output, as CSV); the ending chooses the format: ${writtenFormats}`],
    ['--table FILE', 'another table that joins name by its path, file name or data hash; may be given several times'],
    ['--lenient', 'a step that fails is left out and told, instead of ending the work'],
    ['--spreadsheet-safe', 'text cells that a spreadsheet would run as a formula get a leading apostrophe'],
  ],
  options: { steps: { type: 'string' }, read: { type: 'string' }, out: { type: 'string' }, table: { type: 'string', multiple: true }, lenient: { type: 'boolean' }, 'spreadsheet-safe': { type: 'boolean' } },
  more: () => ['', 'steps:', ...cleaners.all.map((c) => `  ${c.type.padEnd(17)} ${c.scope.padEnd(6)} ${c.help}`)],
  async run(positionals, values, door) {
    const [file] = fileArguments(positionals, ['FILE'], clean.usage);
    const stepsFile = textValue(values, 'steps');
    const json = flagValue(values, 'json');
    const out = outValue(values, json);
    if (out !== null) await checkWritable(out);
    const spec = stepsFile === null ? parseClean({ version: 1, steps: [] }) : parseClean(await stepsJson(stepsFile));
    const { table, notes: readNotes, rejected } = await loadTable(file, door, readFlag(values));
    const context = await otherTables((values['table'] as string[] | undefined) ?? [], door);
    const start = performance.now();
    const result = applyClean(spec, table, context, { lenient: flagValue(values, 'lenient') });
    const ms = performance.now() - start;
    const notes = await writeTable(out, result.table, { spreadsheetSafe: flagValue(values, 'spreadsheet-safe') });
    if (json) return door.print(JSON.stringify({ file, out, rows: result.table.rows, columns: result.table.columns.map(({ name, kind }) => ({ name, kind })), data_hash: hashTable(result.table), ms, read: { notes: readNotes, rejected: rejected.length }, outcomes: result.outcomes, lineage: result.lineage, notes }));
    const say = out === null ? door.warn : door.print;
    for (const line of [...readNotes.map((note) => `read: ${note.message}`), ...result.outcomes.flatMap(outcomeLines), ...notes.map((note) => `note: ${note.message}`)]) say(line);
    say(`${count(table.rows, 'row')} in, ${count(result.table.rows, 'row')} of ${count(result.table.columns.length, 'column')} out${out === null ? '' : ` to ${out}`}, cleaned in ${msText(ms)}`);
  },
});

/** What a step did, its notes below it. */
function outcomeLines({ id, text, rowsBefore, rowsAfter, changed, notes, error }: StepOutcome): string[] {
  const did = [...(changed ? [`${count(changed, 'cell')} changed`] : []), ...(rowsAfter === rowsBefore ? [] : [`${rowsBefore} -> ${count(rowsAfter, 'row')}`])];
  const line = error ? `${id}: ${text}: left out, ${error.message}` : `${id}: ${text}${did.length ? `: ${did.join(', ')}` : ''}`;
  return [line, ...notes.slice(0, 10).map((note) => `  ${note.message}${note.example === null ? '' : `, such as ${JSON.stringify(note.example)}`}`), ...(notes.length > 10 ? [`  and ${notes.length - 10} more notes`] : [])];
}

async function stepsJson(path: string): Promise<Json> {
  const text = new TextDecoder().decode(await readBytes(path));
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new BarnacleError('bad-file', `file "${path}" is not JSON: ${(cause as Error).message}`, { format: 'json', reason: (cause as Error).message }, { cause });
  }
}

async function otherTables(paths: readonly string[], door: Door): Promise<CleanContext> {
  const byName = new Map<string, Table>();
  for (const path of paths) {
    const { table, hash } = await loadTable(path, door);
    for (const name of [path, basename(path), hash]) {
      if (byName.has(name) && byName.get(name) !== table && name !== hash && name !== path) throw badFlag('table', path, 'files of different names');
      byName.set(name, table);
    }
  }
  return { table: (id) => byName.get(id) ?? null };
}
