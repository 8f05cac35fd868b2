// How the page of a benchmark is built and served, isolated as the studio is: a folder of tests/browser with an index.html.
import { basename, resolve } from 'node:path';
import type { UserConfig } from 'vite';
import { kernelPlugin } from '../../tools/kernel-plugin.ts';
import { isolationHeaders } from '../../tools/security.ts';

/** Built into build/<name of the folder>. */
export const benchPage = (folder: string): UserConfig => ({
  root: folder,
  base: './',
  publicDir: false,
  logLevel: 'error',
  define: { __VERSION__: '"bench"' },
  plugins: [kernelPlugin()],
  worker: { format: 'es', plugins: () => [kernelPlugin()] },
  build: { outDir: resolve(import.meta.dirname, '../../build', basename(folder)), emptyOutDir: true, minify: false, target: 'es2023' },
  preview: { headers: isolationHeaders },
});
