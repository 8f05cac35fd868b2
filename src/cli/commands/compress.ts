// compress BUNDLE FILE: 8- or 16-bit weights and leaf values, with the score on the file's rows before and after.
import { BarnacleError } from '../../core/base/errors.ts';
import { quiet } from '../../core/base/task.ts';
import { writeBundle } from '../../core/bundle/write-bundle.ts';
import { metrics } from '../../core/metrics/index.ts';
import { hashModel } from '../../core/models/hash-model.ts';
import { modelBytes } from '../../core/models/model-bytes.ts';
import { cleanData } from '../../core/pipeline/clean-data.ts';
import { compressBundle } from '../../core/pipeline/compress-bundle.ts';
import { splitTable } from '../../core/pipeline/prepare.ts';
import { applyRecipe } from '../../core/recipe/apply-recipe.ts';
import { takeRows } from '../../core/table/take.ts';
import { loadBundle } from '../bundles.ts';
import { defineCommand } from '../command.ts';
import { checkWritable, loadTable, writeOut } from '../files.ts';
import { bytesText, digits } from '../print.ts';
import { badFlag, fileArguments, flagValue, textValue } from '../values.ts';

export const compress = defineCommand({
  name: 'compress',
  usage: 'barnacle compress BUNDLE FILE [--bits 8] [--save small.barnacle]',
  about: 'Quantize a bundle to 8 or 16 bits; print its size and score before and after',
  flags: [['BUNDLE', 'a file that train --save wrote'], ['FILE', 'the file it was trained on: its held-out rows give the score'], ['--bits N', '8 | 16 (8)'], ['--save FILE', 'where the smaller bundle goes']],
  options: { bits: { type: 'string' }, save: { type: 'string' } },
  async run(positionals, values, door) {
    const [file, data] = fileArguments(positionals, ['BUNDLE', 'FILE'], compress.usage);
    const save = textValue(values, 'save');
    if (save !== null) await checkWritable(save);
    const bits = textValue(values, 'bits') ?? '8';
    if (bits !== '8' && bits !== '16') throw badFlag('bits', bits, '8 or 16');
    const { bundle, spec } = await loadBundle(file);
    const { table: read, hash } = await loadTable(data, door);
    if (hash !== spec.data) throw new BarnacleError('bad-param', `file "${data}" is not the data of this bundle; its held-out rows would not be held out`, { path: 'FILE', value: hash, expected: spec.data });
    const { table } = cleanData(spec, read);
    const test = applyRecipe(bundle.recipe, takeRows(table, splitTable(spec, table).test), { training: false, seed: spec.seed, withTarget: true });
    const small = await compressBundle(bundle, bits === '8' ? 8 : 16, test, 200, quiet);
    const metric = spec.metrics[0];
    const before = (bundle.evaluation as { metrics?: { [m: string]: { value: number } } }).metrics?.[metric]?.value ?? null;
    const after = small.evaluation.metrics[metric].value;
    if (save !== null) await writeOut(save, writeBundle(small.bundle));
    const [bytesBefore, bytes] = [modelBytes(bundle.model), modelBytes(small.bundle.model)];
    if (flagValue(values, 'json')) return door.print(JSON.stringify({ bits: Number(bits), bytes_before: bytesBefore, bytes, metric, before, after, model_hash: hashModel(small.bundle.model) }));
    door.print(`${bits}-bit: ${bytesText(bytesBefore)} -> ${bytesText(bytes)}; ${metrics.get(metric).label} ${digits(before)} -> ${digits(after)}`);
  },
});
