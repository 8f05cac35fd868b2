// Vite plugin: after the build, emits sw.js (tools/service-worker.js with the list of built files and their hash),
// the host header file, and the meta CSP in index.html. Large example files are cached when first opened, not before.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { allHeaders, contentSecurityPolicy } from './security.ts';

const onDemandAbove = 2_000_000;

export function offlinePlugin(): Plugin {
  let outDir = '';
  return {
    name: 'barnacle-offline',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    transformIndexHtml: () => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy }, injectTo: 'head-prepend' }],
    closeBundle() {
      const files = walk(outDir).map((file) => relative(outDir, file).replaceAll('\\', '/')).filter((name) => name !== 'sw.js' && name !== '_headers').sort();
      const hash = createHash('sha256');
      for (const name of files) hash.update(name).update(readFileSync(join(outDir, name)));
      const precache = files.filter((name) => statSync(join(outDir, name)).size <= onDemandAbove || name.endsWith('.js') || name.endsWith('.wasm'));
      const config = { version: hash.digest('hex').slice(0, 16), files: precache, headers: allHeaders };
      const source = readFileSync(resolve('tools/service-worker.js'), 'utf8');
      writeFileSync(join(outDir, 'sw.js'), source.replace('/* CONFIG */ null', JSON.stringify(config)));
      writeFileSync(join(outDir, '_headers'), ['/*', ...Object.entries(allHeaders).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n'));
    },
  };
}

const walk = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));
