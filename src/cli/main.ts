// The Node door: `barnacle COMMAND ...`. Parses, calls one command, prints one clear line and exits 1 on bad input.
// Holds no `if` about learning; every command is a thin call into core.
import { parseArgs } from 'node:util';
import { BarnacleError } from '../core/base/errors.ts';
import type { Command } from './command.ts';
import { commands } from './commands/index.ts';
import { failureLine } from './failure-line.ts';
import { terminalDoor } from './terminal.ts';

async function main(argv: readonly string[]): Promise<void> {
  const [name, ...rest] = argv;
  if (!name || name === '--help' || name === '-h' || name === 'help') return void console.log(rest.length ? help(commands.get(rest[0])) : overview());
  if (name === '--version') return void console.log(__VERSION__);
  const command = commands.get(name);
  const options = { ...command.options, help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } } as const;
  if (rest.includes('--help') || rest.includes('-h')) return void console.log(help(command));
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true, strict: true });
  } catch (cause) {
    const text = (cause as Error).message.split('. ')[0];
    throw new BarnacleError('bad-param', `${text[0].toLowerCase()}${text.slice(1)}; usage: ${command.usage}`, { path: name, value: rest, expected: command.usage }, { cause });
  }
  const door = terminalDoor(parsed.values.json === true);
  try {
    await command.run(parsed.positionals, parsed.values, door);
  } finally {
    door.endProgress();
  }
}

function overview(): string {
  const lines = commands.all.map((c) => `  ${c.name.padEnd(10)} ${c.about}`);
  return ['barnacle: machine learning on tables, on this machine alone', '', 'usage: barnacle COMMAND [options]', '', ...lines, '', 'barnacle COMMAND --help says more.'].join('\n');
}

function help(command: Command): string {
  const width = Math.max(...command.flags.map(([flag]) => flag.length), 8);
  const flags = [...command.flags, ['--json', 'one JSON value on standard output'] as const].map(([flag, meaning]) => `  ${flag.padEnd(width)}  ${meaning}`);
  return [command.about, '', `usage: ${command.usage}`, '', ...flags, ...(command.more?.() ?? [])].join('\n');
}

/** Leaves when all that was written has been taken, even by a slow pipe; a backend may still hold the event loop. */
const leave = (code: number): void => void process.stdout.write('', () => process.exit(code));

process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.stderr.on('error', () => {});
main(process.argv.slice(2)).then(
  () => leave(0),
  (error: unknown) => {
    console.error(failureLine(error));
    leave(1);
  },
);
