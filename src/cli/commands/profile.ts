// profile FILE: what the file holds, column by column, and what stands out. A file whose table would not fit into memory is
// streamed: two passes over it, in memory that does not grow with its rows.
import type { Json, JsonObject } from '../../core/base/json.ts';
import type { Note, WorkContext } from '../../core/base/task.ts';
import { quiet } from '../../core/base/task.ts';
import type { ReadContext } from '../../core/io/csv/csv-kernels.ts';
import { readTable } from '../../core/io/index.ts';
import { planRead, type ReadPlan } from '../../core/io/plan.ts';
import type { ByteSource, RejectedRow } from '../../core/io/reader.ts';
import { profileSource } from '../../core/pipeline/profile-source.ts';
import type { ColumnProfile, Profile } from '../../core/profile/profile.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { timeText } from '../../core/table/cell.ts';
import { hashTable } from '../../core/table/hash-table.ts';
import { loadCsvKernels } from '../../kernels/csv-wasm/index.ts';
import { defineCommand, type Door } from '../command.ts';
import { isFolder, loadTable, openSource, readFlag, readFlagHelp } from '../files.ts';
import { memoryValue } from '../memory-flag.ts';
import { planLines } from '../plan-lines.ts';
import { atMost, count, digits, msText, textTable } from '../print.ts';
import { fileArguments, flagValue } from '../values.ts';

const shownLines = 40;

export const profile = defineCommand({
  name: 'profile',
  usage: 'barnacle profile FILE [--plan] [--stream] [--memory SIZE] [--read JSON] [--json]',
  about: 'Read a file and describe its columns, its missing values and what stands out',
  flags: [
    ['FILE', 'csv, tsv, json, ndjson, parquet and others, also packed; a folder of parts; - reads standard input'],
    ['--plan', 'say what reading it would cost, from a few megabytes of it, and stop'],
    ['--memory SIZE', 'what may be used, such as 2GB; a table that would not fit is streamed instead (free memory x 0.7)'],
    ['--stream', 'stream it in any case: two passes, in memory that does not grow with the rows'],
    readFlagHelp,
  ],
  options: { plan: { type: 'boolean' }, stream: { type: 'boolean' }, memory: { type: 'string' }, read: { type: 'string' } },
  async run(positionals, values, door) {
    const [path] = fileArguments(positionals, ['FILE'], profile.usage);
    const budget = memoryValue(values);
    const isJson = flagValue(values, 'json');
    const file = path === '-' ? 'standard input' : path;
    const options = readFlag(values);
    const context: ReadContext = { ...quiet, now: () => performance.now(), report: (p) => door.progress(p.text, p.done), csv: await loadCsvKernels() };
    const tell = (found: Found, plan: ReadPlan | null): void => (isJson ? door.print(JSON.stringify({ file, ...jsonOf(found) })) : print(file, found, plan, door));
    if (await isFolder(path)) return tell(await parts(path, options, context, door), null);
    const { source, close } = await openSource(path);
    try {
      const plan = await planRead(source, options, budget, context);
      if (flagValue(values, 'plan')) return isJson ? door.print(JSON.stringify({ file, plan })) : planLines(file, plan).forEach((line) => door.print(line));
      const look = flagValue(values, 'stream') || !plan.fits ? streamed : whole;
      tell(await look(source, options, context), plan);
    } finally {
      await close();
      door.endProgress();
    }
  },
});

type Found = { result: Profile; notes: Note[]; rejected: RejectedRow[]; rejectedCount: number; how: JsonObject; hash: string | null; isStreamed: boolean; ms: number };

type Options = { format?: string; params?: Json };

/** The files of a folder as one table; such parts are never streamed. */
async function parts(path: string, options: Options, context: WorkContext, door: Door): Promise<Found> {
  const { table, notes, rejected, how, hash, readMs: ms } = await loadTable(path, door, options);
  return { result: await profileTable(table, context), notes, rejected, rejectedCount: rejected.length, how, hash, isStreamed: false, ms };
}

async function whole(source: ByteSource, options: Options, context: WorkContext): Promise<Found> {
  const start = performance.now();
  const { table, notes, rejected, how } = await readTable(source, options, context);
  const ms = performance.now() - start;
  return { result: await profileTable(table, context), notes, rejected, rejectedCount: rejected.length, how, hash: hashTable(table), isStreamed: false, ms };
}

async function streamed(source: ByteSource, options: Options, context: WorkContext): Promise<Found> {
  const start = performance.now();
  const { profile: result, streamed: isStreamed, ...rest } = await profileSource(source, options, context);
  return { ...rest, result, hash: null, isStreamed, ms: performance.now() - start };
}

function jsonOf({ result, notes, how, hash, rejectedCount, isStreamed }: Found): JsonObject {
  return { rows: result.rows, columns: result.columns.length, data_hash: hash, streamed: isStreamed, how, notes, rejected: rejectedCount, profile: result };
}

function print(file: string, { result, notes, rejectedCount, isStreamed, ms }: Found, plan: ReadPlan | null, door: Door): void {
  door.endProgress();
  const way = isStreamed ? `streamed in two passes in ${msText(ms)}${plan?.fits === false ? ', since the table would not fit into memory' : ''}` : `read in ${msText(ms)}`;
  door.print(`${file}: ${count(result.rows, 'row')}, ${count(result.columns.length, 'column')}, ${way}; ${isStreamed && notes.some((n) => n.code === 'estimate' && n.column === null) ? 'about ' : ''}${count(result.duplicateRows, 'duplicate row')}, ${rejectedCount} rejected`);
  const rows = result.columns.map((c) => [c.name, c.kind, String(c.missing), `${c.distinctIsExact ? '' : '~'}${c.distinct}`, ...extremes(c), c.levels?.[0] ? `${c.levels[0].level} (${c.levels[0].count})` : '']);
  door.print(textTable(['column', 'kind', 'missing', 'distinct', 'min', 'mean', 'max', 'most frequent'], rows, [false, false, true, true, true, true, true, false]));
  for (const line of atMost(shownLines, notes.map((note) => `note: ${note.message}`))) door.print(line);
  for (const line of atMost(shownLines, result.alerts.map((alert) => `${alert.severity}: ${alert.message} (${alert.evidence})`))) door.print(line);
}

/** min, mean and max as numbers or dates; empty for other kinds. */
function extremes({ kind, number }: ColumnProfile): string[] {
  if (!number) return ['', '', ''];
  return [number.min, number.mean, number.max].map((value) => (kind === 'time' ? timeText(value, 'second') : digits(value, 3)));
}
