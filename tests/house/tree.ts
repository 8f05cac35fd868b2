// The source tree as the house tests see it: files, and who imports whom.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** Every file below a folder of the project, as paths from the root. */
export function filesBelow(folder: string, pattern: RegExp): string[] {
  const walk = (path: string): string[] => readdirSync(join(root, path), { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? walk(`${path}/${e.name}`) : [`${path}/${e.name}`]));
  return walk(folder).filter((path) => pattern.test(path) && !path.includes('/assembly/'));
}

/** What a file imports: project paths for relative imports, package names otherwise. Type-only imports are marked. */
export function importsOf(path: string): { target: string; typeOnly: boolean }[] {
  const text = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = [...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)].map((m) => ({ name: m[2], typeOnly: m[1] !== undefined }));
  const lazy = [...text.matchAll(/\bimport\('([^']+)'\)/g)].map((m) => ({ name: m[1], typeOnly: false }));
  const workers = /\?worker&url$/; // a worker is named only by its URL: that imports nothing of it
  return [...found, ...lazy].filter(({ name }) => !workers.test(name)).map(({ name, typeOnly }) => ({ target: name.startsWith('.') ? relative(root, resolve(root, dirname(path), name.replace(/\?.*$/, ''))) : name, typeOnly }));
}
