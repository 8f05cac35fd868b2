// What a fresh machine lacks: packages from the lock file, and a Chromium for the tests. Installs only what is missing.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = (command, args, options = {}) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32', ...options });

/** npm ci when node_modules is absent or older than the lock file; no install scripts are needed, so none run. */
export function ensurePackages() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 1000) return;
  console.error('installing packages (npm ci) ...');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/opt/google/chrome/chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'];
const system = () => [process.env.BARNACLE_CHROMIUM, ...candidates].find((path) => path && existsSync(path)) ?? null;

/** The path of a Chromium: the system's, else Debian's package when root on Debian, else Playwright's own download. */
export async function ensureChromium() {
  const found = system();
  if (found) return found;
  const debian = existsSync('/etc/debian_version') && !readFileSync('/etc/os-release', 'utf8').includes('ID=ubuntu');
  if (debian && process.getuid?.() === 0) {
    console.error('installing Chromium (Debian package) ...');
    spawnSync('apt-get', ['update', '-q'], { stdio: ['ignore', 2, 2] });
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (system()) return system();
  }
  console.error('installing Chromium (Playwright) ...');
  run('npx', ['playwright-core', 'install', 'chromium']);
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}
