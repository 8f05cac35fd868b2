// --memory 2GB: bytes that a command may use; without it seven tenths of what this machine has to spare.
import { freemem } from 'node:os';
import { badFlag, textValue } from './values.ts';
import type { Values } from './command.ts';

const UNITS: { [unit: string]: number } = { '': 1, b: 1, kb: 1e3, k: 1e3, mb: 1e6, m: 1e6, gb: 1e9, g: 1e9, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 };
const SHARE = 0.7;

/** Throws bad-param for what is no size or less than a megabyte. */
export function memoryValue(values: Values): number {
  const text = textValue(values, 'memory');
  if (text === null) return Math.floor(SHARE * spare());
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const scale = unit === undefined ? undefined : UNITS[unit.toLowerCase()];
  const bytes = scale === undefined ? NaN : Number(number) * scale;
  if (!(bytes >= 1e6)) throw badFlag('memory', text, 'a size of at least 1 MB, such as 800MB, 2GB or 1.5GiB');
  return Math.floor(bytes);
}

/** Node tells the limit of a container; older ones only what is free on the machine. */
function spare(): number {
  const { availableMemory } = process as { availableMemory?: () => number };
  return availableMemory?.call(process) ?? freemem();
}
