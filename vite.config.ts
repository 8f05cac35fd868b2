// One configuration for the app (dist/app), the CLI (`--mode cli`, dist/cli) and the tests.
// Kernels and the serving runtime enter every build through the same two plugins.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { examplesPlugin } from './tools/examples-plugin.ts';
import { kernelPlugin } from './tools/kernel-plugin.ts';
import { licensesPlugin } from './tools/licenses-plugin.ts';
import { offlinePlugin } from './tools/offline-plugin.ts';
import { allHeaders, isolationHeaders } from './tools/security.ts';
import { servePlugin } from './tools/serve-plugin.ts';

const version = (JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }).version;
const shared = (): Plugin[] => [kernelPlugin(), servePlugin()];
const checks = { pluginTimings: false };
/** Licence texts ship once, as licenses.txt (tools/licenses-plugin.ts), not a thousand times in the chunks. */
const output = { comments: { legal: false } };
const app = { outDir: 'dist/app', target: 'es2023', chunkSizeWarningLimit: 1500, rolldownOptions: { checks, output } };
/** Chunks lie beside main.js, so that code finds ./fit-worker.js and ./team-worker.js whichever chunk it ends in. */
const cli = { outDir: 'dist/cli', ssr: true, target: 'node20', minify: false, copyPublicDir: false, rolldownOptions: { checks, output: { chunkFileNames: '[name]-[hash].js' }, input: { main: 'src/cli/main.ts', 'fit-worker': 'src/cli/fit-worker.ts', 'team-worker': 'src/cli/team-worker.ts' } } };

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: mode === 'cli' ? shared() : [...shared(), svelte(), examplesPlugin(), licensesPlugin(), offlinePlugin()],
  define: { __VERSION__: JSON.stringify(version) },
  build: mode === 'cli' ? cli : app,
  ssr: mode === 'cli' ? { noExternal: true, external: ['playwright-core', 'vite'] } : {},
  worker: { format: 'es', plugins: shared, rolldownOptions: { checks, output } },
  server: { headers: isolationHeaders },
  preview: { headers: allHeaders, port: 4173, strictPort: true },
  test: { include: ['tests/**/*.test.ts'], exclude: ['tests/browser/**', 'tests/e2e/**', 'tests/house/dist.test.ts'], testTimeout: 30_000 },
}));
