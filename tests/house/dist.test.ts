// What is shipped: no foreign host, no eval or new Function beyond an argued list, a small shell, a closed policy.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { root } from './tree.ts';

const dist = join(root, 'dist/app');
const walk = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? walk(join(folder, e.name)) : [join(folder, e.name)]));
const scripts = () => walk(dist).filter((file) => /\.(js|html|css|svg|webmanifest)$/.test(file));

/** Names in text that are never fetched: XML namespaces and links in comments or messages of the libraries. */
const namespaces = ['www.w3.org'];
const mentioned: { [host: string]: string } = {
  'svelte.dev': 'links in the error messages of svelte',
  'github.com': 'links in the error messages of tfjs and comlink',
  'emscripten.org': 'a link in a message of the WASM backend of tfjs',
  'en.wikipedia.org': 'a link in a comment inside a shader of tfjs',
  'www.shadertoy.com': 'the same',
};

test('the build exists', () => expect(existsSync(join(dist, 'index.html'))).toBe(true));

test('no foreign host beyond the argued list', () => {
  const found = new Set<string>();
  for (const file of scripts()) for (const m of readFileSync(file, 'utf8').matchAll(/https?:\/\/([a-z0-9.-]+\.[a-z]{2,})/gi)) found.add(m[1].toLowerCase());
  const foreign = [...found].filter((host) => !namespaces.includes(host) && !(host in mentioned));
  expect(foreign).toEqual([]);
});

test('no eval and no new Function', () => {
  const guilty = scripts().filter((file) => /\beval\(|new Function\(|\bFunction\("/.test(readFileSync(file, 'utf8')));
  expect(guilty.map((file) => file.slice(dist.length))).toEqual([]);
});

test('the shell paints with less than 150 kB of gzipped JavaScript', () => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((m) => m[1]);
  const bytes = first.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name))).length, 0);
  expect(first.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(150_000);
});

test('the policy is in the page and the service worker', () => {
  expect(readFileSync(join(dist, 'index.html'), 'utf8').replaceAll('&#39;', "'")).toContain("connect-src 'self'");
  expect(readFileSync(join(dist, 'sw.js'), 'utf8')).toContain("connect-src 'self'");
});

test('the licences of what is shipped travel with it', () => {
  const text = readFileSync(join(dist, 'licenses.txt'), 'utf8');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: { [name: string]: string } };
  expect([...Object.keys(dependencies), 'svelte'].filter((name) => !text.includes(`\n${name} `))).toEqual([]);
});
