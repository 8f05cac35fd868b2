// bench NAME: one benchmark's table and claims; with --json its last line is one object.
import { writeFileSync } from 'node:fs';
import { artefactText } from '../bench/artefact-text.ts';
import { machine } from '../bench/bench.ts';
import { benches } from '../bench/index.ts';
import { defineCommand } from '../command.ts';
import { textTable } from '../print.ts';
import { fileArguments, flagValue, textValue } from '../values.ts';

export const bench = defineCommand({
  name: 'bench',
  usage: 'barnacle bench NAME [--json] [--out FILE]',
  about: 'Measure ours against its peers in one run',
  flags: [...benches.all.map((b) => [b.type, b.about] as const), ['--out FILE', 'case by case, where a benchmark has it: JSON, or Markdown for *.md']],
  options: { out: { type: 'string' } },
  async run(positionals, values, door) {
    const chosen = benches.get(fileArguments(positionals, ['NAME'], bench.usage)[0]);
    const result = await chosen.run(door);
    door.endProgress();
    door.print(textTable(result.header, result.table, result.right));
    for (const name of result.leftOut) door.print(`left out: ${name}`);
    for (const c of result.claims) door.print(`${c.holds === null ? 'not measured' : c.holds ? 'holds' : 'DOES NOT HOLD'}: ${c.claim}: ${c.measured ?? '-'} (bar: ${c.bar})`);
    const out = textValue(values, 'out');
    if (out && result.artefact) writeFileSync(out, artefactText(result.artefact, out.endsWith('.md')));
    if (flagValue(values, 'json')) door.print(JSON.stringify({ name: chosen.type, machine: machine(), rows: result.rows, claims: result.claims }));
  },
});
