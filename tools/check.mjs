// `npm run check`: types, Svelte, lint and the house tests, at once; under a minute on two cores. For every commit.
// svelte-check holds every .ts of tsconfig.json to the compiler too, so tsc runs for core alone, whose library is smaller.
import { spawn } from 'node:child_process';
import { root } from './ensure.mjs';

const checks = {
  'types and Svelte': ['node_modules/svelte-check/bin/svelte-check', '--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  lint: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0', '--cache', '--cache-strategy', 'content', '--cache-location', 'node_modules/.cache/eslint/'],
  'core types': ['node_modules/typescript/bin/tsc', '-p', 'src/core'],
  house: ['node_modules/vitest/vitest.mjs', 'run', 'tests/house'],
};
const queue = Object.entries(checks);
let failed = 0;

const one = ([name, args]) => new Promise((done) => {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
  child.on('close', (code) => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)${code === 0 ? '' : `\n${text}`}`);
    if (code !== 0) failed++;
    done();
  });
});
const worker = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) await one(next);
};
await Promise.all([worker(), worker()]);
process.exit(failed ? 1 : 0);
