// Size, names and tests of files: no file over 400 lines, kebab-case, registered types named for their file,
// headers present, every test file run by some runner, every folder of src with a README.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root } from './tree.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = () => [...filesBelow('src', /\.(ts|svelte|css)$/), ...filesBelow('workers', /\.ts$/), ...filesBelow('tools', /\.(ts|mjs|js)$/), ...filesBelow('tests', /\.(ts|mjs)$/)];

test('no file over 400 lines', () => {
  expect(sources().filter((path) => read(path).split('\n').length > 401)).toEqual([]);
});

test('no component over 150 lines', () => {
  expect(filesBelow('src', /\.svelte$/).filter((path) => read(path).split('\n').length > 151)).toEqual([]);
});

test('file names are kebab-case', () => {
  const fine = /^[a-z0-9]+(-[a-z0-9]+)*(\.svelte|\.test|\.config|\.d)?\.(ts|svelte|css|mjs|js)$/;
  expect(sources().filter((path) => !fine.test(path.split('/').at(-1)!))).toEqual([]);
});

test('every source file opens with its header', () => {
  const bare = [...filesBelow('src', /\.ts$/), ...filesBelow('workers', /\.ts$/)].filter((path) => !path.endsWith('.d.ts') && !/^(\/\/|\/\*\*)/.test(read(path)));
  expect(bare).toEqual([]);
});

test('a registered type, its export and its file agree', () => {
  const camel = (name: string) => name.replace(/-([a-z0-9])/g, (_, c: string) => c.toUpperCase());
  const wrong: string[] = [];
  for (const folder of ['src/core/metrics', 'src/core/recipe/steps', 'src/core/bundle/exporters', 'src/charts']) {
    for (const path of filesBelow(folder, /\.ts$/)) {
      const text = read(path);
      const type = text.match(/define(?:Metric|Step|Exporter)\(\{\s*type: '([^']+)'/)?.[1] ?? text.match(/^export const type = '([^']+)'/m)?.[1];
      if (!type) continue;
      const file = path.split('/').at(-1)!.replace(/\.ts$/, '');
      if (type !== file) wrong.push(`${path}: type '${type}'`);
      else if (/define(Metric|Step)/.test(text) && !new RegExp(`export const ${camel(type)}\\b`).test(text)) wrong.push(`${path}: no export ${camel(type)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('every test file is matched by a runner', () => {
  const node = /^tests\/(unit|contract|golden|parity|flow|house)\//;
  const chromium = /^tests\/(browser|e2e)\//;
  const dist = 'tests/house/dist.test.ts';
  const stray = filesBelow('tests', /\.test\.ts$/).filter((path) => path !== dist && !node.test(path) && !chromium.test(path));
  expect(stray).toEqual([]);
  expect(read('tests/chromium.config.ts')).toContain('tests/{browser,e2e}/**/*.test.ts');
  expect(read('tests/chromium.config.ts')).toContain(dist);
});

test('every room has a README', () => {
  const rooms = ['src', 'src/core'].flatMap((folder) => readdirSync(join(root, folder), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => `${folder}/${e.name}`));
  expect(rooms.filter((room) => !existsSync(join(root, room, 'README.md')))).toEqual([]);
});

test('every dependency is argued in docs/dependencies.md', () => {
  const manifest = JSON.parse(read('package.json')) as { dependencies: object; devDependencies: object };
  const text = read('docs/dependencies.md');
  const missing = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].filter((name) => !text.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

test('the nginx sample sends the headers of tools/security.ts', async () => {
  const { allHeaders } = await import('../../tools/security.ts');
  const sample = read('docs/nginx.conf');
  for (const [name, value] of Object.entries(allHeaders)) expect(sample).toContain(`add_header ${name} "${value}" always;`);
});
