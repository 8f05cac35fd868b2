// Builds and serves the page of bench nets, isolated as the studio is.
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { kernelPlugin } from '../../../tools/kernel-plugin.ts';
import { isolationHeaders } from '../../../tools/security.ts';

const outDir = resolve(import.meta.dirname, '../../../build/net-speed');
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  logLevel: 'error',
  define: { __VERSION__: '"bench"' },
  plugins: [kernelPlugin()],
  worker: { format: 'es', plugins: () => [kernelPlugin()] },
  build: { outDir, emptyOutDir: true, minify: false, target: 'es2023' },
  preview: { headers: isolationHeaders },
});
