// The contract of a command: its name, help text, options, and what it does with the parsed ones.
// `print` writes a line to standard output; with --json only the result object goes there.
import type { ParseArgsConfig } from 'node:util';

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Values = { readonly [name: string]: string | boolean | (string | boolean)[] | undefined };

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** [flag, meaning] lines for --help, in order. */
  readonly flags: readonly (readonly [string, string])[];
  readonly options: Options;
  /** Lines below the flags in --help. */
  more?(): readonly string[];
  run(positionals: readonly string[], values: Values, door: Door): Promise<void>;
}

/** What a command may use of the world. */
export interface Door {
  print(line: string): void;
  /** A line beside the result, on standard error. */
  warn(line: string): void;
  /** Progress for a terminal; silent elsewhere. `done` in 0..1 or null. */
  progress(text: string, done: number | null): void;
  endProgress(): void;
}
export const defineCommand = (command: Command): Command => command;
