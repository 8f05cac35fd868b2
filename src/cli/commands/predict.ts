// predict BUNDLE FILE: a file's rows with their predictions, as CSV (or JSON rows), breaches of the contract told.
import { BarnacleError } from '../../core/base/errors.ts';
import { writeCsv } from '../../core/io/csv-write.ts';
import { predictionColumns } from '../../core/pipeline/prediction-columns.ts';
import { decodeRow, predictTable } from '../../core/pipeline/predict.ts';
import { putColumns } from '../../core/table/take.ts';
import { loadBundle } from '../bundles.ts';
import { defineCommand } from '../command.ts';
import { loadTable, writeOut } from '../files.ts';
import { flagValue, textValue } from '../values.ts';

export const predict = defineCommand({
  name: 'predict',
  usage: 'barnacle predict BUNDLE FILE [--out predictions.csv]',
  about: 'Predict every row of a file with a saved bundle',
  flags: [
    ['BUNDLE', 'a file that train --save wrote'],
    ['FILE', 'rows with the columns of training; - reads standard input'],
    ['--out FILE', 'where the CSV goes (standard output)'],
    ['--spreadsheet-safe', 'text cells that a spreadsheet would run as a formula get a leading apostrophe'],
  ],
  options: { out: { type: 'string' }, 'spreadsheet-safe': { type: 'boolean' } },
  async run(positionals, values, door) {
    if (positionals.length !== 2) throw new BarnacleError('bad-param', `${positionals.length} files given, expected a bundle and a file; usage: ${predict.usage}`, { path: 'FILE', value: [...positionals], expected: predict.usage });
    const { bundle } = await loadBundle(positionals[0]);
    const { table } = await loadTable(positionals[1], door);
    const { prediction, breaches } = predictTable(bundle, table);
    for (const breach of breaches.slice(0, 5)) process.stderr.write(`${breach.policy}: ${breach.message}\n`);
    if (breaches.length > 5) process.stderr.write(`and ${breaches.length - 5} more breaches of the contract\n`);
    if (flagValue(values, 'json')) {
      const rows = Array.from({ length: table.rows }, (_, row) => decodeRow(prediction, row));
      return door.print(JSON.stringify({ rows: table.rows, breaches: breaches.length, predictions: rows }));
    }
    const out = textValue(values, 'out');
    const full = putColumns(table, predictionColumns(prediction, table));
    await writeOut(out, writeCsv(full, { spreadsheetSafe: flagValue(values, 'spreadsheet-safe') }));
    if (out !== null) door.print(`${table.rows} rows predicted to ${out}, ${breaches.length} breaches of the contract`);
  },
});
