// profile FILE: what the file holds, column by column, and what stands out.
import { quiet } from '../../core/base/task.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { defineCommand } from '../command.ts';
import { loadTable } from '../files.ts';
import { digits, msText, textTable } from '../print.ts';
import { fileArgument, flagValue } from '../values.ts';

export const profile = defineCommand({
  name: 'profile',
  usage: 'barnacle profile FILE [--json]',
  about: 'Read a file and describe its columns, its missing values and what stands out',
  flags: [['FILE', 'csv, tsv, json, ndjson, parquet, each also .gz; - reads standard input']],
  options: {},
  async run(positionals, values, door) {
    const file = fileArgument(positionals, profile.usage);
    const loaded = await loadTable(file, door);
    const result = await profileTable(loaded.table, { ...quiet, now: () => performance.now(), report: (p) => door.progress(p.text, p.done) });
    door.endProgress();
    if (flagValue(values, 'json')) {
      const { table, notes, rejected, how } = loaded;
      return door.print(JSON.stringify({ file, rows: table.rows, columns: table.columns.length, data_hash: loaded.hash, how, notes, rejected: rejected.length, profile: result }));
    }
    door.print(`${file}: ${result.rows} rows, ${result.columns.length} columns, read in ${msText(loaded.readMs)}; ${result.duplicateRows} duplicate rows, ${loaded.rejected.length} rejected`);
    const rows = result.columns.map((c) => [c.name, c.kind, String(c.missing), `${c.distinctIsExact ? '' : '~'}${c.distinct}`, c.number ? digits(c.number.min, 3) : '', c.number ? digits(c.number.mean, 3) : '', c.number ? digits(c.number.max, 3) : '', c.levels?.[0] ? `${c.levels[0].level} (${c.levels[0].count})` : '']);
    door.print(textTable(['column', 'kind', 'missing', 'distinct', 'min', 'mean', 'max', 'most frequent'], rows, [false, false, true, true, true, true, true, false]));
    for (const note of loaded.notes) door.print(`note: ${note.message}`);
    for (const alert of result.alerts) door.print(`${alert.severity}: ${alert.message} (${alert.evidence})`);
  },
});
