// Vite plugin: licenses.txt beside the app, with name, version, licence and licence text of every package that is
// shipped, so that the chunks need not carry them.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

type Manifest = { name: string; version: string; license: string; author?: string | { name: string }; dependencies?: { [name: string]: string } };
const read = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

export function licensesPlugin(): Plugin {
  return {
    name: 'barnacle-licenses',
    writeBundle(options) {
      const shipped = [...Object.keys(read(resolve('.')).dependencies ?? {}), 'svelte'].sort();
      writeFileSync(join(options.dir ?? 'dist/app', 'licenses.txt'), ['Barnacle is licensed under Apache-2.0. It ships these packages:\n', ...shipped.map(entry)].join('\n'));
    },
  };
}

function entry(name: string): string {
  const folder = resolve('node_modules', name);
  const { version, license, author } = read(folder);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const by = typeof author === 'string' ? author : (author?.name ?? '');
  return `${name} ${version}, ${license}${by ? `, ${by}` : ''}\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : `(licence text: the standard ${license})`}\n\n${'-'.repeat(80)}\n`;
}
