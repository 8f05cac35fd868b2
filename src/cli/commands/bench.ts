// bench NAME: one benchmark's table and claims; with --json its last line is one object.
import { writeFileSync } from 'node:fs';
import { artefactText } from '../bench/artefact-text.ts';
import { machine, type BenchChoice } from '../bench/bench.ts';
import { benches } from '../bench/index.ts';
import { defineCommand, type Values } from '../command.ts';
import { textTable } from '../print.ts';
import { badFlag, fileArguments, flagValue, numberValue, textValue } from '../values.ts';

export const bench = defineCommand({
  name: 'bench',
  usage: 'barnacle bench NAME [--json] [--out FILE] [--case A,B] [--threads 1,2] [--peers A,B] [--rounds N]',
  about: 'Measure ours against its peers in one run',
  flags: [...benches.all.map((b) => [b.type, b.about] as const), ['--out FILE', 'case by case, where a benchmark has it: JSON, or Markdown for *.md'], ['--case A,B', 'only these cases; --threads, --peers and --rounds narrow likewise, where a benchmark has them']],
  options: { out: { type: 'string' }, case: { type: 'string' }, threads: { type: 'string' }, peers: { type: 'string' }, rounds: { type: 'string' } },
  async run(positionals, values, door) {
    const chosen = benches.get(fileArguments(positionals, ['NAME'], bench.usage)[0]);
    const result = await chosen.run(door, choiceOf(values));
    door.endProgress();
    door.print(textTable(result.header, result.table, result.right));
    for (const name of result.leftOut) door.print(`left out: ${name}`);
    for (const c of result.claims) door.print(`${c.holds === null ? 'not measured' : c.holds ? 'holds' : 'DOES NOT HOLD'}: ${c.claim}: ${c.measured ?? '-'} (bar: ${c.bar})`);
    const out = textValue(values, 'out');
    if (out && result.artefact) writeFileSync(out, artefactText(result.artefact, out.endsWith('.md')));
    if (flagValue(values, 'json')) door.print(JSON.stringify({ name: chosen.type, machine: machine(), rows: result.rows, claims: result.claims }));
  },
});

function choiceOf(values: Values): BenchChoice {
  const list = (name: string): string[] | null => textValue(values, name)?.split(',').map((item) => item.trim()) ?? null;
  const threads = list('threads')?.map(Number) ?? null;
  if (threads?.some((n) => !(Number.isInteger(n) && n >= 1 && n <= 64))) throw badFlag('threads', textValue(values, 'threads'), 'whole numbers in [1, 64], such as 1,2');
  return { cases: list('case'), threads, peers: list('peers'), rounds: values.rounds === undefined ? null : numberValue(values, 'rounds', 3, 1, 1000, true) };
}
