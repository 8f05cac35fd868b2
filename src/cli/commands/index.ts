// The commands of the CLI, in the order in which a person meets them.
import { makeRegistry } from '../../core/base/registry.ts';
import type { Command } from '../command.ts';
import { bench } from './bench.ts';
import { clean } from './clean.ts';
import { compress } from './compress.ts';
import { debug } from './debug.ts';
import { evaluate } from './evaluate.ts';
import { exportBundle } from './export-bundle.ts';
import { predict } from './predict.ts';
import { profile } from './profile.ts';
import { train } from './train.ts';

const members = [profile, clean, train, debug, predict, evaluate, compress, exportBundle, bench];
export const commands = makeRegistry<Command & { readonly type: string }>('command', members.map((command) => ({ ...command, type: command.name })));
