import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { kernelPlugin } from './tools/kernel-plugin.ts';

const version = (JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }).version;
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  base: './',
  plugins: [kernelPlugin(), svelte()],
  define: { __VERSION__: JSON.stringify(version) },
  worker: { format: 'es', plugins: () => [kernelPlugin()] },
  server: { headers: isolation },
  preview: { headers: isolation, port: 4173, strictPort: true },
  test: { include: ['tests/**/*.test.ts'], exclude: ['tests/e2e/**', 'tests/browser/**', 'node_modules/**'], testTimeout: 30000 },
});
