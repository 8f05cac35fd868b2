// export BUNDLE --format js: a saved bundle as what other programs take.
import { runtimeFor } from 'virtual:serve';
import { exporters } from '../../core/bundle/exporters/index.ts';
import { loadBundle } from '../bundles.ts';
import { defineCommand } from '../command.ts';
import { writeOut } from '../files.ts';
import { bytesText } from '../print.ts';
import { choiceValue, fileArguments, flagValue, outValue } from '../values.ts';

export const exportBundle = defineCommand({
  name: 'export',
  usage: 'barnacle export BUNDLE [--format js] [--out model.mjs]',
  about: 'Write a bundle as a zero-dependency JS module, or as a bundle file',
  flags: [['BUNDLE', 'a file that train --save or compress --save wrote'], ['--format NAME', `${exporters.all.map((e) => e.type).join(' | ')} (js)`], ['--out FILE', 'where it goes (standard output)']],
  options: { format: { type: 'string' }, out: { type: 'string' } },
  async run(positionals, values, door) {
    const [file] = fileArguments(positionals, ['BUNDLE'], exportBundle.usage);
    const exporter = exporters.get(choiceValue(values, 'format', exporters.all.map((e) => e.type), 'js'));
    const out = outValue(values, flagValue(values, 'json'));
    const { bundle } = await loadBundle(file);
    const bytes = exporter.write(bundle, await runtimeFor(bundle));
    await writeOut(out, bytes);
    if (out === null) return;
    if (flagValue(values, 'json')) door.print(JSON.stringify({ format: exporter.type, out, bytes: bytes.length }));
    else door.print(`${exporter.label} written to ${out}, ${bytesText(bytes.length)}`);
  },
});
