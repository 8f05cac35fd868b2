// The tests that need a build or a Chromium: the shipped files, real workers, and every page end to end.
import { defineConfig } from 'vitest/config';
import { resolve } from 'node:path';
import { kernelPlugin } from '../tools/kernel-plugin.ts';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  plugins: [kernelPlugin()],
  test: { include: ['tests/{browser,e2e}/**/*.test.ts', 'tests/house/dist.test.ts'], testTimeout: 180_000, hookTimeout: 120_000, fileParallelism: false, expect: { poll: { timeout: 30_000, interval: 50 } } },
});
