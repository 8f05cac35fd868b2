// predict BUNDLE FILE: a file's rows with their predictions, as CSV (or JSON rows), breaches of the contract told; with --explain
// the contributions of the raw columns beside them.
import { countBits } from '../../core/base/bits.ts';
import { contributionColumns, explainedOutputs } from '../../core/pipeline/contribution-columns.ts';
import { explainTable } from '../../core/pipeline/explain-row.ts';
import type { Contributions } from '../../core/explain/contributions.ts';
import type { Prediction } from '../../core/table/matrix.ts';
import { predictionColumns } from '../../core/pipeline/prediction-columns.ts';
import { decodeRow, predictTable } from '../../core/pipeline/predict.ts';
import { putColumns } from '../../core/table/take.ts';
import { loadServing } from '../../kernels/load-serving.ts';
import { loadShapKernels } from '../../kernels/trees-shap-wasm/index.ts';
import { breachLines } from '../breach-lines.ts';
import { loadBundle } from '../bundles.ts';
import { defineCommand } from '../command.ts';
import { loadTable, warnRejected } from '../files.ts';
import { atMost, count } from '../print.ts';
import { badFlag, fileArguments, flagValue, outValue } from '../values.ts';
import { writeTable, writtenFormats } from '../write-table.ts';

export const predict = defineCommand({
  name: 'predict',
  usage: 'barnacle predict BUNDLE FILE [--out predictions.csv] [--explain]',
  about: 'Predict every row of a file with a saved bundle',
  flags: [
    ['BUNDLE', 'a file that train --save wrote'],
    ['FILE', 'rows with the columns of training; - reads standard input'],
    ['--out FILE', `where it goes (standard output, as CSV); the ending chooses the format: ${writtenFormats}`],
    ['--explain', 'how far each column moves the score of each row, exactly (SHAP values; models of trees): base score + contributions = score'],
    ['--spreadsheet-safe', 'text cells that a spreadsheet would run as a formula get a leading apostrophe'],
  ],
  options: { out: { type: 'string' }, explain: { type: 'boolean' }, 'spreadsheet-safe': { type: 'boolean' } },
  async run(positionals, values, door) {
    const [file, data] = fileArguments(positionals, ['BUNDLE', 'FILE'], predict.usage);
    const out = outValue(values, false);
    const json = flagValue(values, 'json');
    const { bundle } = await loadBundle(file);
    const explains = flagValue(values, 'explain');
    if (explains && bundle.model.type !== 'trees') throw badFlag('explain', `a ${bundle.model.type} model`, 'a model of trees');
    const { table, rejected } = await loadTable(data, door);
    warnRejected(rejected, data, door);
    const { prediction, breaches, refused } = predictTable(bundle, table, await loadServing());
    for (const line of atMost(6, breachLines(breaches))) door.warn(line);
    const found = explains ? await explainTable(bundle, table, { kernels: await loadShapKernels() }) : null;
    const predicted = putColumns(table, predictionColumns(prediction, table, refused));
    if (out !== null || !json) await writeTable(out, found ? putColumns(predicted, contributionColumns(found, prediction, predicted, refused)) : predicted, { spreadsheetSafe: flagValue(values, 'spreadsheet-safe') });
    const counts = { rows: table.rows, rejected: rejected.length, breaches: breaches.length, refused: countBits(refused, table.rows) };
    if (json && out === null) door.print(JSON.stringify({ ...counts, predictions: Array.from({ length: table.rows }, (_, row) => ({ ...decodeRow(prediction, row, refused), ...(found ? { why: whyOf(found, prediction, row) } : {}) })) }));
    else if (json) door.print(JSON.stringify({ ...counts, out }));
    else if (out !== null) door.print(`${count(table.rows, 'row')} predicted to ${out}, ${count(breaches.length, 'breach')} of the contract${counts.refused ? `, ${count(counts.refused, 'row')} refused` : ''}`);
  },
});

function whyOf(found: Contributions, prediction: Prediction, row: number) {
  const output = explainedOutputs(found, prediction)[row];
  const at = row * found.outputs + output;
  const { columns, values } = found;
  return { base: found.base[output], contributions: Object.fromEntries(columns.map((name, c) => [name, values[at * columns.length + c]])), score: found.scores[at] };
}
