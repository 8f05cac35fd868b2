// `npm test`: installs what is missing (a Chromium too), builds, then runs every suite: types and lint, units in Node,
// workers and pages in Chromium. The last line gives the true sums over all runners.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, ensurePackages, root } from './ensure.mjs';

ensurePackages();
process.env.BARNACLE_CHROMIUM = await ensureChromium();
const { build } = await import('./build.mjs');
const sums = { passed: 0, failed: 0, skipped: 0 };
const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

step('build app', () => build('app'));
step('build cli', () => build('cli'));
step('check', () => node(['tools/check.mjs']));
vitest('node', ['--config', 'vite.config.ts']);
vitest('chromium', ['--config', 'tests/chromium.config.ts']);

console.log(`\n${sums.passed} passed, ${sums.failed} failed${sums.skipped ? `, ${sums.skipped} skipped` : ''}`);
process.exit(sums.failed ? 1 : 0);

function step(name, work) {
  try {
    work();
    sums.passed++;
    console.log(`ok: ${name}`);
  } catch (error) {
    sums.failed++;
    console.log(`FAILED: ${name}: ${error.message}`);
  }
}

function node(args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 1, 2] });
  if (status !== 0) throw new Error(`exit ${status}`);
}

function vitest(name, args) {
  const file = join(results, `${name}.json`);
  const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], { cwd: root, stdio: ['ignore', 1, 2] });
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  sums.passed += report?.numPassedTests ?? 0;
  sums.failed += report?.numFailedTests ?? 0;
  sums.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  if (status !== 0 && !report?.numFailedTests) sums.failed++;
}
