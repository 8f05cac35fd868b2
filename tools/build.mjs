// Builds what is older than its sources: `build.mjs app cli` (both when none is named). The kernels and the serving
// runtime are compiled inside each build by its plugins.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePackages, root } from './ensure.mjs';

const sources = ['src', 'workers', 'public', 'tools', 'index.html', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];
const stamps = { app: 'dist/.app-built', cli: 'dist/.cli-built' };

/** Builds one target unless its stamp is newer than every source. Throws when the build fails. */
export function build(target, { force = false } = {}) {
  const stamp = join(root, stamps[target]);
  if (!force && existsSync(stamp) && statSync(stamp).mtimeMs > newest(target)) return;
  const args = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', ...(target === 'cli' ? ['--mode', 'cli'] : [])];
  console.error(`building the ${target} ...`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`the ${target} did not build`);
  writeFileSync(stamp, '');
}

function newest(target) {
  const skip = target === 'cli' ? ['src/studio', 'src/charts', 'src/client', 'public'] : ['src/cli'];
  const walk = (path) => {
    if (skip.includes(path)) return 0;
    const full = join(root, path);
    if (!existsSync(full)) return 0;
    const stat = statSync(full);
    return stat.isDirectory() ? Math.max(0, ...readdirSync(full).map((name) => walk(`${path}/${name}`))) : stat.mtimeMs;
  };
  return Math.max(...sources.map(walk));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensurePackages();
  const asked = process.argv.slice(2).filter((a) => a in stamps);
  for (const target of asked.length ? asked : ['app', 'cli']) build(target, { force: process.argv.includes('--force') });
}
