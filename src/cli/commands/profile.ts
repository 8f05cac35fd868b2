// profile FILE: what the file holds, column by column, and what stands out.
import { quiet } from '../../core/base/task.ts';
import type { ColumnProfile } from '../../core/profile/profile.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { timeText } from '../../core/table/cell.ts';
import { defineCommand } from '../command.ts';
import { loadTable } from '../files.ts';
import { atMost, count, digits, msText, textTable } from '../print.ts';
import { fileArguments, flagValue } from '../values.ts';

const shownLines = 40;

export const profile = defineCommand({
  name: 'profile',
  usage: 'barnacle profile FILE [--json]',
  about: 'Read a file and describe its columns, its missing values and what stands out',
  flags: [['FILE', 'csv, tsv, json, ndjson, parquet, each also .gz; - reads standard input']],
  options: {},
  async run(positionals, values, door) {
    const [path] = fileArguments(positionals, ['FILE'], profile.usage);
    const file = path === '-' ? 'standard input' : path;
    const loaded = await loadTable(path, door);
    const result = await profileTable(loaded.table, { ...quiet, now: () => performance.now(), report: (p) => door.progress(p.text, p.done) });
    door.endProgress();
    if (flagValue(values, 'json')) {
      const { table, notes, rejected, how } = loaded;
      return door.print(JSON.stringify({ file, rows: table.rows, columns: table.columns.length, data_hash: loaded.hash, how, notes, rejected: rejected.length, profile: result }));
    }
    door.print(`${file}: ${count(result.rows, 'row')}, ${count(result.columns.length, 'column')}, read in ${msText(loaded.readMs)}; ${count(result.duplicateRows, 'duplicate row')}, ${loaded.rejected.length} rejected`);
    const rows = result.columns.map((c) => [c.name, c.kind, String(c.missing), `${c.distinctIsExact ? '' : '~'}${c.distinct}`, ...extremes(c), c.levels?.[0] ? `${c.levels[0].level} (${c.levels[0].count})` : '']);
    door.print(textTable(['column', 'kind', 'missing', 'distinct', 'min', 'mean', 'max', 'most frequent'], rows, [false, false, true, true, true, true, true, false]));
    for (const line of atMost(shownLines, loaded.notes.map((note) => `note: ${note.message}`))) door.print(line);
    for (const line of atMost(shownLines, result.alerts.map((alert) => `${alert.severity}: ${alert.message} (${alert.evidence})`))) door.print(line);
  },
});

/** min, mean and max as numbers or dates; empty for other kinds. */
function extremes({ kind, number }: ColumnProfile): string[] {
  if (!number) return ['', '', ''];
  return [number.min, number.mean, number.max].map((value) => (kind === 'time' ? timeText(value, 'second') : digits(value, 3)));
}
